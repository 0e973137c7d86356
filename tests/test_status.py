"""The status that programs poll: what it says, how cheap it is, and that looking changes nothing."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from garminsync.models.owner import owner
from syncjobs.models import INTERRUPTED, SyncJob

type Api = Callable[[str], APIClient]

STATUS = "/garmin/sync/status"
KEYS = [
    "status", "job_type", "progress", "details", "done", "total", "start_time", "end_time", "eta",
    "waiting_until", "error_message", "last_completed_at", "failures_in_a_row",
]  # fmt: skip


def session() -> Client:
    client = Client()
    client.force_login(owner(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def everything_stored() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


def test_the_status_is_idle_when_nothing_ever_ran(api: Api, db: None) -> None:
    response = api("read").get(STATUS)

    assert response.status_code == 200
    assert response.json() == {
        "status": "idle",
        "job_type": None,
        "progress": 0.0,
        "details": "",
        "done": 0,
        "total": 0,
        "start_time": None,
        "end_time": None,
        "eta": None,
        "waiting_until": None,
        "error_message": None,
        "last_completed_at": None,
        "failures_in_a_row": 0,
    }
    assert not SyncJob.objects.exists()


def test_the_keys_come_in_the_order_of_the_contract(api: Api, db: None) -> None:
    SyncJob.objects.start_sync("all")

    response = api("read").get(STATUS)

    assert list(json.loads(response.content)) == KEYS
    assert response["Content-Type"] == "application/json"


def test_times_have_an_offset(api: Api, db: None) -> None:
    run = SyncJob.objects.start_sync("all").run
    SyncJob.objects.complete_sync(run, {})

    body = api("read").get(STATUS).json()

    times = [datetime.fromisoformat(body[name]) for name in ("start_time", "end_time", "last_completed_at")]
    assert all(time.tzinfo for time in times)
    assert times == sorted(times)


@pytest.mark.parametrize("scope", ["read", "sync"])
def test_both_scopes_and_a_session_see_the_same(api: Api, db: None, scope: str) -> None:
    SyncJob.objects.start_sync("workouts")

    assert api(scope).get(STATUS).json() == session().get(STATUS).json()


def test_the_etag_is_that_of_the_body(api: Api, db: None) -> None:
    client = api("read")
    run = SyncJob.objects.start_sync("all").run

    first, same = client.get(STATUS), client.get(STATUS)
    SyncJob.objects.update_progress(run, done=1, total=2, details="Half")
    moved = client.get(STATUS)
    SyncJob.objects.update_progress(run, done=1, total=2, details="Half")  # a heartbeat: the body is the same
    beat = client.get(STATUS)

    assert first["ETag"] == same["ETag"]
    assert first["ETag"] != moved["ETag"]
    assert (moved["ETag"], moved.content) == (beat["ETag"], beat.content)


def test_a_known_etag_gets_304_without_a_body(api: Api, db: None) -> None:
    client = api("read")
    etag = client.get(STATUS)["ETag"]

    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = client.get(STATUS, headers={"If-None-Match": known})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)

    for unknown in ('"other"', "no etag at all", ""):
        assert client.get(STATUS, headers={"If-None-Match": unknown}).status_code == 200


def test_while_in_progress_200_and_304_say_when_to_ask_again(api: Api, db: None) -> None:
    client = api("read")
    idle = client.get(STATUS)
    run = SyncJob.objects.start_sync("all").run

    full = client.get(STATUS)
    known = client.get(STATUS, headers={"If-None-Match": full["ETag"]})
    SyncJob.objects.complete_sync(run, {})
    done = client.get(STATUS)

    assert (full.status_code, known.status_code) == (200, 304)
    assert (full["Retry-After"], known["Retry-After"]) == ("1", "1")
    assert "Retry-After" not in idle
    assert "Retry-After" not in done


def test_a_head_request_has_the_headers_alone(api: Api, db: None) -> None:
    client = api("read")

    response = client.head(STATUS)

    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get(STATUS)["ETag"]


def test_no_cache_keeps_it_for_others(api: Api, db: None) -> None:
    assert api("read").get(STATUS)["Cache-Control"] == "private, no-cache"


def test_a_run_past_its_lease_reads_as_failed_and_the_row_stays_as_it_was(api: Api, db: None, settings: Any) -> None:
    SyncJob.objects.start_sync("health")
    settings.SYNCJOBS_LEASE_S = 0

    response = api("read").get(STATUS)

    body = response.json()
    assert (body["status"], body["error_message"], body["failures_in_a_row"]) == ("failed", INTERRUPTED, 1)
    assert body["end_time"] == body["start_time"]
    assert "Retry-After" not in response
    assert SyncJob.objects.get().status == "in_progress"


@pytest.mark.parametrize("state", ["nothing ran", "in progress", "interrupted", "completed", "failed", "cancelled"])
@pytest.mark.parametrize("who", ["token", "session"])
def test_a_poll_takes_at_most_3_queries_and_writes_nothing(
    api: Api, db: None, settings: Any, who: str, state: str
) -> None:
    client: Client = api("read") if who == "token" else session()
    if state != "nothing ran":
        run = SyncJob.objects.start_sync("all").run
    if state == "interrupted":
        settings.SYNCJOBS_LEASE_S = 0
    if state == "completed":
        SyncJob.objects.complete_sync(run, {})
    if state == "failed":
        SyncJob.objects.fail_sync(run, "No network.", {})
    if state == "cancelled":
        SyncJob.objects.cancel_sync(run, {})
    before = everything_stored()

    with CaptureQueriesContext(connection) as queries:
        etag = client.get(STATUS)["ETag"]
    again = client.get(STATUS, headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert len(queries) <= 3
    assert all(query["sql"].lstrip().startswith("SELECT") for query in queries)
    assert everything_stored() == before


@pytest.mark.parametrize("path", [STATUS, "/healthz", "/login/", "/enter/?sesame=wrong", "/garmin/all", "/nothing"])
def test_no_get_writes_anything(api: Api, db: None, path: str) -> None:
    client, visitor = api("read"), Client()
    before = everything_stored()

    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        visitor.get(path)

    assert all(query["sql"].lstrip().startswith("SELECT") for query in queries)
    assert everything_stored() == before
