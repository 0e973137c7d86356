"""The pipeline: progress that is true, fetches that are left behind, and what ends a run early."""

import threading
import time
from functools import partial
from typing import Any

import pytest

from garminsync.models import Activity, Coverage, Day, GarminToken, Payload, Workout
from garminsync.simulator import Simulator
from garminsync.sync import engine, fetcher
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import WORKS
from syncjobs import runner
from syncjobs.models import Status, SyncJob
from syncjobs.run import Progress, Superseded
from tests.conftest import Make
from tests.processes import wait_until
from tests.shared_home import shared_home
from tests.syncing import HurriedRun, asked, sync

LIST, FILE, V2, STATS = "activities/search/activities", "files/activity/", "v2/dailysummaries", "stats/sleep/daily"


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=60, activities=12, workouts=3, basic=True)


def stored() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (Activity, Day, Payload, Workout)}


# Progress


def test_done_only_grows_names_what_was_saved_and_ends_at_the_total(make: Make) -> None:
    make()
    run = HurriedRun()

    sync("all", run)

    assert [report.done for report in run.reports[:-1]] == list(range(1, len(run.reports)))
    assert run.reports[-1].done == run.reports[-1].total
    assert all(report.details for report in run.reports)


def test_the_total_counts_the_lists_first_and_then_everything_planned_from_them(make: Make) -> None:
    make(page_cap=5)
    run = HurriedRun()

    sync("all", run)

    lists = [report for report in run.reports if "list of" in report.details]
    first_file = next(at for at, report in enumerate(run.reports) if report.details.startswith("file of"))
    assert lists[0].total < 12
    assert all("list of" not in report.details for report in run.reports[first_file:])
    assert len({report.total for report in run.reports[first_file:]}) == 1


