"""The one row: what the database refuses, what each verb writes, what a lease means, and who wins a race."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from syncjobs.models import INTERRUPTED, Status, Superseded, SyncActive, SyncJob
from tests.processes import wait_until
from tests.shared_home import shared_home

pytestmark = pytest.mark.django_db
verbs = SyncJob.objects


def row() -> dict[str, Any]:
    """The stored row, with a word in the place of every instant."""
    stored = SyncJob.objects.values().get()
    return {name: "time" if isinstance(value, datetime) else value for name, value in stored.items()}


CLAIMED: dict[str, Any] = {
    "id": 1,
    "status": "in_progress",
    "job_type": "bread",
    "trigger": "page",
    "progress": 0.0,
    "details": "Starting",
    "done": 0,
    "total": 0,
    "start_time": "time",
    "end_time": None,
    "eta": None,
    "waiting_until": None,
    "error_message": None,
    "summary": {},
    "last_completed_at": None,
    "failures_in_a_row": 0,
    "run": 1,
    "heartbeat_at": "time",
    "cancel_requested": False,
}


def heartbeat(seconds_from_now: float) -> None:
    """The newest sign of life, by the database's clock."""
    verbs.update(heartbeat_at=Now() + timedelta(seconds=seconds_from_now))


def halfway() -> int:
    """A run in the middle of its work, with everything set that a run can set."""
    run = verbs.start_sync("bread", "page").run
    soon = datetime(2030, 1, 1, tzinfo=UTC)
    verbs.update_progress(run, done=1, total=2, details="loaf 1", eta=soon, waiting_until=soon)
    verbs.request_cancel()
    return run


# What the database itself refuses


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_second_row_is_refused() -> None:
    verbs.start_sync("bread")
    columns = ", ".join(field.attname for field in SyncJob._meta.fields if field.name != "id")

    with refused():
        sql(f"INSERT INTO syncjobs_syncjob (id, {columns}) SELECT 2, {columns} FROM syncjobs_syncjob")
    with refused():
        sql("UPDATE syncjobs_syncjob SET id = 2")


@pytest.mark.parametrize(
    "contradiction",
    [
        "status = 'paused'",
        "status = NULL",
        "progress = 1.5",
        "progress = -0.1",
        "progress = NULL",
        "progress = 1.0",
        "start_time = NULL",
        "end_time = heartbeat_at",
        "error_message = 'burnt'",
        "job_type = NULL",
        "heartbeat_at = NULL",
        "status = 'idle'",
        "status = 'completed', progress = 1.0",
        "status = 'completed', end_time = heartbeat_at",
        "status = 'completed', end_time = heartbeat_at, progress = NULL",
        "status = 'completed', end_time = heartbeat_at, progress = 1.0, job_type = NULL",
        "status = 'completed', end_time = heartbeat_at, progress = 1.0, error_message = 'burnt'",
        "status = 'failed', end_time = heartbeat_at",
        "status = 'failed', error_message = 'burnt'",
        "status = 'failed', error_message = 'burnt', end_time = heartbeat_at, job_type = NULL",
        "status = 'cancelled'",
        "status = 'cancelled', end_time = heartbeat_at, error_message = 'burnt'",
    ],
)
def test_a_running_row_cannot_be_turned_into_a_contradiction(contradiction: str) -> None:
    verbs.start_sync("bread")

    with refused():
        sql(f"UPDATE syncjobs_syncjob SET {contradiction}")


@pytest.mark.parametrize(
    "state",
    [
        "status = 'completed', progress = 1.0, end_time = heartbeat_at",
        "status = 'failed', error_message = 'burnt', end_time = heartbeat_at",
        "status = 'cancelled', end_time = heartbeat_at",
    ],
)
def test_a_state_that_is_whole_is_accepted(state: str) -> None:
    verbs.start_sync("bread")

    sql(f"UPDATE syncjobs_syncjob SET {state}")

    assert verbs.is_sync_active() is False


# What each verb writes


def test_nothing_ever_ran_reads_as_idle_and_stores_no_row() -> None:
    job = verbs.get_current_sync_status()

    assert (job.status, job.job_type, job.progress) == (Status.IDLE, None, 0.0)
    assert not SyncJob.objects.exists()


def test_the_first_start_makes_the_row() -> None:
    verbs.start_sync("bread", "page")

    assert row() == CLAIMED


