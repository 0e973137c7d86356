"""A fortnight of daily runs, with all that happens in one, leaves what a single sync at its end would find."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from garminsync.models import (
    Account,
    Activity,
    Coverage,
    Day,
    Night,
    Payload,
    Problem,
    ScheduledWorkout,
    Series,
)
from garminsync.simulator import Simulator
from garminsync.simulator.times import days_of, midnight
from syncjobs.models import Status
from tests.conftest import sign_in
from tests.syncing import sync
from tests.typed import Dump, delete_all, dump

BEGIN = datetime(2026, 6, 20, 6, tzinfo=UTC)
LEAVE, RETURN = "2026-06-23T10:00:00Z", "2026-06-30T10:00:00Z"  # the fourth day, and the eleventh
LEAVE_DAY, RETURN_DAY = date(2026, 6, 23), date(2026, 6, 30)
EAST, WEST = "Asia/Dubai", "Atlantic/Azores"  # four hours from Greenwich and none, where Berlin has two
# Late in the evening, at night, at noon: on a holiday two time zones away nobody syncs at the same hour. In the run
# at 111 it is tomorrow in the east, not in Berlin; in that at 185 it is tomorrow in Berlin, not in the west.
HOURS = (0, 24, 50, 63, 97, 111, 146, 170, 185, 216, 241, 263, 289, 314)
# What Garmin tells for some days or months only, and what is kept here.
KEPT_LONGER = {"PlanTask"}
RATE_LIMITED_RUN, SILENT_RUNS = 6, (3, 4)

type Make = Callable[..., Simulator]
type Clock = Callable[[datetime], None]


@pytest.fixture
def travelling(make_garmin: Make, clock: Clock, transactional_db: None) -> Make:
    """Somebody who goes to this zone, with or without the profile, and whom this home is signed in to."""

    def to(zone: str, profile_travels: bool = False) -> Simulator:
        clock(BEGIN)
        journey = (zone, LEAVE, RETURN)
        options = {"days": 6, "workouts": 3, "journey": journey, "profile_travels": profile_travels}
        simulator = make_garmin(**options, now=BEGIN.isoformat())
        sign_in(simulator)
        return simulator

    return to


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


def live_a_fortnight(garmin: Simulator, clock: Clock) -> None:
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


def instants(name: str, day: date) -> list[datetime]:
    one = Series.objects.filter(kind="day", key=str(day), name=name).first()
    return [one.start + timedelta(seconds=offset) for offset in one.columns["offset_s"]] if one and one.start else []


def days_here() -> list[date]:
    return list(Day.objects.order_by("date").values_list("date", flat=True))


def check_days(garmin: Simulator) -> None:
    """Every minute is here once, in the day it was lived in; the steps of a day are those of its summary."""
    account, days = garmin.service.account, days_here()
    begins, ends = midnight(days[0], account.zone), account.synced()
    minutes = [at for day in days for at in instants("heart_rate", day)]
    assert days == days_of(date(2026, 6, 15), date(2026, 7, 3))
    assert minutes == [begins + timedelta(minutes=n) for n in range(round((ends - begins) / timedelta(minutes=1)))]
    for day in days:
        begins, ends = midnight(day, account.zone), midnight(day + timedelta(days=1), account.zone)
        steps = Series.objects.get(kind="day", key=str(day), name="steps")
        assert all(begins <= at < ends for name in ("heart_rate", "stress") for at in instants(name, day))
        assert all(begins < at <= ends for at in instants("steps", day))
        assert sum(steps.columns["steps"]) == Day.objects.get(date=day).steps


def check_nights(garmin: Simulator, away_s: int) -> None:
    account = garmin.service.account
    lived = [night for day in days_here() if (night := account.night(day))]
    assert list(Night.objects.order_by("date").values_list("date", "start_time", "end_time", "utc_offset_s")) == [
        (
            night.date,
            night.start(account.zone),
            night.end(account.zone),
            away_s if LEAVE_DAY < night.date <= RETURN_DAY else 7200,
        )
        for night in lived
    ]


def check_activities(garmin: Simulator) -> None:
    """Each began when it did, on the day it was there."""
    account = garmin.service.account
    stored = [
        (each.pk, each.start_time, each.start_time + timedelta(seconds=each.utc_offset_s or 0))
        for each in Activity.objects.order_by("-start_time", "-pk")
        if each.start_time
    ]
    assert [(number, start, wall.date()) for number, start, wall in stored] == [
        (each.id, each.start(account.zone).replace(microsecond=0), each.begins.date()) for each in account.activities()
    ]


@pytest.mark.parametrize(
    ("zone", "away_s", "hours", "profile_travels"),
    [(EAST, 14_400, 22, False), pytest.param(WEST, 0, 26, True)],
)
def test_it_is_kept_as_it_was_lived_and_equals_one_sync_at_the_end(
    travelling: Make, clock: Clock, zone: str, away_s: int, hours: int, profile_travels: bool
) -> None:
    garmin = travelling(zone, profile_travels)

    live_a_fortnight(garmin, clock)

    check_days(garmin)
    check_nights(garmin, away_s)
    check_activities(garmin)
    assert [len(instants("heart_rate", day)) for day in (LEAVE_DAY, RETURN_DAY)] == [60 * hours, 60 * (48 - hours)]
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
    assert len(daily["Day"]) == 19
    assert problems == []


@pytest.mark.parametrize("profile_travels", [False, True])
def test_a_day_that_has_begun_for_the_watch_alone_is_here_with_the_next_run(
    travelling: Make, clock: Clock, profile_travels: bool
) -> None:
    garmin = travelling(EAST, profile_travels)
    evening = datetime(2026, 6, 25, 21, tzinfo=UTC)  # 23:00 in Berlin, 01:00 of the 26th in Dubai
    for now in (evening, evening + timedelta(hours=3)):
        clock(now)
        garmin.change(now=now.isoformat())
        if now == evening:
            garmin.change(device_sync="now")
        assert sync("all", detail=5).status == Status.COMPLETED

    assert days_here()[-1] == date(2026, 6, 26)
    assert len(instants("heart_rate", date(2026, 6, 26))) == 60


def test_a_day_that_has_not_begun_for_the_watch_is_asked_for_again(travelling: Make, clock: Clock) -> None:
    garmin = travelling(WEST)
    night = datetime(2026, 6, 25, 23, tzinfo=UTC)  # 01:00 of the 26th in Berlin, 23:00 of the 25th in the west
    for now in (night, night + timedelta(hours=10)):
        clock(now)
        garmin.change(now=now.isoformat(), device_sync="now")
        assert sync("all", detail=5).status == Status.COMPLETED

    assert len(instants("heart_rate", date(2026, 6, 25))) == 24 * 60
    assert len(instants("heart_rate", date(2026, 6, 26))) == 9 * 60
