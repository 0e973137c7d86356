"""A fortnight of daily runs, with all that happens in one, leaves what a single sync at its end would find."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from garminsync.models import Account, Activity, Coverage, Payload, Problem, ScheduledWorkout
from garminsync.simulator import Simulator
from syncjobs.models import Status
from tests.conftest import sign_in
from tests.syncing import sync
from tests.typed import Dump, delete_all, dump

BEGIN = datetime(2026, 6, 20, 6, tzinfo=UTC)
# Late in the evening, at night, at noon: on a holiday two time zones away nobody syncs at the same hour.
HOURS = (0, 24, 50, 63, 97, 121, 146, 170, 190, 216, 241, 263, 289, 314)
# What Garmin tells for some days or months only, and what is kept here.
KEPT_LONGER = {"PlanTask"}
RATE_LIMITED_RUN, SILENT_RUNS = 6, (3, 4)

type Make = Callable[..., Simulator]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the time by which this home knows what today is."""
    return lambda instant: monkeypatch.setattr("garminsync.models.account.timezone.now", lambda: instant)


@pytest.fixture
def garmin(make_garmin: Make, clock: Callable[[datetime], None], transactional_db: None) -> Simulator:
    clock(BEGIN)
    simulator = make_garmin(days=12, workouts=3, now=BEGIN.isoformat())
    sign_in(simulator)
    return simulator


def content() -> Dump:
    """All rows but a cycle that began before the watch was bought: by how much is told only by the week."""
    first = str(Account.objects.get().first_day)
    return {
        name: [row for row in rows if str(row.get("date", first)) >= first]
        for name, rows in dump(ScheduledWorkout).items()
    }


def what_happens(garmin: Simulator, run: int) -> None:
    ids = list(Activity.objects.order_by("-start_time").values_list("pk", flat=True))
    if run == 2:
        garmin.change(rename={"id": ids[1], "name": "Renamed on the web"}, hide_days=["2026-06-21"])
    if run == 5:
        garmin.change(retype={"id": ids[2], "type": "cycling"}, reveal_days=["2026-06-21"])
    if run == 7:
        garmin.change(delete=ids[3], touch_workout=garmin.service.account.options.seed)
    if run == 9:
        garmin.change(add_activity=1)


def test_it_equals_one_sync_at_the_end(garmin: Simulator, clock: Callable[[datetime], None]) -> None:
    for run, hours in enumerate(HOURS):
        now = BEGIN + timedelta(hours=hours)
        clock(now)
        garmin.change(now=now.isoformat())
        if run not in SILENT_RUNS:  # the watch stays in its drawer
            garmin.change(device_sync="now")
        what_happens(garmin, run)
        if run == RATE_LIMITED_RUN:
            garmin.faults({"match": "GET", "kind": "429", "after": 5, "retry_after": "7200"})
            assert sync("all", detail="all").status == Status.FAILED
            garmin.faults()
        job = sync("all", detail="all")
        assert (job.status, job.summary["missing"]) == (Status.COMPLETED, [])
    daily, problems = content(), list(Problem.objects.values_list("dataset", "reason"))
    planned = set(ScheduledWorkout.objects.values_list("date", "title"))

    delete_all()
    for model in (Payload, Coverage):
        model.objects.all().delete()
    Account.objects.update(first_day=None, device_synced_at=None)
    assert sync("all", detail="all", full=True).status == Status.COMPLETED

    once = content()
    assert {name for name in daily if daily[name] != once[name]} <= KEPT_LONGER
    assert all(row in daily[name] for name in KEPT_LONGER for row in once[name])
    assert set(ScheduledWorkout.objects.values_list("date", "title")) <= planned
    assert len(daily["Day"]) == 25
    assert problems == []