def test_a_start_returns_the_row_as_it_was_claimed() -> None:
    job = verbs.start_sync("bread")

    assert (job.status, job.job_type, job.run, job.trigger) == (Status.IN_PROGRESS, "bread", 1, "api")


def test_completed_is_whole_and_forgets_failures() -> None:
    verbs.fail_sync(halfway(), "burnt", {})
    run = halfway()

    verbs.complete_sync(run, {"new": 2})

    assert row() == CLAIMED | {
        "status": "completed",
        "progress": 1.0,
        "details": "Done",
        "done": 1,
        "total": 2,
        "end_time": "time",
        "summary": {"new": 2},
        "last_completed_at": "time",
        "run": 2,
        "cancel_requested": False,
    }


def test_failed_says_why_and_is_counted() -> None:
    run = halfway()

    verbs.fail_sync(run, "burnt", {"new": 1})

    assert row() == CLAIMED | {
        "status": "failed",
        "progress": 0.5,
        "details": "Stopped",
        "done": 1,
        "total": 2,
        "end_time": "time",
        "error_message": "burnt",
        "summary": {"new": 1},
        "failures_in_a_row": 1,
        "cancel_requested": False,
    }


def test_upkeep_says_nothing_of_how_syncs_went() -> None:
    verbs.fail_sync(verbs.start_sync("health").run, "Garmin answers nothing.", {})
    run = verbs.start_sync("rebuild").run

    verbs.complete_sync(run, {}, is_sync=False)

    job = verbs.get_current_sync_status()
    assert (job.status, job.failures_in_a_row, job.last_completed_at) == ("completed", 1, None)


def test_cancelled_is_no_failure() -> None:
    run = halfway()

    verbs.cancel_sync(run, {"new": 1})

    assert row() == CLAIMED | {
        "status": "cancelled",
        "progress": 0.5,
        "details": "Cancelled",
        "done": 1,
        "total": 2,
        "end_time": "time",
        "summary": {"new": 1},
        "cancel_requested": False,
    }


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (lambda run: verbs.complete_sync(run, {"new": 1}), {"last_completed_at": "time"}),
        (lambda run: verbs.fail_sync(run, "burnt", {"new": 1}), {"failures_in_a_row": 1}),
        (lambda run: verbs.cancel_sync(run, {"new": 1}), {}),
    ],
)
def test_the_next_start_forgets_all_of_the_run_before_but_its_count(
    end: Callable[[int], None], kept: dict[str, Any]
) -> None:
    end(halfway())

    verbs.start_sync("bread", "page")

    assert row() == CLAIMED | {"run": 2} | kept


def test_a_start_is_refused_while_a_run_holds_the_job_and_says_what_runs() -> None:
    verbs.start_sync("bread", "page")

    with pytest.raises(SyncActive, match="A sync of bread is running since 20") as refusal:
        verbs.start_sync("cake")

    assert refusal.value.job.job_type == "bread"
    assert row() == CLAIMED


@pytest.mark.parametrize("number", [1, 3])
def test_a_run_that_does_not_hold_the_job_changes_nothing(number: int) -> None:
    verbs.fail_sync(halfway(), "burnt", {})
    verbs.start_sync("bread", "page")
    before = row()

    with pytest.raises(Superseded):
        verbs.update_progress(number, done=1, total=1, details="")
    with pytest.raises(Superseded):
        verbs.complete_sync(number, {})
    with pytest.raises(Superseded):
        verbs.cancel_sync(number, {})

    assert row() == before


def test_an_end_that_is_stored_already_is_success_and_stays_as_it_is() -> None:
    run = verbs.start_sync("bread").run
    verbs.complete_sync(run, {"new": 1})

    verbs.complete_sync(run, {"new": 2})

    assert row()["summary"] == {"new": 1}


def test_an_end_cannot_turn_into_another_one() -> None:
    run = verbs.start_sync("bread").run
    verbs.cancel_sync(run, {})

    with pytest.raises(Superseded):
        verbs.complete_sync(run, {})

    assert row()["status"] == "cancelled"


def test_a_cancel_is_asked_of_the_run_that_holds_the_job() -> None:
    verbs.start_sync("bread", "page")

    asked = verbs.request_cancel()

    assert asked is True
    assert row() == CLAIMED | {"cancel_requested": True}


# What a lease means