def test_the_total_grows_only_with_a_reason(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": V2, "kind": "404"})
    run = HurriedRun()

    sync("health", run)

    for before, after in zip(run.reports, run.reports[1:], strict=False):
        assert after.total == before.total or "more to ask for" in after.details


def test_what_is_counted_as_done_is_stored(make: Make) -> None:
    make()
    files: list[tuple[int, int]] = []

    def look(progress: Progress) -> None:
        if progress.details.startswith("file of"):
            files.append((len(files) + 1, Payload.objects.filter(dataset="activity_file").count()))

    sync("activities", HurriedRun(look))

    assert len(files) > 5
    assert all(done == kept for done, kept in files)


def test_the_row_shows_the_same_and_is_whole_only_when_completed(make: Make) -> None:
    make()
    shares: list[float] = []
    run = HurriedRun(lambda progress: shares.append(SyncJob.objects.get().progress))

    job = sync("all", run)

    assert shares == sorted(shares)
    assert shares[-1] < 1 == job.progress
    assert (job.status, job.details, job.done) == (Status.COMPLETED, "Done", job.total)


def test_one_request_is_in_flight_at_a_time_and_none_writes(make: Make) -> None:
    garmin = make(latency=0.005)

    job = sync("all")

    stats = garmin.stats()
    assert (stats["most_in_flight"], stats["writes"]) == (1, 0)
    assert job.summary["requests"] == stats["total"]


# What ends a run


@pytest.mark.parametrize("where", [LIST, FILE, V2])
def test_a_429_without_end_ends_the_run_and_the_next_goes_on(make: Make, where: str) -> None:
    garmin = make()
    garmin.faults({"match": where, "kind": "429", "after": 1 if where == FILE else 0, "retry_after": 7200})

    job = sync("all")

    assert job.status == Status.FAILED
    assert str(job.error_message).startswith("Garmin says that we ask too much (429)")
    assert "Left for next time: " in str(job.error_message)
    assert garmin.stats()["refused_429"] == 1  # nothing is sent after it
    kept = stored()
    garmin.faults()
    assert sync("all").status == Status.COMPLETED
    assert all(stored()[name] >= count for name, count in kept.items())
    assert len(asked(garmin, FILE)) == len(set(asked(garmin, FILE))) + (where == FILE)


@pytest.mark.case("C04")
def test_a_sign_in_lost_on_the_way_keeps_what_was_fetched_and_asks_nothing_more(make: Make) -> None:
    garmin = make()
    garmin.faults(
        {"match": FILE, "kind": "change", "change": {"expire_tokens": True, "revoke_refresh": True}, "after": 3}
    )

    job = sync("all")

    assert job.status == Status.FAILED
    assert "Run: manage.py garminlogin" in str(job.error_message)
    assert Payload.objects.filter(dataset="activity_file").count() == 3
    assert (garmin.stats()["refreshes"], garmin.stats()["logins"]) == (1, 0)
    garmin.faults()
    GarminToken.keep(garmin.token())
    assert sync("all").status == Status.COMPLETED


@pytest.mark.case("C03")
def test_a_token_that_expires_in_mid_run_is_renewed_and_the_run_goes_on(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": FILE, "kind": "change", "change": {"expire_tokens": True}, "after": 3, "times": 1})

    job = sync("all")

    assert job.status == Status.COMPLETED
    assert (garmin.stats()["refreshes"], garmin.stats()["logins"]) == (1, 0)


def test_twenty_requests_in_a_row_without_an_answer_end_the_run(make: Make) -> None:
    garmin = make(activities=35)
    garmin.faults({"match": FILE, "kind": "reset", "after": 5})
    run = HurriedRun()

    job = sync("activities", run)

    assert job.status == Status.FAILED
    assert "The connection to Garmin broke" in str(job.error_message)
    assert Coverage.objects.filter(dataset="activity_file", state="failed").count() == 20
    assert run.waits.count(8) <= 6  # three with all their tries, and what was on its way
    garmin.faults()
    garmin.reset_counts()
    assert sync("activities").status == Status.COMPLETED
    assert len(set(asked(garmin, FILE))) == Payload.objects.filter(dataset="activity_file").count() - 5


def test_an_answer_in_between_sets_the_count_back(make: Make) -> None:
    garmin = make(activities=30)
    garmin.faults({"match": f"{FILE}.*[02468]$", "kind": "500"})

    job = sync("activities")

    assert "left for next time" not in str(job.error_message)
    assert job.summary["failed"] > 0


def test_trouble_at_first_costs_nothing_once_it_has_passed(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": "GET", "kind": "503", "times": 3})
    run = HurriedRun()

    assert sync("all", run).status == Status.COMPLETED
    assert [wait for wait in run.waits if wait] == [1, 2, 4]


def test_an_error_nobody_expected_ends_the_run_and_says_what_it_was(make: Make) -> None:
    make()

    def stumble(progress: Progress) -> None:
        if progress.details.startswith("file of"):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sync("activities", HurriedRun(stumble))

    job = SyncJob.objects.get()
    assert job.status == Status.FAILED
    assert "ZeroDivisionError" in str(job.error_message)
    assert Activity.objects.count() == 12


def test_a_run_that_lost_the_job_stores_nothing_more(make: Make) -> None:
    make()

    def lose(progress: Progress) -> None:
        if progress.details.startswith("file of"):
            SyncJob.objects.update(run=99)

    with pytest.raises(Superseded):
        sync("activities", HurriedRun(lose))

    assert Payload.objects.filter(dataset="activity_file").count() == 1


# Fetches that hang


def test_a_fetch_that_hangs_is_left_behind_and_the_rest_is_fetched(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    garmin = make()
    monkeypatch.setattr(fetcher, "HANGS_AFTER_S", 0.4)
    monkeypatch.setattr(engine, "LOOK_EVERY_S", 0.05)
    garmin.faults({"match": FILE, "kind": "hang", "after": 2, "times": 1})

    job = sync("activities")

    assert job.status == Status.FAILED
    assert "Garmin did not answer at all" in str(job.error_message)
    assert job.summary["failed"] == 1
    assert job.summary["requests"] == garmin.stats()["total"]
    garmin.faults()
    assert sync("activities").status == Status.COMPLETED


def test_a_fetch_that_was_left_behind_sends_nothing_more(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": FILE, "kind": "hang", "seconds": 1})
    runner.start("activities", WORKS["activities"], SyncOptions(), trigger="api")
    wait_until(lambda: asked_for_a_file(garmin))

    SyncJob.objects.request_cancel()
    wait_until(lambda: not fetching())  # its hang has ended, too

    assert asked_for_a_file(garmin) == 1
    assert SyncJob.objects.get().status == Status.CANCELLED


def asked_for_a_file(garmin: Simulator) -> int:
    return int(garmin.stats()["requests"].get("/download-service/files/activity/{id:d}", 0))


def fetching() -> bool:
    return any(thread.name == "fetch" for thread in threading.enumerate())


# Cancel


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "hang"},
        {"kind": "drip", "seconds": 300},
        {"kind": "429", "retry_after": 600},
        {"kind": "503"},
        {"kind": "latency", "seconds": 300},
    ],
)
def test_a_cancel_ends_the_run_within_a_second_whatever_garmin_does(make: Make, fault: dict[str, Any]) -> None:
    garmin = make()
    garmin.faults({"match": FILE, "after": 1, **fault})
    runner.start("activities", WORKS["activities"], SyncOptions(), trigger="api")
    wait_until(lambda: garmin.service.faults.rules[0].struck)

    asked_at = time.monotonic()
    assert SyncJob.objects.request_cancel()
    wait_until(lambda: SyncJob.objects.get().status == Status.CANCELLED)

    assert time.monotonic() - asked_at < 2
    assert Activity.objects.count() == 12


def test_a_wait_for_garmin_is_shown_while_it_lasts(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": LIST, "kind": "429", "retry_after": 600})
    runner.start("activities", WORKS["activities"], SyncOptions(), trigger="api")

    job = wait_until(lambda: SyncJob.objects.filter(waiting_until__isnull=False).first())

    assert 590 < (job.waiting_until - job.start_time).total_seconds() < 620
    assert "ask too much (429)" in job.details
    SyncJob.objects.request_cancel()
    wait_until(lambda: SyncJob.objects.get().status == Status.CANCELLED)
    assert SyncJob.objects.get().waiting_until is None


@pytest.mark.case("F01")
def test_kill_9_in_the_middle_costs_at_most_what_was_in_flight(make: Make, settings: Any) -> None:
    garmin = make(days=20, activities=20, latency=0.1)
    settings.SYNCJOBS_LEASE_S = 2
    home = shared_home(GARMIN_API_URL=garmin.url, SYNCJOBS_LEASE_S="2")
    process = home.start("syncgarmin", "activities", "--quiet")
    wait_until(lambda: len(asked(garmin, FILE)) >= 8)
    process.kill()
    process.communicate()
    kept = Payload.objects.filter(dataset="activity_file").count()
    garmin.change(latency=0.0)
    garmin.reset_counts()
    wait_until(lambda: SyncJob.objects.get_current_sync_status().status == Status.FAILED)

    assert home.run("syncgarmin", "activities", "--quiet").returncode == 0

    assert kept >= 4
    assert len(set(asked(garmin, FILE))) == Payload.objects.filter(dataset="activity_file").count() - kept
