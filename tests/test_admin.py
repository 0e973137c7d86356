"""The job's page in Django admin: looked at only, with Start and Cancel through the one claim."""

import threading
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from garminsync.models import Badge, Gear, Hrv, TrainingPlan, WeighIn, Workout
from garminsync.models.owner import owner
from garminsync.simulator import Simulator
from syncjobs.models import INTERRUPTED, Status, SyncJob
from tests.conftest import Make
from tests.processes import wait_until
from tests.syncing import sync

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/syncjobs/syncjob/1/change/"
START = "/admin/syncjobs/syncjob/start/workouts/"
CANCEL = "/admin/syncjobs/syncjob/cancel/"
status = SyncJob.objects.get_current_sync_status


@pytest.fixture
def browser() -> Client:
    """The owner's browser, signed in."""
    client = Client()
    client.force_login(owner())
    return client


@pytest.fixture
def running() -> int:
    """A run of another process that has done one of four."""
    run = SyncJob.objects.start_sync("health", "command").run
    SyncJob.objects.update_progress(run, done=1, total=4, details="days of June")
    return run


def page(browser: Client) -> str:
    return browser.get(PAGE).content.decode()


def post(browser: Client, address: str) -> list[str]:
    """What the owner is told after pressing a button."""
    answer = browser.post(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    return [str(message) for message in get_messages(answer.wsgi_request)]


def ended() -> SyncJob:
    wait_until(lambda: not any(thread.name.startswith("sync run") for thread in threading.enumerate()))
    return status()


# Looking


def test_the_list_leads_to_the_one_page(browser: Client) -> None:
    answer = browser.get("/admin/syncjobs/syncjob/")

    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)


def test_the_page_of_a_job_that_never_ran_offers_every_start(browser: Client) -> None:
    shown = page(browser)

    for kind in ("all", "activities", "health", "workouts"):
        assert f'action="/admin/syncjobs/syncjob/start/{kind}/"' in shown
    assert CANCEL not in shown
    assert not SyncJob.objects.exists()


@pytest.mark.usefixtures("running")
def test_the_page_of_a_running_job_shows_a_bar_and_cancel(browser: Client) -> None:
    shown = page(browser)

    assert '<progress max="1" value="0.25"></progress> 25 % (1 of 4)' in shown
    assert "days of June" in shown
    assert f'action="{CANCEL}"' in shown
    assert "/start/" not in shown
    assert '<meta http-equiv="refresh"' in shown


@pytest.mark.usefixtures("running")
def test_the_page_of_a_dead_run_says_that_it_was_interrupted_and_offers_start(browser: Client) -> None:
    SyncJob.objects.update(heartbeat_at="2020-01-01T00:00:00Z")

    shown = page(browser)

    assert INTERRUPTED in shown
    assert START in shown
    assert CANCEL not in shown


@pytest.mark.usefixtures("running")
def test_the_page_is_read_only(browser: Client) -> None:
    before = SyncJob.objects.values().get()

    shown = page(browser)
    answers = [browser.post(path, {"status": "idle"}).status_code for path in (PAGE, PAGE.replace("change", "delete"))]

    assert answers == [403, 403]
    assert '<input type="submit"' not in shown
    assert SyncJob.objects.values().get() == before


@pytest.mark.usefixtures("running")
def test_looking_writes_nothing(browser: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        page(browser)

    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


# Start and Cancel


def test_start_syncs_through_the_same_claim(browser: Client, signed_in: Simulator) -> None:
    told = post(browser, START)

    job = ended()
    assert told == []
    assert (job.status, job.job_type, job.trigger) == (Status.COMPLETED, "workouts", "admin")
    assert Workout.objects.count() == 8


def test_start_is_refused_while_a_sync_runs(browser: Client, signed_in: Simulator, running: int) -> None:
    told = post(browser, START)

    assert [message[:33] for message in told] == ["A sync of health is running since"]
    assert (status().run, status().job_type) == (running, "health")


def test_start_says_what_is_missing_before_it_can_run(browser: Client) -> None:
    told = post(browser, START)

    assert told == ["Not signed in to Garmin. Run: manage.py garminlogin"]
    assert status().status == Status.IDLE


def test_start_of_an_unknown_kind_starts_nothing(browser: Client, signed_in: Simulator) -> None:
    told = post(browser, "/admin/syncjobs/syncjob/start/bread/")

    assert told == ["There is no sync of bread."]
    assert status().status == Status.IDLE


def test_cancel_asks_the_run_to_stop(browser: Client, running: int) -> None:
    told = post(browser, CANCEL)

    assert told == []
    assert SyncJob.objects.get().cancel_requested


def test_cancel_ends_a_sync_that_start_began(browser: Client, signed_in: Simulator) -> None:
    signed_in.faults({"match": "workout-service", "kind": "hang"})
    post(browser, START)
    wait_until(lambda: signed_in.stats()["faults"][0]["struck"])

    post(browser, CANCEL)

    wait_until(lambda: status().status == Status.CANCELLED, seconds=2)
    ended()


@pytest.mark.parametrize("died", [False, True])
def test_cancel_says_when_nothing_runs(browser: Client, died: bool) -> None:
    if died:
        SyncJob.objects.start_sync("health")
        SyncJob.objects.update(heartbeat_at="2020-01-01T00:00:00Z")

    told = post(browser, CANCEL)

    assert told == ["No sync is running, so there is nothing to cancel."]


# Who may


@pytest.mark.parametrize("address", [START, CANCEL])
def test_a_link_starts_and_cancels_nothing(browser: Client, running: int, address: str) -> None:
    assert browser.get(address).status_code == 405
    assert not SyncJob.objects.get().cancel_requested


@pytest.mark.parametrize("address", [START, CANCEL])
def test_a_foreign_page_cannot_press_the_buttons(running: int, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner())

    assert browser.post(address).status_code == 403
    assert not SyncJob.objects.get().cancel_requested


@pytest.mark.parametrize(("method", "address"), [("get", PAGE), ("get", "/admin/"), ("post", START), ("post", CANCEL)])
def test_a_stranger_is_sent_to_the_sign_in(running: int, method: str, address: str) -> None:
    answer: Any = getattr(Client(), method)(address, follow=True)

    assert answer.redirect_chain[-1][0].split("?")[0] == "/login/"
    assert answer.status_code == 200
    assert not SyncJob.objects.get().cancel_requested


# What is stored


def test_every_list_of_what_is_stored_opens_and_cannot_be_changed(browser: Client, make_signed_in: Make) -> None:
    make_signed_in(days=5, activities=4, workouts=2)
    assert sync("all", detail=3).status == Status.COMPLETED

    for model in admin.site._registry:
        if model._meta.app_label == "garminsync":
            answer = browser.get(f"/admin/garminsync/{model._meta.model_name}/")
            assert answer.status_code == 200, model
            assert browser.get(f"/admin/garminsync/{model._meta.model_name}/add/").status_code == 403, model
    assert {Hrv, WeighIn, Gear, Badge, TrainingPlan} < set(admin.site._registry)
