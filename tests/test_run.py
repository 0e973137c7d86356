"""What work receives: saves that are fenced, progress that tells the truth, waits that end when they must."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from syncjobs import runner
from syncjobs.models import Status, SyncJob
from syncjobs.run import Cancelled, Interrupted, Progress, Run, Superseded
from tests.holding import database_held
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
status = SyncJob.objects.get_current_sync_status


def claimed(report: Callable[[Progress], None] = lambda progress: None) -> Run:
    """A run that holds the job."""
    run = Run(report)
    run.number = SyncJob.objects.start_sync("bread").run
    return run


def save_loaf(run: Run, done: int = 1, total: int = 2) -> None:
    with run.saving(Progress(done, total, f"loaf {done}")):
        Group.objects.create(name=f"loaf {done}")


def lapse() -> None:
    SyncJob.objects.update(heartbeat_at=Now() - timedelta(seconds=31))


# Saving


def test_data_and_the_progress_that_counts_it_are_stored_together() -> None:
    save_loaf(claimed())

    job = status()
    assert (job.done, job.total, job.progress, job.details) == (1, 2, 0.5, "loaf 1")
    assert list(Group.objects.values_list("name", flat=True)) == ["loaf 1"]


def test_a_block_that_fails_leaves_neither_data_nor_progress() -> None:
    run = claimed()

    with pytest.raises(ZeroDivisionError), run.saving(Progress(1, 2, "loaf 1")):
        Group.objects.create(name=f"loaf {1 / 0}")

    assert (status().done, status().details) == (0, "Starting")
    assert not Group.objects.exists()


def test_the_fence_is_the_first_statement_of_the_transaction() -> None:
    run = claimed()

    with CaptureQueriesContext(connection) as asked:
        save_loaf(run)

    statements = [query["sql"] for query in asked.captured_queries if not query["sql"].startswith("SELECT 1")]
    assert statements[0].startswith("BEGIN")
    assert statements[1].startswith('UPDATE "syncjobs_syncjob"')
    assert [s.split()[0] for s in statements[2:]] == ["INSERT", "COMMIT"]


def test_a_run_that_was_superseded_stores_nothing_of_its_block() -> None:
    slept = claimed()
    lapse()
    claimed()

    with pytest.raises(Superseded):
        save_loaf(slept)

    assert not Group.objects.exists()
    assert (status().run, status().done) == (2, 0)


def test_a_run_past_its_lease_stores_nothing_although_nobody_took_over() -> None:
    slept = claimed()
    lapse()

    with pytest.raises(Superseded):
        save_loaf(slept)

    assert not Group.objects.exists()
    assert status().status == Status.FAILED


@pytest.mark.parametrize("end", [SyncJob.objects.complete_sync, SyncJob.objects.cancel_sync])
def test_a_run_that_has_ended_stores_nothing_more(end: Callable[..., None]) -> None:
    run = claimed()
    end(run.number, {})

    with pytest.raises(Superseded):
        save_loaf(run)

    assert not Group.objects.exists()


def test_a_run_that_must_stop_does_not_save() -> None:
    run = claimed()
    run.stop(Cancelled())

    with pytest.raises(Cancelled), CaptureQueriesContext(connection) as asked:
        save_loaf(run)

    assert asked.captured_queries == []


def test_the_first_reason_to_stop_stays() -> None:
    run = Run()

    run.stop(Interrupted("power"))
    run.stop(Cancelled())

    with pytest.raises(Interrupted, match="power"):
        run.check()


def test_saving_finds_and_replaces_a_connection_that_was_lost() -> None:
    run = claimed()
    connection.ensure_connection()
    connection.close_at = time.monotonic()  # as if it had grown too old

    save_loaf(run)

    assert status().done == 1


def test_what_is_reported_is_what_was_saved() -> None:
    reports: list[Progress] = []
    run = claimed(reports.append)

    save_loaf(run, 1)
    with pytest.raises(ZeroDivisionError), run.saving(Progress(2, 2, "loaf 2")):
        _ = 1 / 0

    assert reports == [Progress(1, 2, "loaf 1")]


# Progress


def test_progress_never_falls_when_the_total_grows() -> None:
    run, seen = claimed(), []

    for done, total in [(0, 0), (1, 2), (2, 10), (3, 1000), (999, 1000), (1000, 1000), (1000, 2000)]:
        save_loaf(run, done, total)
        seen.append(status().progress)
        Group.objects.all().delete()

    assert seen == [0.0, 0.5, 0.5, 0.5, 0.999, 0.999, 0.999]


def test_progress_is_whole_only_when_completed() -> None:
    run = claimed()
    save_loaf(run, 2, 2)
    before = status().progress

    SyncJob.objects.complete_sync(run.number, {})

    assert (before, status().progress) == (0.999, 1.0)


def test_there_is_no_eta_before_the_first_unit() -> None:
    run = claimed()

    save_loaf(run, 0, 3)

    assert status().eta is None


def test_the_eta_goes_by_the_pace_of_this_run() -> None:
    run = claimed()
    run._started -= 10  # as if it had begun ten seconds ago

    save_loaf(run, 1, 4)

    eta = status().eta
    assert eta is not None
    assert abs(eta - timezone.now() - timedelta(seconds=30)) < timedelta(seconds=3)


def test_the_eta_of_a_run_that_waits_counts_from_the_end_of_the_wait() -> None:
    run = claimed()
    run._started -= 10
    run.waiting_until = timezone.now() + timedelta(seconds=100)

    save_loaf(run, 1, 4)

    eta = status().eta
    assert eta is not None
    assert abs(eta - run.waiting_until - timedelta(seconds=30)) < timedelta(seconds=3)


# Waiting


def test_a_wait_ends_at_once_when_the_run_must_stop() -> None:
    run = Run()
    began = time.monotonic()
    threading.Timer(0.05, run.stop, [Cancelled()]).start()

    with pytest.raises(Cancelled):
        run.wait(20)

    assert time.monotonic() - began < 2
    assert run.waiting_until is None


def test_a_wait_that_is_over_is_a_sign_of_life(settings: Any) -> None:
    settings.SYNCJOBS_SILENCE_S = 60
    run = Run()
    run._last_sign -= 61
    silent = run.shows_life()

    run.wait(0)

    assert (silent, run.shows_life()) == (False, True)


@contextmanager
def running(work: runner.Work[None]) -> Iterator[None]:
    """`work` in its thread; when this is left, it is over."""
    runner.start("bread", work, None, trigger="page")
    try:
        yield
    finally:
        SyncJob.objects.request_cancel()
        wait_until(lambda: not any(thread.name.startswith("sync run") for thread in threading.enumerate()))


def test_a_long_wait_is_shown_within_a_second() -> None:
    with running(lambda run, options: run.wait(20, "Garmin asks us to wait")):
        job = wait_until(lambda: (job := status()).waiting_until and job, seconds=2)

    assert job.details == "Garmin asks us to wait"
    assert timedelta(seconds=15) < job.waiting_until - timezone.now() <= timedelta(seconds=20)
    assert (status().status, status().waiting_until) == (Status.CANCELLED, None)


def test_a_wait_is_no_longer_shown_once_it_is_over(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SYNCJOBS_POLL_S = 0.02
    monkeypatch.setattr("syncjobs.run.WAIT_WORTH_SHOWING_S", 0.2)
    seen = threading.Event()

    def work(run: Run, options: None) -> None:
        while not seen.is_set():
            run.wait(0.3, "a while")
        while True:
            run.wait(0.1, "too short to be shown")

    with running(work):
        wait_until(lambda: status().waiting_until)
        seen.set()
        job = wait_until(lambda: not (job := status()).waiting_until and job, seconds=2)

    assert (job.status, job.details) == (Status.IN_PROGRESS, "a while")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that connect from now on wait a tenth of a second for a lock."""
    soon = {"timeout": 0.1} if connection.vendor == "sqlite" else {"options": "-c lock_timeout=100"}
    for name, value in soon.items():
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], name, value)


def test_a_wait_that_could_not_be_shown_for_a_busy_database_is_shown_later(
    impatient: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SYNCJOBS_POLL_S = 0.02
    caplog.set_level("INFO", "syncjobs.heartbeat")
    held = threading.Event()

    def work(run: Run, options: None) -> None:
        held.wait(20)
        run.wait(20, "a while")

    with running(work):
        with database_held():
            held.set()
            wait_until(lambda: "The heartbeat could not reach the database" in caplog.text)
        job = wait_until(lambda: (job := status()).waiting_until and job, seconds=2)

    assert job.details == "a while"
