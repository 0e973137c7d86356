"""The three syncs and all of them together, against the simulated Garmin."""

import pytest

from garminsync.models import Activity, Coverage, Day, Night, Payload, Workout
from garminsync.simulator import Simulator
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import WORKS
from syncjobs import runner
from syncjobs.models import Status, SyncJob
from syncjobs.run import Run


def sync(kind: str = "all", **options: object) -> SyncJob:
    """One run, here; the row as it ended."""
    runner.run(Run(), kind, WORKS[kind], SyncOptions.model_validate(options), trigger="command")
    return SyncJob.objects.get_current_sync_status()


def test_all_copies_days_nights_activities_with_their_files_and_workouts(signed_in: Simulator) -> None:
    job = sync("all")

    assert job.status == Status.COMPLETED
    assert Day.objects.count() == 35
    assert Night.objects.count() > 25
    assert Activity.objects.count() == 7
    assert Payload.objects.filter(dataset="activity_file").count() == Activity.objects.exclude(manual=True).count()
    assert Workout.objects.count() == 8
    assert job.summary["requests"] == signed_in.stats()["total"]


def test_a_second_run_at_once_changes_nothing_and_asks_little(signed_in: Simulator) -> None:
    sync("all")
    signed_in.reset_counts()

    job = sync("all")

    assert (job.summary["new"], job.summary["changed"], job.summary["failed"]) == (0, 0, 0)
    assert signed_in.stats()["total"] <= 3


@pytest.mark.parametrize(("kind", "model"), [("activities", Activity), ("health", Day), ("workouts", Workout)])
def test_each_kind_can_be_copied_alone(signed_in: Simulator, kind: str, model: type) -> None:
    sync(kind)

    assert model._default_manager.exists()  # type: ignore[attr-defined]
    others = {Activity, Day, Workout} - {model}
    assert not any(other._default_manager.exists() for other in others)


def test_every_day_asked_for_stands_in_the_ledger(signed_in: Simulator) -> None:
    sync("health", since="2026-11-01")

    days = Coverage.objects.filter(dataset="daily", key__gte="2026-11-01")
    assert days.count() >= 24