@pytest.mark.parametrize(("heartbeat_s", "active"), [(-31, False), (-25, True), (0, True), (25, True), (31, False)])
def test_a_run_lives_while_its_heartbeat_is_within_the_lease_in_past_and_future(
    heartbeat_s: float, active: bool
) -> None:
    verbs.start_sync("bread")

    heartbeat(heartbeat_s)

    assert verbs.is_sync_active() is active
    assert verbs.request_cancel() is active


def test_the_lease_goes_by_the_clock_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2001, 1, 1, tzinfo=UTC))

    run = verbs.start_sync("bread").run
    verbs.update_progress(run, done=1, total=2, details="loaf 1")

    assert verbs.is_sync_active()
    assert SyncJob.objects.get().heartbeat_at > datetime(2020, 1, 1, tzinfo=UTC)


def test_a_dead_run_reads_as_interrupted_at_the_end_of_its_lease() -> None:
    halfway()
    heartbeat(-31)

    job = verbs.get_current_sync_status()

    assert (job.status, job.error_message, job.failures_in_a_row) == (Status.FAILED, INTERRUPTED, 1)
    assert job.end_time == job.heartbeat_at + timedelta(seconds=30)
    assert (job.eta, job.waiting_until) == (None, None)
    assert (job.done, job.total, job.progress) == (1, 2, 0.5)


def test_reading_a_dead_run_writes_nothing() -> None:
    halfway()
    heartbeat(-31)
    before = SyncJob.objects.values().get()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        verbs.get_current_sync_status()
        verbs.is_sync_active()

    assert [query["sql"].split()[0] for query in asked.captured_queries] == ["SELECT", "SELECT"]
    assert SyncJob.objects.values().get() == before


def test_a_cancel_of_a_dead_run_is_refused_and_writes_nothing() -> None:
    verbs.start_sync("bread", "page")
    heartbeat(-31)

    asked = verbs.request_cancel()

    assert asked is False
    assert row() == CLAIMED


def test_a_takeover_counts_the_dead_run_as_failed() -> None:
    halfway()
    heartbeat(-31)

    verbs.start_sync("bread", "page")

    assert row() == CLAIMED | {"run": 2, "failures_in_a_row": 1}


@pytest.mark.parametrize("heartbeat_s", [-31, 31])
def test_a_dead_run_does_not_come_back_to_life(heartbeat_s: float) -> None:
    run = verbs.start_sync("bread", "page").run
    heartbeat(heartbeat_s)

    with pytest.raises(Superseded):
        verbs.update_progress(run)
    with pytest.raises(Superseded):
        verbs.complete_sync(run, {})
    with pytest.raises(Superseded):
        verbs.fail_sync(run, "burnt", {})

    assert row() == CLAIMED


# Who wins


def outcome_of_a_start() -> str:
    try:
        verbs.start_sync("bread")
    except SyncActive:
        return "refused"
    except Exception as error:
        return repr(error)
    finally:
        connections.close_all()
    return "won"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["no row", "an ended run", "a dead run"])
def test_of_32_threads_that_start_at_once_exactly_one_wins(before: str) -> None:
    if before != "no row":
        run = verbs.start_sync("bread").run
        heartbeat(-31) if before == "a dead run" else verbs.complete_sync(run, {})
    together, outcomes = threading.Barrier(32), list[str]()

    def racer() -> None:
        together.wait()
        outcomes.append(outcome_of_a_start())

    threads = [threading.Thread(target=racer) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused"] * 31 + ["won"]


RACER = """
import pathlib, time
from syncjobs.models import SyncActive, SyncJob
SyncJob.objects.exists()
pathlib.Path({ready!r} + str(time.time_ns())).touch()
while not pathlib.Path({go!r}).exists():
    time.sleep(0.001)
try:
    print(SyncJob.objects.start_sync("bread").run)
except SyncActive:
    print("refused")
"""


@pytest.mark.django_db(transaction=True)
def test_of_several_processes_that_start_at_once_exactly_one_wins(tmp_path: Path) -> None:
    home = shared_home()
    script = RACER.format(ready=f"{tmp_path}/ready", go=f"{tmp_path}/go")
    racers = [home.start("shell", "--no-imports", "-c", script) for _ in range(4)]
    wait_until(lambda: len(list(tmp_path.glob("ready*"))) == 4, seconds=60)

    (tmp_path / "go").touch()
    outcomes = [racer.communicate(timeout=60) for racer in racers]

    assert sorted(outcomes) == [("1\n", "")] + [("refused\n", "")] * 3
