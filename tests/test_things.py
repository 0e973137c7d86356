"""What belongs to the account: settings, devices, gear, records, goals, badges, in few requests."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import F
from django.utils import timezone

from garminsync.datasets import PLANS, SnapshotDataset
from garminsync.datasets.readers import each
from garminsync.datasets.things import BADGES, DEVICES, GEAR, GEAR_ACTIVITIES, GOALS, PROFILE, RECORDS
from garminsync.models import (
    Account,
    Activity,
    Badge,
    Coverage,
    Device,
    Gear,
    GearActivity,
    Goal,
    Payload,
    PersonalRecord,
    Problem,
    Profile,
)
from garminsync.schemas.achievements import GoalItem
from garminsync.simulator import Simulator
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import Status, SyncJob
from tests.conftest import FIXED_NOW, Make
from tests.syncing import HurriedRun, asked, sync
from tests.typed import dump

THINGS = (Badge, Device, Gear, GearActivity, Goal, PersonalRecord, Profile)
OF_HEALTH = ("user-settings", "deviceregistration/devices", "goals?status=active", "goals?status=past", "badge/earned")
OF_ACTIVITIES = ("gear/v2/list", "personalrecord/prs")
USED = "/gear?"
ACTIVE_GOALS, PAST_GOALS = GOALS


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    """A simulated Garmin of four weeks and fourteen activities that this home is signed in to."""

    def without_files(**options: Any) -> Simulator:
        account = {"days": 28, "activities": 14, "now": FIXED_NOW, "workouts": 0}
        garmin = make_signed_in(**account | options)
        garmin.faults({"match": "files/activity/", "kind": "body", "body": "<gpx></gpx>"})
        return garmin

    return without_files


def today() -> str:
    return str(Account.objects.get().today())


def sync_things() -> list[SyncJob]:
    """Both kinds that have things, and one day of health."""
    return [sync("activities"), sync("health", since=today(), detail=0)]


def a_day_later() -> None:
    Coverage.objects.filter(key="").update(asked_at=timezone.now() - timedelta(days=1))
    Coverage.objects.update(failing_since_at=F("failing_since_at") - timedelta(days=1))


def counts() -> list[int]:
    return [model._default_manager.count() for model in THINGS]


# Requests


def test_a_first_run_costs_a_request_for_each_kind_of_thing_and_one_for_each_gear(make: Make) -> None:
    garmin = make()

    jobs = sync_things()

    assert [job.status for job in jobs] == [Status.COMPLETED] * 2
    assert [len(asked(garmin, part)) for part in (*OF_ACTIVITIES, *OF_HEALTH, USED)] == [1] * 7 + [2]
    used = Activity.objects.filter(type__in=["running", "trail_running", "cycling"]).count()
    assert counts() == [10, 3, 2, used, 3, 12, 1]
    assert not Problem.objects.exists()
    assert [job.summary["noticed"] for job in jobs] == [[], []]


def test_a_second_run_at_once_asks_for_none_of_them(make: Make) -> None:
    garmin = make()
    sync_things()
    before = dump()
    garmin.reset_counts()

    sync_things()

    assert [asked(garmin, part) for part in (*OF_ACTIVITIES, *OF_HEALTH, USED)] == [[]] * 8
    assert dump() == before


def test_a_day_later_each_is_asked_for_once_more_but_not_what_an_unused_gear_was_used_in(make: Make) -> None:
    garmin = make()
    sync_things()
    garmin.reset_counts()
    a_day_later()

    sync_things()

    assert [len(asked(garmin, part)) for part in (*OF_ACTIVITIES, *OF_HEALTH, USED)] == [1] * 7 + [0]


def test_only_the_gear_that_was_used_since_is_asked_for_its_activities(make: Make) -> None:
    garmin = make()
    sync("activities")
    run = Activity.objects.filter(type="running").order_by("pk").values_list("pk", flat=True)[0]
    garmin.change(retype={"id": run, "type": "yoga"})
    garmin.reset_counts()
    a_day_later()

    sync("activities")

    assert len(asked(garmin, USED)) == 1
    assert not GearActivity.objects.filter(activity_id=run).exists()
    shoes = Gear.objects.get(type="SHOES")
    assert shoes.activities == GearActivity.objects.filter(gear_uuid=shoes.uuid).count() > 0
    garmin.change(patch={"match": "gear/v2/list", "set": {"distanceUsedMeters": 7.0}})
    garmin.reset_counts()
    for _ in range(2):
        a_day_later()
        sync("activities")
    # As many of another length are others.
    assert len(asked(garmin, USED)) == 2


@pytest.mark.parametrize("fault", [{"kind": "400"}, {"kind": "404"}, {"kind": "body", "body": "[]"}])
def test_what_a_run_did_not_get_the_next_one_asks_for_though_the_list_of_gear_is_young(
    make: Make, fault: dict[str, str]
) -> None:
    garmin = make()
    garmin.faults({"match": r"/gear\?", "times": 1, **fault})
    assert sync("activities").status == Status.FAILED
    garmin.reset_counts()

    job = sync("activities")

    assert job.status == Status.COMPLETED
    assert (len(asked(garmin, "gear/v2/list")), len(asked(garmin, USED))) == (0, 1)
    assert GearActivity.objects.values("gear_uuid").distinct().count() == 2


def test_a_gear_keeps_its_activities_where_far_fewer_come_than_it_says_to_have(make: Make) -> None:
    garmin = make()
    sync("activities")
    before = GearActivity.objects.count()
    most = Gear.objects.order_by("-activities")[0].uuid
    Coverage.objects.filter(dataset=GEAR_ACTIVITIES.name, key=most).update(reason="another number")
    one = json.dumps([{"activityId": GearActivity.objects.values_list("activity_id", flat=True)[0]}])
    garmin.faults({"match": r"/gear\?start=0", "kind": "body", "body": one}, {"match": r"/gear\?", "kind": "404"})

    job = sync("activities")

    assert (job.status, GearActivity.objects.count()) == (Status.FAILED, before)
    garmin.faults({"match": "files/activity/", "kind": "404"})
    assert sync("activities").status == Status.COMPLETED


def test_retired_gear_is_asked_for_by_name_in_the_same_request(make: Make) -> None:
    garmin = make()

    sync("activities")

    assert asked(garmin, "gear/v2/list") == [
        "/gear-service/gear/v2/list?start=0&limit=100&gearStatuses=ACTIVE&gearStatuses=RETIRED"
    ]
    assert list(Gear.objects.order_by("status").values_list("status", "type")) == [
        ("ACTIVE", "SHOES"),
        ("RETIRED", "BIKE"),
    ]


# Pages


@pytest.mark.parametrize(
    ("dataset", "path", "starts"),
    [
        (GEAR, "gear/v2/list", "012"),
        (ACTIVE_GOALS, "goals?status=active", "123"),
        (PAST_GOALS, "goals?status=past", "12"),
        (PLANS, "trainingplan/plans", "01"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_full_page_is_asked_on_from_and_all_are_kept_as_one_answer(
    make: Make, monkeypatch: pytest.MonkeyPatch, dataset: SnapshotDataset, path: str, starts: str
) -> None:
    garmin = make()
    monkeypatch.setitem(cast("dict[str, Any]", dataset.params), "limit", "1")

    job = sync("all", since=today())

    told = [parse_qs(urlsplit(target).query).get("start", ["0"])[0] for target in asked(garmin, path)]
    assert (job.status, told) == (Status.COMPLETED, list(starts))
    table = dataset.tables[0]
    assert table.model._default_manager.filter(**table.fixed).count() == len(starts) - 1
    assert len(json.loads(Payload.objects.get(dataset=dataset.name).content)) == len(starts) - 1


def test_all_activities_of_a_gear_are_kept_however_many_pages_they_fill(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    garmin = make()
    monkeypatch.setitem(cast("dict[str, Any]", GEAR_ACTIVITIES.params), "limit", "2")

    sync("activities")

    counted = {gear.uuid: gear.activities for gear in Gear.objects.all()}
    kept = {uuid: GearActivity.objects.filter(gear_uuid=uuid).count() for uuid in counted}
    assert kept == counted
    assert len(asked(garmin, USED)) == sum((count or 0) // 2 + 1 for count in counted.values()) > 4


@pytest.mark.parametrize("after", ["204", "404", "null"])
def test_a_list_ends_where_garmin_has_nothing_more(make: Make, monkeypatch: pytest.MonkeyPatch, after: str) -> None:
    garmin = make()
    monkeypatch.setitem(cast("dict[str, Any]", GEAR.params), "limit", "2")
    garmin.faults({"match": "gear/v2/list.start=2", "kind": after})

    job = sync("activities")

    assert "gear" not in [missing.partition(":")[0] for missing in job.summary["missing"]]
    assert (len(asked(garmin, "gear/v2/list")), Gear.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("capped_at", "here", "more"),
    [
        (20, 0, "three more"),
        (25, 0, "204"),
        (10, 0, "the first again"),
        (50, 0, "400"),
        (99, 0, "three more"),
        (7, 10, "three more"),
        (7, 7, None),
    ],
)
def test_a_page_shorter_than_asked_for_may_have_been_cut_short_at_a_round_number_or_where_more_are_here(
    make: Make, capped_at: int, here: int, more: str | None
) -> None:
    garmin = make()
    items = [{"uuid": f"gear {number}"} for number in range(capped_at + 3)]
    Gear.objects.bulk_create(Gear(**item) for item in items[:here])
    first = {"kind": "body", "body": json.dumps(items[:capped_at])}
    second = {"three more": {"kind": "body", "body": json.dumps(items[capped_at:])}, "the first again": first}
    garmin.faults(
        {"match": "gear/v2/list.start=0", **first},
        {"match": "gear/v2/list", **second.get(more or "", {"kind": more or "reset"})},
        {"match": "files/activity/", "kind": "404"},
    )

    job = sync("activities")

    assert job.summary["missing"] == []
    assert len(asked(garmin, "gear/v2/list")) == (1 if more is None else 2)
    assert Gear.objects.count() == capped_at + (3 if more == "three more" else 0)


@pytest.mark.parametrize("second", ["400", "403", "the first again", "7"])
def test_a_list_of_which_a_page_is_missing_takes_nothing_away(
    make: Make, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    garmin = make()
    sync("activities")
    monkeypatch.setitem(cast("dict[str, Any]", GEAR.params), "limit", "1")
    page = {"kind": "body", "body": '[{"uuid": "a"}]'}
    answer = {"the first again": page, "7": {"kind": "body", "body": "7"}}.get(second, {"kind": second})
    garmin.faults({"match": "gear/v2/list.start=0", **page}, {"match": "gear/v2/list.start=1", **answer})
    a_day_later()

    job = sync("activities")

    assert [missing.partition(":")[0] for missing in job.summary["missing"]][-1] == "gear"
    assert sorted(filter(None, Gear.objects.values_list("type", flat=True))) == ["BIKE", "SHOES"]


def test_a_gear_that_is_used_in_nothing_any_more_keeps_no_activity_whatever_is_rebuilt(make: Make) -> None:
    garmin = make()
    sync("activities")
    shoes, bike = (Gear.objects.get(type=kind).uuid for kind in ("SHOES", "BIKE"))
    for activity_id in GearActivity.objects.filter(gear_uuid=shoes).values_list("activity_id", flat=True):
        garmin.change(retype={"id": activity_id, "type": "yoga"})
    a_day_later()

    sync("activities")
    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")
    garmin.reset_counts()
    sync("activities")

    assert Gear.objects.get(uuid=shoes).activities == 0
    assert set(GearActivity.objects.values_list("gear_uuid", flat=True)) == {bike}
    assert asked(garmin, USED) == []


def test_a_gear_that_was_deleted_keeps_no_activity_and_is_asked_for_once_more(make: Make) -> None:
    garmin = make()
    sync("activities")
    shoes, bike = (Gear.objects.get(type=kind).uuid for kind in ("SHOES", "BIKE"))
    told = Gear.objects.get(uuid=shoes)
    alone = json.dumps([{"uuid": shoes, "numActivitiesLinked": told.activities, "distanceUsedMeters": told.distance_m}])
    gone = {"match": bike.replace("-", ""), "kind": "404"}
    garmin.faults({"match": "gear/v2/list", "kind": "body", "body": alone}, gone)
    garmin.reset_counts()
    for _ in range(3):
        a_day_later()
        sync("activities")

    assert [bike.replace("-", "") in target for target in asked(garmin, USED)] == [True]
    assert set(GearActivity.objects.values_list("gear_uuid", flat=True)) == {shoes}


def test_goals_over_a_span_of_dates_are_told(make: Make) -> None:
    make()

    sync_things()

    assert sorted(filter(None, Goal.objects.values_list("period", flat=True))) == ["custom", "one_month", "one_week"]


# Whole rows


def rows_of(dataset: Any, answer: Any) -> tuple[list[dict[str, Any]], list[str]]:
    made = dataset.make("", {dataset.name: json.dumps(answer).encode()})
    return made.rows_of(dataset.tables[0].model), made.notes[dataset.name]


def test_the_settings_come_in_the_units_of_the_columns_whatever_the_profile_shows(make: Make) -> None:
    garmin = make()
    garmin.change(patch={"match": "user-settings", "set": {"userData.measurementSystem": "statute_us"}})

    sync("health", since=today(), detail=0)

    assert Profile.objects.values().get() == {
        "profile_id": 91_000_001,
        "gender": "FEMALE",
        "birth_date": date(1988, 5, 4),
        "height_cm": 171.0,
        "weight_kg": 64.2,
        "measurement_system": "statute_us",
        "time_format": "time_twenty_four_hr",
        "first_weekday": "monday",
        "hydration_unit": "milliliter",
        "handedness": "RIGHT",
        "vo2max_running": 48.0,
        "vo2max_cycling": 44.0,
        "lactate_threshold_speed_mps": 3.3611,
        "lactate_threshold_hr_bpm": 171,
        "threshold_hr_detected": True,
        "ftp_detected": True,
        "moderate_minutes_hr_zone": 3,
        "vigorous_minutes_hr_zone": 4,
        "sleep_time_s": 82_800,
        "wake_time_s": 25_200,
    }


def test_a_profile_that_says_nothing_is_a_row_of_nulls() -> None:
    rows, notes = rows_of(PROFILE, {"id": 7, "userData": {"weight": None, "weatherLocation": None}, "userSleep": None})

    assert notes == []
    assert {column for column, value in rows[0].items() if value is not None} == {"profile_id"}


def test_a_device_is_a_row_under_garmins_id(make: Make) -> None:
    make()

    sync("health", since=today(), detail=0)

    assert Device.objects.order_by("pk").values()[0] == {
        "device_id": 3_480_000_002,
        "name": "Uhr ⌚",
        "model": "Venu 3",
        "device_type_id": 39_201,
        "part_number": "006-B4260-00",
        "serial_number": "7AB000002",
        "firmware": "12.26",
        "status": "active",
        "registered_time": datetime(2026, 6, 3, 22, tzinfo=UTC),
        "categories": ["FITNESS", "WELLNESS"],
        "is_daily_tracker": True,
        "is_scale": False,
        "has_optical_hr": True,
    }
    assert Device.objects.filter(is_daily_tracker=True).count() == 1
    assert set(Activity.objects.exclude(device_id=None).values_list("device_id", flat=True)) <= set(
        Device.objects.values_list("pk", flat=True)
    )


def test_gear_that_has_no_name_and_no_limit_has_nulls() -> None:
    bare = {"uuid": "0f0f0f0f-1111-2222-3333-444444444444", "gearType": "BIKE", "status": "ACTIVE"}
    unset = {"maxUsageDistanceMeters": 0.0, "maxUsageDurationSeconds": 0, "numActivitiesLinked": 0}
    used = {"distanceUsedMeters": 123_456.7, "durationUsedSeconds": 45_678, "daysUsed": 80}
    days = {"firstUseDate": "2031-02-03", "createdDate": "2031-02-03T04:05:06.0"}

    rows, notes = rows_of(GEAR, [bare | unset | used | days])

    assert notes == []
    assert rows == [
        {
            "uuid": "0f0f0f0f-1111-2222-3333-444444444444",
            "name": None,
            "type": "BIKE",
            "status": "ACTIVE",
            "brand": None,
            "model": None,
            "distance_m": 123_456.7,
            "duration_s": 45_678.0,
            "activities": 0,
            "days_used": 80,
            "max_distance_m": None,
            "max_duration_s": None,
            "first_used": date(2031, 2, 3),
            "created_time": datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC),
        }
    ]


def test_a_record_of_steps_belongs_to_no_activity_and_tells_its_offset() -> None:
    steps = {"id": 9002, "typeId": 12, "value": 25_000.0, "activityId": 0, "activityType": None}
    times = {"prStartTimeGmt": 1_900_000_800_000, "prStartTimeLocal": 1_900_008_000_000}

    rows, notes = rows_of(RECORDS, [steps | times])

    assert notes == []
    assert rows == [
        {
            "record_id": 9002,
            "type_id": 12,
            "name": "most steps in a day",
            "value": 25_000.0,
            "unit": "steps",
            "activity_id": None,
            "activity_type": None,
            "time": datetime(2030, 3, 17, 18, tzinfo=UTC),
            "utc_offset_s": 7200,
        }
    ]


@pytest.mark.parametrize(
    ("type_id", "name", "unit"),
    [(3, "5 km run", "s"), (7, "longest run", "m"), (10, "best 20 minutes of power", "W"), (16, None, None)],
)
def test_the_unit_of_a_record_depends_on_its_type_and_stays_open_where_nobody_is_sure(
    type_id: int, name: str | None, unit: str | None
) -> None:
    rows, _ = rows_of(RECORDS, [{"id": 1, "typeId": type_id, "value": 5.5, "activityId": 8001}])

    assert (rows[0]["name"], rows[0]["unit"], rows[0]["activity_id"]) == (name, unit, 8001)


@pytest.mark.parametrize(
    ("kind", "what", "activity_id"),
    [("activityId", "8001", 8001), ("date", "2031-03-04", None), ("challengeId", "5F1A", None), (None, None, None)],
)
def test_a_badge_tells_the_activity_it_was_earned_by(
    kind: str | None, what: str | None, activity_id: int | None
) -> None:
    earned = {"badgeEarnedDate": "2031-03-04T05:06:07.0", "badgeEarnedNumber": 2, "badgePoints": 4}
    by = {"badgeAssocType": kind, "badgeAssocDataId": what, "badgeProgressValue": 0.0, "badgeTargetValue": None}

    rows, notes = rows_of(BADGES, [{"badgeId": 61, "badgeName": "Früh"} | earned | by])

    assert notes == []
    assert rows == [
        {
            "badge_id": 61,
            "key": None,
            "name": "Früh",
            "category_id": None,
            "difficulty": None,
            "points": 4,
            "earned_date": date(2031, 3, 4),
            "times_earned": 2,
            "progress": 0.0,
            "target": None,
            "unit_id": None,
            "activity_id": activity_id,
        }
    ]


def test_a_goal_that_has_passed_is_one_goal_still(make: Make) -> None:
    garmin = make()
    sync("activities")
    goal = {"id": 31_000_001, "name": "Ziel 2", "startDate": "2026-06-01", "endDate": "2026-07-09", "completed": True}
    garmin.faults({"match": "status=past", "kind": "body", "body": json.dumps([goal])})
    garmin.change(patch={"match": "status=active", "where": {"id": 31_000_001}, "set": {"id": 31_000_009}})
    a_day_later()

    sync("activities")

    states = dict(Goal.objects.order_by("pk").values_list("goal_id", "state"))
    assert states == {31_000_000: "active", 31_000_001: "past", 31_000_009: "active"}


# Whatever Garmin answers


@pytest.mark.parametrize("kinds", [("404", "403", "null", "204"), ("null", "204", "404", "403")])
def test_things_that_were_never_used_cost_no_warning(make: Make, kinds: Sequence[str]) -> None:
    garmin = make()
    each_its_own = zip((*OF_ACTIVITIES, *OF_HEALTH), cycle(kinds), strict=False)
    garmin.faults(*({"match": part.replace("?", "."), "kind": kind} for part, kind in each_its_own))

    jobs = sync_things()

    assert [(job.status, job.summary["missing"], job.summary["noticed"]) for job in jobs] == [
        (Status.COMPLETED, [], [])
    ] * 2
    assert counts() == [0] * 7
    assert [len(asked(garmin, part)) for part in (*OF_ACTIVITIES, *OF_HEALTH)] == [1] * 7


ALL_LISTS = [part.replace("?", ".") for part in (*OF_ACTIVITIES, *OF_HEALTH[1:])]


def test_what_is_no_list_takes_nothing_away(make: Make) -> None:
    garmin = make()
    sync_things()
    before = counts()
    garmin.faults(*({"match": part, "kind": "body", "body": "{}"} for part in ALL_LISTS))
    a_day_later()

    sync_things()

    assert counts() == before


def test_a_list_that_comes_empty_is_believed_when_a_day_later_it_still_does(make: Make) -> None:
    garmin = make()
    sync_things()
    before, full = dump(), counts()
    empty = [{"match": part, "kind": "body", "body": "[]"} for part in [*ALL_LISTS, "user-settings", r"/gear\?"]]
    whole_again: list[Any] = []
    believed = [0] * 6 + [1]
    for faults, rows in ((empty, full), (whole_again, full), (empty, full), (empty, believed), (empty, believed)):
        garmin.faults({"match": "files/activity/", "kind": "404"}, *faults)
        garmin.reset_counts()
        a_day_later()
        jobs = sync_things()
        assert [job.status for job in jobs] == [Status.COMPLETED] * 2
        assert [len(asked(garmin, part)) for part in (*OF_ACTIVITIES, *OF_HEALTH[1:])] == [1] * 6
        assert counts() == rows
        if faults == empty and rows == full:
            jobs = [sync("activities", full=True), sync("health", since=today(), full=True)]
            assert counts() == full
    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")
    assert counts() == believed
    garmin.faults({"match": "files/activity/", "kind": "404"})
    a_day_later()

    sync_things()

    assert dump() == before


@pytest.mark.parametrize("body", ['{"errors": [{"message": "no"}]}', "7"])
def test_an_error_document_is_a_failure_and_what_was_known_stays(make: Make, body: str) -> None:
    garmin = make()
    sync_things()
    before = counts()
    garmin.faults({"match": "deviceregistration/devices", "kind": "body", "body": body})
    a_day_later()

    job = sync("health", since=today(), detail=0)

    assert job.status == Status.FAILED
    assert [missing.partition(":")[0] for missing in job.summary["missing"]] == ["devices"]
    assert counts() == before


def test_a_thing_that_is_gone_from_the_list_is_gone_here_and_most_of_them_a_day_later(make: Make) -> None:
    garmin = make()
    sync("activities")
    ids = list(PersonalRecord.objects.order_by("pk").values_list("pk", flat=True))

    for listed, here in ((ids[1:], ids[1:]), (ids[1:3], ids[1:]), (ids[1:3], ids[1:3])):
        body = json.dumps([{"id": record, "typeId": 1} for record in listed])
        garmin.faults({"match": "personalrecord/prs", "kind": "body", "body": body})
        a_day_later()
        sync("activities")
        assert sorted(PersonalRecord.objects.values_list("pk", flat=True)) == here


@pytest.mark.parametrize("answer", [[{"deviceId": 5}], {"deviceId": 5}])
def test_one_alone_may_come_without_its_list(answer: Any) -> None:
    rows, notes = rows_of(DEVICES, answer)

    assert ([row["device_id"] for row in rows], notes) == ([5], [])


@pytest.mark.parametrize("bad", [7, None, "x", [], {}, {"deviceId": None}, {"deviceId": True}, {"deviceId": "5F"}])
def test_an_item_that_is_not_understood_costs_itself(bad: Any) -> None:
    rows, notes = rows_of(DEVICES, [{"deviceId": 5}, bad, {"deviceId": 6, "registeredDate": "then"}])

    assert [row["device_id"] for row in rows] == [5, 6]
    assert [note.partition(":")[0] for note in notes] == ["item 1", "item 2"]


def test_the_old_form_of_a_goal_gives_what_it_shares_with_the_new() -> None:
    old = {"id": 501, "userGoalTypePK": 0, "goalValue": 9000.0, "startDate": "2031-03-01", "endDate": None}

    rows = each(Goal, GoalItem)([old], [])[Goal]

    assert {column: value for column, value in rows[0].items() if value is not None} == {
        "goal_id": 501,
        "start_date": date(2031, 3, 1),
    }


def test_the_activities_of_a_gear_are_kept_under_its_uuid_with_dashes(make: Make) -> None:
    garmin = make()

    sync("activities")

    uuids = sorted(Gear.objects.values_list("uuid", flat=True))
    assert sorted(Payload.objects.filter(dataset=GEAR_ACTIVITIES.name).values_list("key", flat=True)) == uuids
    assert sorted(path.split("/")[3] for path in asked(garmin, USED)) == [uuid.replace("-", "") for uuid in uuids]
