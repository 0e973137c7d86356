"""What the API answers: every status of the contract, and a problem document from every layer."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from garminsync.models import ApiToken, GarminToken
from garminsync.models.owner import owner
from garminsync.simulator import Simulator
from syncjobs import runner
from syncjobs.models import Status, SyncJob
from syncjobs.run import Run
from tests.holding import database_held
from tests.processes import wait_until
from tests.shared_home import shared_home

type Api = Callable[[str], APIClient]

STARTS = ("/garmin/activities", "/garmin/health", "/garmin/workouts", "/garmin/all")
PROBLEM = "application/problem+json"


def problem(response: Any, status: int) -> Any:
    """The document of a refusal, which has started nothing."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM
    document = json.loads(response.content)
    assert list(document)[:4] == ["type", "title", "status", "detail"]
    assert document["status"] == status
    return document


def nothing_started() -> bool:
    return not SyncJob.objects.exclude(run=0).exists()


def post(client: Client, path: str, body: str | bytes = b"", **headers: Any) -> Any:
    return client.generic("POST", path, body, content_type="application/json", **headers)


@contextmanager
def running(job_type: str) -> Iterator[None]:
    """A run of some work that goes on until it is stopped."""
    going = threading.Event()

    def work(run: Run, options: None) -> None:
        going.set()
        while True:
            run.wait(60)

    runner.start(job_type, work, None, trigger="command")
    threads = [thread for thread in threading.enumerate() if thread.name.startswith("sync run")]
    try:
        assert going.wait(10)
        yield
    finally:
        SyncJob.objects.request_cancel()
        for thread in threads:
            thread.join(10)


@pytest.mark.parametrize("path", STARTS)
def test_a_start_answers_202_with_the_job_and_where_to_look(api: Api, signed_in: Simulator, path: str) -> None:
    response = post(api("sync"), path, '{"detail": 0}')

    assert response.status_code == 202
    assert (response["Location"], response["Retry-After"]) == ("/garmin/sync/status", "1")
    assert response.json()["status"] == "in_progress"
    assert response.json()["job_type"] == path.rpartition("/")[2]
    wait_until(lambda: not SyncJob.objects.is_sync_active())
    assert SyncJob.objects.get_current_sync_status().trigger == "api"


@pytest.mark.parametrize("body", ["", " \n", "{}", '{"full": false, "detail": 30}'])
def test_an_empty_body_means_the_defaults(api: Api, db: None, body: str) -> None:
    response = post(api("sync"), "/garmin/all", body)

    problem(response, 424)  # the body is right, and the next check is the sign-in


@pytest.mark.parametrize("day", [date(2000, 1, 1), datetime.now(UTC).date()])
def test_the_first_and_the_last_possible_day_are_taken(api: Api, db: None, day: date) -> None:
    response = post(api("sync"), "/garmin/all", json.dumps({"since": str(day), "until": str(day), "detail": "all"}))

    problem(response, 424)


FUTURE = str(datetime.now(UTC).date() + timedelta(days=3))

BAD_BODIES: list[tuple[str, str | bytes]] = [
    ("sinse", '{"sinse": "2026-01-01"}'),
    ("body", '{"": 1}'),
    ("full", '{"full": "yes"}'),
    ("full", '{"full": 1}'),
    ("full", '{"full": null}'),
    ("since", '{"since": true}'),
    ("since", '{"since": 1767225600}'),
    ("since", '{"since": "1767225600"}'),
    ("since", '{"since": null}'),
    ("since", '{"since": "2026-01-01T00:00:00"}'),
    ("since", '{"since": "2026-1-1"}'),
    ("since", '{"since": "2026-02-30"}'),
    ("until", '{"until": "0000-00-00"}'),
    ("since", '{"since": ["2026-01-01"]}'),
    ("since", '{"since": "1999-12-31"}'),
    ("since", json.dumps({"since": FUTURE})),
    ("until", json.dumps({"until": FUTURE})),
    ("detail", '{"detail": -1}'),
    ("detail", '{"detail": "30"}'),
    ("detail", '{"detail": 1.5}'),
    ("detail", '{"detail": true}'),
    ("detail", '{"detail": NaN}'),
    ("detail", '{"detail": 99999999999}'),
    ("full", '{"full": true, "full": true}'),
    ("since", '{"since": "2026-01-01", "since": "2026-01-02"}'),
    ("body", '{"detail": ' + "9" * 5000 + "}"),
    ("body", "[]"),
    ("body", "null"),
    ("body", '"all"'),
    ("body", "{"),
    ("body", "{} {}"),
    ("body", "full=true"),
    ("body", b'{"since": "\xff"}'),
    ("body", b"\xef\xbb\xbf{}"),
    ("body", "{}".encode("utf-16")),
    ("body", "[" * 60_000),
    ("full", '{"full": ' + "[" * 100 + "]" * 100 + "}"),
]


@pytest.mark.parametrize(("field", "body"), BAD_BODIES)
def test_a_bad_body_is_refused_by_the_name_of_its_field(api: Api, db: None, field: str, body: str | bytes) -> None:
    document = problem(post(api("sync"), "/garmin/all", body), 400)

    assert [error["field"] for error in document["errors"]] == [field]
    assert document["errors"][0]["message"] in document["detail"]
    assert "recursion" not in document["detail"]
    assert nothing_started()


