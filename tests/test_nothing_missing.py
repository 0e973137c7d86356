"""What made other programs lose a day without a word: each leaves it here, or listed."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from garminsync.models import Account, Activity, Coverage, Day, Night, Payload, Problem
from garminsync.schemas.body import WeighInItem
from garminsync.schemas.daily import DailyNested
from garminsync.simulator import Options, Simulator
from syncjobs.models import Status
from tests.conftest import Clock, Make, sign_in
from tests.syncing import a_day_passes, asked, sync
from tests.typed import Dump, delete_all, dump

V2, FLAT, STATS, LIST = "v2/dailysummaries", "usersummary/daily/", "stats/sleep/daily", "activities/search/activities"
PAGE = "dailySleepData"
NOON, NIGHT = "2026-07-10T10:00:00Z", "2026-07-10T21:30:00Z"
TODAY = datetime.now(ZoneInfo(Options().time_zone)).date()
SIXTY_DAYS: dict[str, Any] = {"since": "2026-05-12", "until": "2026-07-10"}
# By kind: what a whole sync of them brings, and what the account knows afterwards.
WHOLE: dict[str, tuple[Dump, dict[str, Any]]] = {}


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=35, activities=0, workouts=0, basic=True)


def ago(days: int) -> date:
    return Account.objects.get().today() - timedelta(days=days)


@pytest.mark.parametrize("max_span", [14, 7])
@pytest.mark.case("D05")
def test_a_server_that_shortens_a_wide_range_without_a_word_leaves_no_hole(make: Make, max_span: int) -> None:
    make(days=70)
    sync("health")
    whole = dump()
    for model in (Coverage, Payload, Day, Night):
        model.objects.all().delete()
    Account.objects.update(first_day=None, device_synced_at=None)
    garmin = make(days=70, max_span=max_span, too_wide="shorten")

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert {name: len(rows) for name, rows in dump().items()} == {name: len(rows) for name, rows in whole.items()}
    assert len(asked(garmin, V2)) <= 70 / max_span + 5


WITNESSES = ["files/wellness", "trainingstatus", "trainingreadiness", "hrv-service", PAGE]


@pytest.mark.parametrize("witness", WITNESSES[:3])
def test_a_day_that_the_ranges_leave_out_is_asked_for_where_one_witness_shows_it(
    make_signed_in: Make, witness: str
) -> None:
    left_out = "2026-07-06"
    garmin = make_signed_in(days=9, activities=0, workouts=0, now=NIGHT, ranges_skip=[left_out])
    garmin.faults({"match": "|".join(set(WITNESSES) - {witness}), "kind": "404"})

    for _ in range(2):
        sync("health", detail=9, **SIXTY_DAYS)
        garmin.change(device_sync="now")

    assert Day.objects.get(date=left_out).steps
    assert len(asked(garmin, FLAT)) == 1


def test_where_a_witness_tells_of_days_without_data_a_few_are_asked_for_and_never_again(
    make_signed_in: Make, clock: Clock
) -> None:
    left_out = [f"2026-06-{day}" for day in range(10, 30)]
    garmin = make_signed_in(days=60, activities=0, workouts=0, now=NIGHT, ranges_skip=left_out)
    garmin.faults({"match": "|".join({*WITNESSES, FLAT} - {"trainingstatus"}), "kind": "null"})

    for time in (NIGHT, "2026-07-10T21:40:00Z"):
        clock(time)
        sync("health", **SIXTY_DAYS)
        garmin.change(device_sync="now")

    assert [target[-10:] for target in asked(garmin, FLAT)] == [f"2026-06-{day}" for day in range(29, 24, -1)]


@pytest.mark.parametrize("told_by", ["weeks", "the day itself"])
def test_ranges_that_have_nothing_at_all_are_taken_for_gone_once_a_day_has_something(make: Make, told_by: str) -> None:
    garmin = make(days=60)
    if told_by == "the day itself":
        sync("health")
        assert Day.objects.count() == 60
        garmin.reset_counts()
    garmin.faults(*({"match": match, "kind": "body", "body": "[]"} for match in (V2, STATS)))

    job = sync("health", full=True)

    assert (job.status, Day.objects.count()) == (Status.COMPLETED, 60)
    assert 60 <= len(asked(garmin, FLAT)) <= 66


def test_values_that_the_ranges_tell_of_no_day_come_from_the_pages_of_the_newest_and_are_a_problem(
    make: Make, clock: Clock
) -> None:
    garmin = make(days=40, now=NOON)
    clock(NOON)
    garmin.change(patch={"match": V2, "remove": ["data.stress"], "rename": {"data.bodyBattery": "bodyBatteryV3"}})

    job = sync("health")

    problems = Problem.objects.order_by("key").values_list("dataset", "key", "reason")
    said = f"Garmin's ranges of days tell nothing of it, the page of {ago(1)} does: pages are asked for, too, of the "
    said += "newest 30 days, 5 in each run, or with --full of all"
    assert [*problems] == [("daily_v2", "body battery", said), ("daily_v2", "stress", said)]
    assert job.summary["noticed"] == ["2 new problems: manage.py problems lists what could not be understood"]
    told = {"stress_avg__isnull": False, "body_battery_high__isnull": False, "steps__gt": 0}
    assert len(asked(garmin, FLAT)) == Day.objects.filter(**told).count() == 1
    refused = f"calendarDate={ago(2)}"
    garmin.faults({"match": refused, "kind": "404"})
    pages = [[0, 2, 3, 4, 5], [0, 6, 7, 8, 9]]  # what the ranges tell anew, and some more
    for instant, backs in zip((NIGHT, "2026-07-10T21:50:00Z"), pages, strict=True):
        clock(instant)
        garmin.change(now=instant, device_sync="now")
        assert sync("health").summary["noticed"] == []
        assert [target[-10:] for target in asked(garmin, FLAT)[-5:]] == [str(ago(back)) for back in backs]
    assert Day.objects.filter(**told).count() == 9
    garmin.faults()
    clock("2026-07-11T04:00:00Z")
    sync("health", full=True)
    assert Day.objects.filter(**told).count() == 40
    garmin.change(patch=[])
    garmin.reset_counts()
    clock("2026-07-11T04:10:00Z")
    sync("health", full=True)
    assert not Problem.objects.exists()
    assert asked(garmin, FLAT) == []


def test_what_neither_tells_costs_a_request_a_week(make: Make, clock: Clock) -> None:
    garmin = make(days=15, basic=False)
    nothing = {"match": FLAT, "set": {"averageSpo2": None, "lowestSpo2": None}}
    garmin.change(patch=[{"match": V2, "remove": ["data.pulseOx"]}, nothing])

    for day in (0, 1, 6, 8):
        clock(datetime.now(UTC) + timedelta(days=day))
        assert sync("health", full=True).status == Status.COMPLETED

        assert len(asked(garmin, FLAT)) == (2 if day == 8 else 1)
    assert not Problem.objects.exists()


@pytest.mark.parametrize("max_span", [14, 10, 7])
def test_nor_does_it_where_most_days_have_nothing(make_garmin: Make, transactional_db: None, max_span: int) -> None:
    """Blood pressure, thresholds, cycles: too few to see by themselves that a range was cut short; and hydration, which
    the summaries of the first two days do not tell."""
    fixed: dict[str, Any] = {"days": 54, "activities": 0, "workouts": 0, "now": NIGHT}
    sign_in(make_garmin(**fixed))
    whole = whole_of("health")
    make_garmin(**fixed, max_span=max_span, too_wide="shorten")

    job = sync("health", **SIXTY_DAYS)

    assert job.status == Status.COMPLETED
    assert dump() == whole


def whole_of(kind: str, **options: Any) -> Dump:
    """All that a sync of sixty days brings, of a home that is empty again. Synced once, for the first who asks."""
    if kind not in WHOLE:
        sync(kind, **SIXTY_DAYS, **options)
        WHOLE[kind] = dump(), dict(Account.objects.values().get())
        delete_all()
        for model in (Coverage, Payload):
            model.objects.all().delete()
    whole, account = WHOLE[kind]
    Account.objects.update(**account)
    return whole


def whole_and_again(make_garmin: Make) -> tuple[Dump, Simulator]:
    """All that a sync of everything brings, and the same Garmin for an empty home."""
    garmin = make_garmin(days=60, activities=6, workouts=3, now=NIGHT)
    sign_in(garmin)
    whole = whole_of("all", detail=5)
    garmin.reset_counts()
    return whole, garmin


@pytest.mark.parametrize("kind", ["404", "403"])
@pytest.mark.parametrize("after", [12, 30])
def test_a_time_in_which_garmin_refuses_everything_leaves_no_hole(
    make_garmin: Make, transactional_db: None, kind: str, after: int
) -> None:
    whole, garmin = whole_and_again(make_garmin)
    garmin.faults({"kind": kind, "after": after})

    job = sync("all", **SIXTY_DAYS, detail=5)

    assert job.status == Status.FAILED
    assert (job.error_message or "").startswith("Garmin refused everything: ")
    assert garmin.stats()["total"] <= after + 28
    garmin.faults()
    assert sync("all", **SIXTY_DAYS, detail=5).status == Status.COMPLETED
    assert dump() == whole


@pytest.mark.parametrize(
    ("kind", "after", "times"), [("404", 7, 12), ("404", 14, 19), ("404", 49, 12), ("403", 28, 12)]
)
def test_what_was_refused_for_a_moment_is_here_a_day_later(
    make_garmin: Make, transactional_db: None, kind: str, after: int, times: int
) -> None:
    whole, garmin = whole_and_again(make_garmin)
    garmin.faults({"kind": kind, "after": after, "times": times})
    sync("all", **SIXTY_DAYS, detail=5)
    assert garmin.stats()["total"] < 110
    garmin.faults()
    a_day_passes()

    job = sync("all", **SIXTY_DAYS, detail=5)

    assert job.status == Status.COMPLETED
    assert dump() == whole


def test_nor_do_many_refusals_in_a_row_leave_a_day_empty_within(make: Make) -> None:
    """So many that one asks whether Garmin answers at all, and it does again."""
    garmin = make(days=40, basic=False)
    old: dict[str, Any] = {"since": ago(35), "until": ago(20), "detail": 12}
    garmin.faults(*({"match": path, "kind": "404", "times": 10} for path in ("files/wellness", PAGE)))
    sync("health", **old)
    assert len(asked(garmin, "socialProfile")) == 1
    garmin.faults()
    a_day_passes()

    sync("health", **old)

    here = Payload.objects.filter(dataset__in=("monitoring", "sleep_detail"))
    assert here.count() == 2 * 12


def test_a_range_that_was_cut_short_before_a_drawer_is_not_asked_for_day_by_day(make: Make) -> None:
    hidden = [str(TODAY - timedelta(days=back)) for back in range(17, 36)]
    garmin = make(days=70, hide_days=hidden, max_span=14, too_wide="shorten")

    sync("health")

    assert Day.objects.count() >= 70 - len(hidden)
    assert len(asked(garmin, V2)) <= 70 / 14 + 6


def test_a_week_in_a_drawer_costs_one_request_more_and_no_day(make: Make) -> None:
    hidden = [str(ago_from) for ago_from in (TODAY - timedelta(days=back) for back in range(18, 40))]
    garmin = make(days=60, hide_days=hidden)

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert Day.objects.count() == 60 - 22
    assert len(asked(garmin, V2)) <= 3 + 2


@pytest.mark.parametrize("gone", [["totalSleepTimeInSeconds", "gmtSleepStartTimeInMillis", "gmtSleepEndTimeInMillis"]])
@pytest.mark.case("A03")
def test_a_night_without_its_length_and_its_times_keeps_the_rest(make: Make, gone: list[str]) -> None:
    garmin = make()
    garmin.change(patch={"match": STATS, "remove": [f"individualStats.values.{name}" for name in gone]})

    sync("health")

    nights = Night.objects.all()
    assert len(nights) > 28
    assert {(night.sleep_s, night.start_time) for night in nights} == {(None, None)}
    assert all(night.deep_s and night.score for night in nights)


def test_what_the_dear_source_tells_later_is_newer_than_what_the_cheap_one_told_at_noon(make: Make) -> None:
    garmin = make(now=NOON, days=5)
    sync("health")
    at_noon = Day.objects.latest("date").steps
    garmin.change(now=NIGHT, device_sync="now", v2=404)

    sync("health")

    assert Day.objects.latest("date").steps == garmin.service.account.flat(date(2026, 7, 10))["totalSteps"]
    assert (Day.objects.latest("date").steps or 0) > (at_noon or 0)


def test_years_between_two_watches_do_not_hide_the_years_before(make: Make) -> None:
    hidden = [str(TODAY - timedelta(days=back)) for back in range(40, 1200)]
    garmin = make(days=1230, hide_days=hidden)
    oldest = garmin.service.account.first_day
    garmin.faults({"match": LIST, "kind": "body", "body": json.dumps([activity_on(oldest)]), "times": 1})

    sync("all")

    assert Day.objects.filter(date__lt=oldest + timedelta(days=31)).count() >= 29
    assert (Account.objects.get().first_day or date.max) <= oldest


def activity_on(day: date) -> dict[str, Any]:
    return {"activityId": 1, "startTimeGMT": f"{day} 10:00:00", "manualActivity": True}


@pytest.mark.case("A39")
def test_a_day_with_content_that_gives_no_values_is_listed_whatever_it_says_of_itself(make: Make) -> None:
    garmin = make(days=5)
    groups = (
        "movement",
        "calories",
        "heartRate",
        "stress",
        "bodyBattery",
        "pulseOx",
        "respiration",
        "intensityMinutes",
    )
    renamed = {f"data.{name}": f"{name}V3" for name in (*groups, "intensityMinutes", "hydration")}
    garmin.change(patch={"match": V2, "rename": renamed, "remove": ["data.includesWellnessData"]})
    garmin.faults({"match": FLAT, "kind": "404"})

    sync("health")

    assert Payload.objects.filter(dataset="daily_v2").count() == 5
    assert set(Problem.objects.values_list("dataset", flat=True)) == {"daily_v2"}


def test_a_day_is_known_by_its_groups_though_one_of_them_is_missing(make: Make) -> None:
    garmin = make()
    garmin.change(patch={"match": V2, "remove": ["data.movement"]})

    sync("health", since=str(ago(5)))

    assert Day.objects.filter(resting_hr_bpm__isnull=False, steps=None).count() == 6
    assert not asked(garmin, FLAT)  # too few days to wonder at


@pytest.mark.parametrize("second", [{"values": {}}, {"values": None}, {}])
def test_of_two_entries_for_a_day_the_one_with_content_is_kept(make: Make, second: dict[str, Any]) -> None:
    """As on the way east over the date line, when a day is lived twice."""
    garmin = make(days=3)
    day = str(ago(1))
    full = {"calendarDate": day, "values": {"deepTime": 4200, "totalSleepTimeInSeconds": 27000}}
    body = {"individualStats": [full, {"calendarDate": day, **second}]}
    garmin.faults({"match": STATS, "kind": "body", "body": json.dumps(body)})

    sync("health", since=day)

    assert Night.objects.get().sleep_s == 27000


def test_a_day_that_was_never_lived_is_a_day_without_data(make: Make) -> None:
    """As on the way west over the date line."""
    make(days=20, hide_days=[str(TODAY - timedelta(days=9))])

    job = sync("health")

    assert (job.status, Day.objects.count()) == (Status.COMPLETED, 19)
    assert list(Coverage.objects.filter(dataset="daily", state="empty", key=str(ago(9)))) != []


HOSTILE = [
    ("9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59-10:00"),
    ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"),
    (-62135596800000, 253402300799000),
    (10**30, -(10**30)),
]


@pytest.mark.parametrize(("gmt", "local"), HOSTILE)
def test_a_time_at_the_edge_of_the_calendar_costs_itself(make: Make, gmt: Any, local: Any) -> None:
    garmin = make()
    items = [{"activityId": 7, "activityName": "odd", "startTimeGMT": gmt, "startTimeLocal": local, "duration": 60.0,
              "manualActivity": True}]  # fmt: skip
    garmin.faults({"match": LIST, "kind": "body", "body": json.dumps(items)})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    row = Activity.objects.get()
    assert (row.name, row.start_time, row.duration_s) == ("odd", None, 60.0)
    assert Problem.objects.filter(key="7").exists()


def test_ids_that_come_as_text_are_ids(make: Make) -> None:
    garmin = make()
    body = json.dumps([{"activityId": "7", "activityName": "text", "manualActivity": True}])
    garmin.faults({"match": LIST, "kind": "body", "body": body})

    sync("activities")

    assert Payload.objects.get(dataset="activities").key == "7"
    assert Activity.objects.get().name == "text"


def test_names_that_are_dates_or_devices_are_no_new_fields(make: Make) -> None:
    garmin = make(days=10)
    sync("health")
    garmin.change(device_sync="now", patch={"match": V2, "set": {"data.byDay": {"2026-01-02": 1, "3469703076": 2}}})

    job = sync("health")

    assert job.summary["noticed"] == ["new field daily_v2: byDay", "new field daily_v2: byDay.*"]


def test_an_item_with_very_many_unknown_fields_is_stored_and_soon_done(make: Make) -> None:
    garmin = make()
    item = {"activityId": 7, "activityName": "wide", "manualActivity": True} | {f"k{n}": n for n in range(60_000)}
    garmin.faults({"match": LIST, "kind": "body", "body": json.dumps([item])})

    job = sync("activities")

    assert (job.status, Activity.objects.get().name) == (Status.COMPLETED, "wide")
    assert job.summary["requests"] < 10


@pytest.mark.parametrize("written", [str, float])
def test_durations_and_weights_written_as_text_are_what_they_are_as_numbers(written: Callable[[int], object]) -> None:
    day = {"calendarDate": "2026-02-03", "stress": {"restDurationInMillis": written(40_000_000)}}
    scale = {"samplePk": 7, "timestampGMT": 1770101000000, "weight": written(71_250), "boneMass": written(3312)}

    notes: list[str] = []

    assert DailyNested.read(day, notes).rest_stress_s == 40_000.0
    weighed = WeighInItem.read(scale, notes)
    assert (weighed.weight_kg, weighed.bone_mass_kg, notes) == (71.25, 3.312, [])


def test_an_endpoint_that_refuses_for_ever_is_left_alone_after_some_days(make: Make) -> None:
    garmin = make(days=70)
    garmin.faults({"match": STATS, "kind": "400"}, {"match": "dailySleepData", "kind": "400"})

    job = sync("health")

    assert (job.status, Day.objects.count()) == (Status.FAILED, 70)
    assert len(asked(garmin, STATS)) + len(asked(garmin, "dailySleepData")) <= 45