def test_since_after_until_is_refused_and_both_are_named(api: Api, db: None) -> None:
    response = post(api("sync"), "/garmin/all", '{"since": "2026-02-01", "until": "2026-01-01"}')

    detail = problem(response, 400)["detail"]
    assert "since (2026-02-01)" in detail
    assert "until (2026-01-01)" in detail
    assert nothing_started()


def test_all_bad_fields_are_named_at_once(api: Api, db: None) -> None:
    response = post(api("sync"), "/garmin/all", '{"since": 1, "full": "yes", "x": 2}')

    assert [error["field"] for error in problem(response, 400)["errors"]] == ["since", "full", "x"]


def browser() -> Client:
    """The owner's, with a session; it sends the CSRF token where a script would."""
    client = Client(enforce_csrf_checks=True, headers={"X-CSRFToken": "a" * 32})
    client.force_login(owner(), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.parametrize(("field", "body"), BAD_BODIES)
def test_a_bad_body_is_refused_in_a_session_too(db: None, field: str, body: str | bytes) -> None:
    document = problem(post(browser(), "/garmin/all", body), 400)

    assert [error["field"] for error in document["errors"]] == [field]


def test_a_form_from_a_session_is_refused_like_any_other_body_that_is_no_json(db: None) -> None:
    form = {"full": "true", "csrfmiddlewaretoken": "a" * 32}
    urlencoded = "application/x-www-form-urlencoded"

    problem(browser().post("/garmin/all", form), 400)
    problem(browser().generic("POST", "/garmin/all", "full=true", content_type=urlencoded), 400)
    problem(browser().post("/garmin/all", form | {"big": "x" * 3_000_000}), 413)

    assert nothing_started()


@pytest.mark.parametrize("body", ["{}", "{", "[" * 60_000, " " * 70_000])
def test_a_session_without_its_csrf_token_is_403_whatever_the_body(db: None, body: str) -> None:
    client = browser()
    client.defaults.pop("HTTP_X_CSRFTOKEN")

    assert "CSRF" in problem(post(client, "/garmin/all", body), 403)["detail"]
    assert nothing_started()


def test_a_session_may_start_with_its_csrf_token(signed_in: Simulator) -> None:
    response = post(browser(), "/garmin/workouts", "{}")

    assert response.status_code == 202
    wait_until(lambda: not SyncJob.objects.is_sync_active())


def test_a_body_over_64_kb_is_413(api: Api, db: None) -> None:
    problem(post(api("sync"), "/garmin/all", " " * (64 * 1024 + 1)), 413)
    problem(post(api("sync"), "/garmin/all", " " * 3_000_000), 413)
    problem(post(api("sync"), "/garmin/all", " " * (64 * 1024)), 424)  # a lot of nothing is not too much

    assert nothing_started()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic eDp5", "Token x", "Bearer \xff"])
@pytest.mark.parametrize("path", ["/garmin/sync/status", "/garmin/all", "/garmin/sync/cancel"])
def test_a_missing_or_wrong_token_is_401(db: None, client: Client, path: str, header: str) -> None:
    method = "GET" if path.endswith("status") else "POST"

    response = client.generic(method, path, headers={"Authorization": header} if header else {})

    problem(response, 401)
    assert response["WWW-Authenticate"] == 'Bearer realm="garminsync"'


def test_a_token_that_was_replaced_or_removed_is_401(db: None, client: Client) -> None:
    old = ApiToken.make("grafana", "read")
    new = ApiToken.make("grafana", "read")

    def status(token: str) -> int:
        return client.get("/garmin/sync/status", headers={"Authorization": f"Bearer {token}"}).status_code

    assert (status(old), status(new)) == (401, 200)
    ApiToken.objects.all().delete()
    assert status(new) == 401


@pytest.mark.parametrize("path", [*STARTS, "/garmin/sync/cancel"])
def test_a_token_that_may_only_look_is_403(api: Api, db: None, path: str) -> None:
    detail = problem(post(api("read"), path, "{"), 403)["detail"]

    assert detail == "This token may only look. Make one that may start: manage.py apitoken NAME --scope sync"
    assert nothing_started()


@pytest.mark.parametrize("path", STARTS)
def test_without_a_sign_in_to_garmin_a_start_is_424(api: Api, db: None, path: str) -> None:
    detail = problem(post(api("sync"), path, "{}"), 424)["detail"]

    assert detail == "Not signed in to Garmin. Run: manage.py garminlogin"
    assert nothing_started()


def test_a_sign_in_that_garmin_refuses_is_424(api: Api, signed_in: Simulator) -> None:
    GarminToken.objects.update(accepted=False)

    detail = problem(post(api("sync"), "/garmin/all"), 424)["detail"]

    assert detail == "Garmin no longer accepts the sign-in. Run: manage.py garminlogin"
    assert nothing_started()


def test_a_start_while_a_sync_runs_is_409_with_the_running_job(api: Api, signed_in: Simulator) -> None:
    with running("rebuild"):
        document = problem(post(api("sync"), "/garmin/all"), 409)
        status = api("read").get("/garmin/sync/status").json()

    assert document["job"] == status
    assert document["job"]["job_type"] == "rebuild"
    assert SyncJob.objects.get().run == 1


def test_checks_come_in_the_order_of_the_contract(api: Api, transactional_db: None) -> None:
    """401, 403, 400, 409, 424: each request has all the faults that are checked later."""
    with running("all"):
        problem(post(Client(), "/garmin/all", "{"), 401)
        problem(post(api("read"), "/garmin/all", "{"), 403)
        problem(post(api("sync"), "/garmin/all", "{"), 400)
        problem(post(api("sync"), "/garmin/all", "{}"), 409)
    problem(post(api("sync"), "/garmin/all", "{}"), 424)


def test_a_cancel_is_202_with_the_job_while_one_runs_and_else_409(api: Api, transactional_db: None) -> None:
    with running("health"):
        response = post(api("sync"), "/garmin/sync/cancel")
        assert (response.status_code, response.json()["job_type"]) == (202, "health")
        assert response["Location"] == "/garmin/sync/status"
        wait_until(lambda: SyncJob.objects.get().status == Status.CANCELLED, seconds=3)

    detail = problem(post(api("sync"), "/garmin/sync/cancel"), 409)["detail"]
    assert detail == "No sync is running, so there is nothing to cancel."


@pytest.mark.parametrize(
    ("path", "allowed"),
    [*((path, "POST") for path in STARTS), ("/garmin/sync/cancel", "POST"), ("/garmin/sync/status", "GET")],
)
def test_a_wrong_method_is_405_and_says_which_are_right(api: Api, db: None, path: str, allowed: str) -> None:
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - {allowed}:
        response = api("sync").generic(method, path)

        problem(response, 405)
        assert allowed in response["Allow"]
    assert nothing_started()


@pytest.mark.parametrize(("method", "path"), [("POST", "/healthz"), ("DELETE", "/healthz"), ("OPTIONS", "/enter/")])
def test_pages_refuse_wrong_methods_with_a_problem_too(db: None, client: Client, method: str, path: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, path)

    problem(response, 405)
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("path", ["/garmin/nonsense", "/garmin/all/", "/nothing", "/garmin/%00", "/%ff"])
def test_an_unknown_address_is_404_for_programs_and_a_page_for_people(db: None, client: Client, path: str) -> None:
    problem(client.get(path), 404)
    problem(client.get(path, headers={"Accept": "*/*"}), 404)

    page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"There is nothing at this address." in page.content


@pytest.mark.parametrize("path", ["/garmin/all", "/garmin/sync/status", "/healthz", "/login/"])
def test_an_unknown_host_is_400(db: None, client: Client, path: str) -> None:
    problem(client.get(path, headers={"Host": "evil.example"}), 400)
    problem(post(client, path, "{}", headers={"Host": "evil.example"}), 400)


def test_a_form_without_its_csrf_token_is_403(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/enter/")

    assert "reload" in problem(response, 403)["detail"]


def test_an_error_that_nobody_expected_is_500_without_details(db: None, api: Api, settings: Any) -> None:
    client = api("sync")
    client.raise_request_exception = False
    GarminToken.keep("a token")
    settings.FERNET_KEY = b"no key"  # the error names what a key must be

    response = post(client, "/garmin/all")

    assert "ernet" not in problem(response, 500)["detail"]
    assert nothing_started()


@pytest.mark.parametrize("path", ["/garmin/all", "/garmin/sync/cancel"])
def test_a_database_held_by_another_process_is_503(api: Api, signed_in: Simulator, path: str) -> None:
    client = api("sync")
    SyncJob.objects.all().delete()
    if path.endswith("cancel"):
        SyncJob.objects.start_sync("all")
    before = list(SyncJob.objects.values_list("run"))

    with database_held():
        response = post(client, path)
        status = client.get("/garmin/sync/status").status_code

    problem(response, 503)
    assert response["Retry-After"] == "5"
    assert status == 200  # to look is always possible
    assert list(SyncJob.objects.values_list("run")) in (before, [(0,)])


def test_gunicorn_passes_chunked_and_cut_off_bodies_on_to_be_refused(signed_in: Simulator) -> None:
    token = ApiToken.make("test", "sync")

    def send(port: int, rest: bytes) -> bytes:
        head = f"POST /garmin/all HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n"
        with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
            caller.sendall(head.encode() + rest)
            caller.shutdown(socket.SHUT_WR)
            return caller.makefile("rb").read()

    with shared_home(GARMIN_API_URL=signed_in.url).serve() as web:
        port = int(web.url.rpartition(":")[2])
        chunked = send(port, b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
        cut_off = send(port, b"Content-Length: 30\r\n\r\n{}")
        web.token = token
        status = web.status()["status"]

    assert chunked.startswith(b"HTTP/1.1 411 ")
    assert cut_off.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in chunked
    assert b"application/problem+json" in cut_off
    assert status == "idle"
