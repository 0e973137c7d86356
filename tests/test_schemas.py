"""Garmin's JSON to columns: both forms alike, and a bad value costs that value and nothing else."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from django.db import models
from pydantic import AliasChoices, AliasPath

from garminsync.datasets import ACTIVITIES, DAILY, SLEEP, WORKOUTS
from garminsync.models import Activity, Day, Night, Workout
from garminsync.schemas.activities import ActivityItem
from garminsync.schemas.answers import NotUnderstood, read_json, write_json
from garminsync.schemas.base import Dated, GarminModel
from garminsync.schemas.daily import DailyFlat, DailyNested, read_day
from garminsync.schemas.performance import Biometric
from garminsync.schemas.sleep import SleepPage, SleepStats, read_night
from garminsync.schemas.values import offset_s
from garminsync.schemas.watch import Week
from garminsync.schemas.workouts import WorkoutItem
from garminsync.simulator import Options
from garminsync.simulator.account import Account
from garminsync.simulator.activity_answers import list_item
from garminsync.simulator.nested_summaries import nested_day
from garminsync.simulator.sleep_answers import stats_line
from garminsync.simulator.sleep_detail import sleep_detail
from garminsync.simulator.workouts import detail, library

ACCOUNT = Account(Options(now="2026-07-10T15:30:00Z", days=40, activities=30))
TODAY = date(2026, 7, 10)
LAST_40_DAYS = [TODAY - timedelta(days=back) for back in range(40)]


def row_of(schema: type[GarminModel], value: Any) -> dict[str, Any]:
    """Its row; nothing may have been left out."""
    notes: list[str] = []
    row = schema.read(value, notes).row()
    assert notes == []
    return row


def read_with_notes(schema: type[GarminModel], value: Any) -> tuple[dict[str, Any], list[str]]:
    notes: list[str] = []
    row = schema.read(value, notes).row()
    return {column: found for column, found in row.items() if found is not None}, notes


# Both forms

WATER = {
    "goalInMl": 2839, "goalInFractionalMl": 2839.056, "consumedInMl": 1500, "consumedInFractionalMl": 1500.0,
}  # fmt: skip


def test_the_flat_and_the_nested_summary_of_a_day_give_the_same_row() -> None:
    for day in LAST_40_DAYS:
        flat = ACCOUNT.flat(day)

        assert row_of(DailyFlat, flat) == row_of(DailyNested, nested_day(flat))


def test_every_column_of_a_day_is_filled() -> None:
    rows = [row_of(DailyNested, nested_day(ACCOUNT.flat(day), WATER)) for day in LAST_40_DAYS]

    assert {column for row in rows for column, value in row.items() if value is not None} == columns_of(Day)


def test_the_statistics_and_the_page_of_a_night_agree() -> None:
    rounded = {"spo2_avg_percent", "respiration_avg"}  # the page has them rounded
    for day in LAST_40_DAYS:
        if night := ACCOUNT.night(day):
            line = row_of(SleepStats, stats_line(night, ACCOUNT.zone))
            page = row_of(SleepPage, sleep_detail(night, ACCOUNT.zone, 1, 7, with_series=True))

            differing = {column for column in line if line[column] != page[column]}
            assert differing <= rounded
            assert all(abs(line[column] - page[column]) < 1 for column in differing)


def columns_of(model: type[models.Model]) -> set[str]:
    return {each.attname for each in model._meta.concrete_fields}


@pytest.mark.parametrize(
    ("schema", "model"),
    [
        (DailyFlat, Day),
        (DailyNested, Day),
        (SleepStats, Night),
        (SleepPage, Night),
        (ActivityItem, Activity),
        (WorkoutItem, Workout),
    ],
)
def test_every_schema_fills_exactly_the_columns_of_its_table(
    schema: type[GarminModel], model: type[models.Model]
) -> None:
    least = {
        "calendarDate": "2026-02-03", "dailySleepDTO": {"calendarDate": "2026-02-03"},
        "activityId": 1, "workoutId": 1,
    }  # fmt: skip

    assert set(row_of(schema, least)) == columns_of(model)


@pytest.mark.case("E05")
def test_every_column_of_a_night_an_activity_and_a_workout_is_filled_by_something() -> None:
    nights = [row_of(SleepStats, stats_line(n, ACCOUNT.zone)) for day in LAST_40_DAYS if (n := ACCOUNT.night(day))]
    activities = [row_of(ActivityItem, list_item(each, ACCOUNT.options)) for each in ACCOUNT.activities()]

    def empty(rows: list[dict[str, Any]]) -> set[str]:
        return {column for column in rows[0] if all(row[column] is None for row in rows)}

    assert empty(nights) == set()
    assert empty(activities) <= {"location", "vo2max", "training_load", "parent_id"}


def test_either_form_is_recognised_wherever_it_turns_up() -> None:
    flat = ACCOUNT.flat(TODAY)

    assert isinstance(read_day(flat, []), DailyFlat)
    assert isinstance(read_day(nested_day(flat), []), DailyNested)
    assert isinstance(read_night({"dailySleepDTO": {"calendarDate": "2026-02-03"}}, []), SleepPage)
    assert isinstance(read_night({"calendarDate": "2026-02-03", "values": {}}, []), SleepStats)


@pytest.mark.parametrize(("values", "has_data"), [({"totalSteps": 0.0, "wellnessDataDaysCount": 7}, True), ({}, False)])
def test_a_week_of_pushes_has_data_though_no_steps(values: dict[str, float], has_data: bool) -> None:
    assert Week.read({"calendarDate": "2026-02-03", "values": values}, []).has_data is has_data


def test_a_leaf_may_be_bare_or_wrapped() -> None:
    bare = {"calendarDate": "2026-02-03", "movement": {"floorsAscended": 7}, "heartRate": {"restingValue": 50}}
    wrapped = {
        "calendarDate": "2026-02-03",
        "movement": {"floorsAscended": {"value": 7}},
        "heartRate": {"restingValue": {"value": 50}},
    }

    assert row_of(DailyNested, bare) == row_of(DailyNested, wrapped)


@pytest.mark.parametrize(
    ("guessed", "known", "column", "value"),
    [
        ({"heartRate": {"resting": 50}}, {"heartRate": {"restingValue": 51}}, "resting_hr_bpm", 51),
        ({"stress": {"average": 20}}, {"stress": {"avgLevel": 21}}, "stress_avg", 21),
        (
            {"stress": {"lowDurationInMillis": 1000}},
            {"stress": {"lowStressDurationInMillis": 2000}},
            "low_stress_s",
            2.0,
        ),
        ({"bodyBattery": {"highest": 90}}, {"bodyBattery": {"maxValue": 91}}, "body_battery_high", 91),
        ({"calories": {"bmr": 1800}}, {"calories": {"burnedResting": 1801}}, "resting_kcal", 1801.0),
        (
            {"movement": {"intensityMinutes": {"moderate": 4}}},
            {"intensityMinutes": {"moderate": 5}},
            "moderate_minutes",
            5,
        ),
        ({"pulseOx": {"average": 95}}, {"pulseOx": {"avgValue": 96}}, "spo2_avg_percent", 96.0),
        ({"respiration": {"avgValue": 14}}, {"respiration": {"avgWakingValue": 15}}, "respiration_waking_avg", 15.0),
        ({"respiration": {"avgValue": 14}}, {"respiration": {"avgWaking": 15}}, "respiration_waking_avg", 15.0),
    ],
)
def test_of_two_names_the_better_known_one_is_read_and_the_other_where_it_is_alone(
    guessed: dict[str, Any], known: dict[str, Any], column: str, value: float
) -> None:
    day = {"calendarDate": "2026-02-03"}
    group = next(iter(known))
    both = {**guessed, **known, group: {**guessed.get(group, {}), **known[group]}}

    assert row_of(DailyNested, day | both)[column] == value
    assert row_of(DailyNested, day | guessed)[column] == value - 1


@pytest.mark.parametrize("group", [None, 5, "text", [], [1], True])
def test_a_group_that_is_something_else_costs_its_own_values_only(group: Any) -> None:
    row, _ = read_with_notes(
        DailyNested, {"calendarDate": "2026-02-03", "movement": group, "calories": {"burnedTotal": 2000}}
    )

    assert row == {"date": date(2026, 2, 3), "total_kcal": 2000.0}


# Bad values


@pytest.mark.parametrize(
    "bad",
    [
        "many",
        "",
        [],
        [1],
        {},
        {"value": 1},
        True,
        False,
        -5,
        2**31,
        10**400,
        "1.5",
        float("nan"),
        float("inf"),
        "1e999",
    ],
)
def test_a_bad_value_costs_that_value_and_is_noted(bad: Any) -> None:
    row, notes = read_with_notes(DailyFlat, {"calendarDate": "2026-02-03", "totalSteps": bad, "dailyStepGoal": 7500})

    assert row == {"date": date(2026, 2, 3), "step_goal": 7500}
    assert len(notes) == 1
    assert notes[0].startswith("steps: ")
    assert len(notes[0]) < 200


@pytest.mark.parametrize("bad", ["far", [], {}, True, 1e300, float("nan"), float("-inf"), 10**400])
def test_a_bad_measure_costs_that_value_and_is_noted(bad: Any) -> None:
    row, notes = read_with_notes(ActivityItem, {"activityId": 7, "distance": bad, "duration": 1800.0})

    assert row == {"activity_id": 7, "duration_s": 1800.0}
    assert [note.split(":")[0] for note in notes] == ["distance_m"]


@pytest.mark.parametrize("field", ["sedentaryDurationInMillis", "activeDurationInMillis"])
@pytest.mark.parametrize("bad", [True, "long", [1], 10**400])
def test_a_bad_length_in_milliseconds_too(field: str, bad: Any) -> None:
    row, notes = read_with_notes(DailyNested, {"calendarDate": "2026-02-03", "movement": {field: bad}})

    assert row == {"date": date(2026, 2, 3)}
    assert len(notes) == 1


@pytest.mark.case("A03")
def test_any_field_may_vanish_and_takes_only_its_own_columns_along() -> None:
    flat = ACCOUNT.flat(TODAY)
    whole = row_of(DailyFlat, flat)

    for field in flat.keys() - {"calendarDate"}:
        row = row_of(DailyFlat, {name: value for name, value in flat.items() if name != field})
        lost = {column for column in whole if row[column] != whole[column]}
        assert len(lost) <= 1
        assert all(row[column] is None for column in lost)


@pytest.mark.parametrize("bad", [None, "", "2026-02-30", "yesterday", 20260203.5, [], {}])
def test_without_its_day_nothing_is_understood(bad: Any) -> None:
    with pytest.raises(NotUnderstood, match="calendarDate"):
        DailyFlat.read({"calendarDate": bad, "totalSteps": 5}, [])


@pytest.mark.parametrize("bad", [None, 0, -1, "x", True, 2**63, [], 1.5])
def test_without_its_id_an_activity_is_not_understood(bad: Any) -> None:
    with pytest.raises(NotUnderstood, match="activityId"):
        ActivityItem.read({"activityId": bad}, [])


@pytest.mark.parametrize("value", [None, 5, "text", [], [{}], True])
def test_a_part_that_is_no_object_is_not_understood(value: Any) -> None:
    for schema in (DailyFlat, DailyNested, SleepStats, SleepPage, ActivityItem, WorkoutItem):
        with pytest.raises(NotUnderstood):
            schema.read(value, [])


READINGS = re.compile(r"_(bpm|mmhg)$|spo2|respiration|stress_(avg|max)$|body_battery_(high|low)$|hrv_|night_|score$")
LEAST: dict[str, Any] = {
    **dict.fromkeys(("activityId", "deviceId", "id", "version"), 1), "sport": "RUNNING",
    **dict.fromkeys(("calendarDate", "from"), "2026-02-03"), "dailySleepDTO": {"calendarDate": "2026-02-03"},
}  # fmt: skip


def measured(like: re.Pattern[str], sent: Any) -> Iterator[tuple[str, Any]]:
    """Each field of a schema whose name is like this one, as it is read where Garmin sends `sent`."""
    for schema in GarminModel.__subclasses__() + Dated.__subclasses__() + Biometric.__subclasses__():
        for name, field in schema.model_fields.items():
            if like.search(name) and isinstance(field.validation_alias, AliasChoices):
                path = cast("AliasPath", field.validation_alias.choices[0]).path
                yield f"{schema.__name__}.{name}", row_of(schema, with_leaf(LEAST, path, sent))[name]


def with_leaf(value: dict[str, Any], path: list[Any], leaf: Any) -> dict[str, Any]:
    name, *rest = path
    return {**value, name: with_leaf(value.get(name, {}), rest, leaf) if rest else leaf}


@pytest.mark.parametrize("sentinel", [-1, -2, -1.0])
@pytest.mark.case("A42")
def test_a_sentinel_is_no_reading_and_no_fault_wherever_it_is_told(sentinel: float) -> None:
    fields = dict(measured(READINGS, sentinel))

    assert len(fields) >= 50
    assert {name for name, value in fields.items() if value is not None} == set()
    nested = {"calendarDate": "2026-02-03", "movement": {}, "stress": {"avgLevel": {"value": sentinel}}}
    assert row_of(DailyNested, nested)["stress_avg"] is None


def test_a_fraction_is_rounded_where_a_whole_number_is_expected() -> None:
    whole = re.compile(r"^(stress_avg|resting_hr_bpm|body_battery_\w+|moderate_minutes|step_goal)$")

    fields = dict(measured(whole, 44.6))

    assert len(fields) > 15
    assert set(fields.values()) == {45}


# Text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\0b", "ab"),
        ("half \ud83d a pair", "half  a pair"),
        ("\udc00", ""),
        ("Høvik 🍛→🐸 Ä/ß: “<b>x</b>”\n'", "Høvik 🍛→🐸 Ä/ß: “<b>x</b>”\n'"),
        ("x" * 3000, "x" * 3000),
    ],
)
@pytest.mark.case("A38")
def test_text_is_kept_but_for_what_no_database_takes(sent: str, kept: str, db: None) -> None:
    row = row_of(ActivityItem, {"activityId": 7, "activityName": sent})

    Activity.objects.create(**row)

    assert Activity.objects.get().name == kept


def test_what_came_as_json_goes_back_as_the_same_bytes_whatever_it_holds() -> None:
    value = json.loads('{"b": "\\ud83d", "a": [1.0, null, "é\\u0000"], "c": 12345678901234567890}')

    assert write_json(value) == write_json(json.loads(write_json(value)))
    assert read_json(write_json(value)) == value


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"  <html>", "a web page"),
        (b'[{"calendarDate": "2026-02-0', "no whole JSON"),
        (b"\xff\xfe\x00", "no whole JSON"),
        (b"[" * 100_000, "no whole JSON"),
        (b"oops", "no whole JSON"),
    ],
)
def test_an_answer_that_is_no_json_is_not_understood(content: bytes, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        read_json(content)


@pytest.mark.parametrize("content", [b"", b"  \n", b"null"])
@pytest.mark.case("A06")
def test_an_empty_answer_is_nothing(content: bytes) -> None:
    assert read_json(content) is None


# Times

SIX_TEN = datetime(2026, 2, 3, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "sent",
    [
        "2026-02-03T06:10:00.0", "2026-02-03 06:10:00", "2026-02-03T06:10:00Z", "2026-02-03T06:10:00.000Z",
        "2026-02-03T08:10:00+02:00", 1770099000, 1770099000000, 1770099000000.0,
    ],
)  # fmt: skip
@pytest.mark.case("E09")
def test_all_forms_of_an_instant_are_the_same_instant(sent: Any) -> None:
    for name in ("startTimeGMT", "beginTimestamp"):
        assert row_of(ActivityItem, {"activityId": 7, name: sent})["start_time"] == SIX_TEN


@pytest.mark.parametrize("bad", ["soon", "", "2026-13-01T00:00:00", True, [], 10**30, float("nan"), "2026-02-03T25:00"])
def test_an_impossible_time_costs_that_time(bad: Any) -> None:
    row, notes = read_with_notes(ActivityItem, {"activityId": 7, "startTimeGMT": bad, "duration": 60})

    assert row == {"activity_id": 7, "duration_s": 60.0}
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("hours", "kept"), [(0, 0), (1, 3600), (-9.5, -34200), (14, 50400), (15, 54000), (16, None), (-400, None)]
)
@pytest.mark.case("B27")
def test_an_offset_that_no_place_has_is_none(hours: float, kept: int | None) -> None:
    assert offset_s(SIX_TEN + timedelta(hours=hours), SIX_TEN) == kept


def test_an_offset_needs_both_times() -> None:
    assert offset_s(None, SIX_TEN) is offset_s(SIX_TEN, None) is None


@pytest.mark.case("A18")
def test_a_night_is_filed_under_the_day_of_waking() -> None:
    night = {
        "calendarDate": "2026-06-10",
        "values": {
            "totalSleepTimeInSeconds": 28200,
            "gmtSleepStartTimeInMillis": 1781124240000,
            "localSleepStartTimeInMillis": 1781131440000,
            "gmtSleepEndTimeInMillis": 1781153640000,
            "sleepNeed": 480,
        },
    }

    row = row_of(SleepStats, night)

    assert (row["date"], row["sleep_s"], row["utc_offset_s"], row["sleep_need_s"]) == (
        date(2026, 6, 10), 28200, 7200, 28800,
    )  # fmt: skip


# Cases from the field


@pytest.mark.parametrize("name", [..., None, ""])
@pytest.mark.case("A01")
def test_an_untitled_activity_is_an_activity(name: Any) -> None:
    item = {"activityId": 90000000001, "startTimeGMT": "2026-02-03 06:10:00", "activityType": {"typeKey": "running"}}

    row = row_of(ActivityItem, item if name is ... else item | {"activityName": name})

    assert not row["name"]
    assert (row["type"], row["start_time"]) == ("running", SIX_TEN)
    assert str(Activity(**row)) == "Untitled"


@pytest.mark.case("A02")
def test_an_activity_without_distance_has_none() -> None:
    item = {
        "activityId": 90000000002, "activityType": {"typeKey": "yoga"}, "distance": None, "duration": 1800.0,
        "averageSpeed": None,
    }  # fmt: skip

    row, notes = read_with_notes(ActivityItem, item)

    assert row == {"activity_id": 90000000002, "type": "yoga", "duration_s": 1800.0}
    assert notes == []


@pytest.mark.case("A04")
def test_a_day_that_has_just_begun_has_no_steps_rather_than_none_of_it() -> None:
    row = row_of(DailyFlat, {"calendarDate": "2026-02-03", "totalSteps": None, "dailyStepGoal": 7500})

    assert (row["steps"], row["step_goal"]) == (None, 7500)
    assert DAILY.read({"calendarDate": "2026-02-03", "totalSteps": None, "dailyStepGoal": 7500}, []) == {}


@pytest.mark.case("A13")
def test_a_day_before_the_watch_gives_no_row() -> None:
    notes: list[str] = []

    assert DAILY.read(ACCOUNT.flat(date(2019, 1, 1)), notes) == {}
    assert notes == []


@pytest.mark.case("A39")
def test_a_day_with_content_that_gives_no_values_is_noted() -> None:
    moved = {"calendarDate": "2026-02-03", "includesWellnessData": True, "movementV3": {"stepsV3": 7000}}
    notes: list[str] = []

    assert DAILY.read(moved, notes) == {}
    assert notes == ["the day has content, but none that is understood"]


@pytest.mark.case("A14")
def test_a_night_that_is_not_over_is_no_night() -> None:
    begun = {"calendarDate": "2026-02-04", "sleepTimeSeconds": None, "sleepStartTimestampGMT": None}

    assert SLEEP.read({"dailySleepDTO": begun}, []) == {}
    over = SLEEP.read({"dailySleepDTO": begun | {"sleepTimeSeconds": 26400}}, [])
    assert over[Night][0]["sleep_s"] == 26400


@pytest.mark.case("A15")
def test_a_new_word_costs_nothing_and_is_kept_as_it_came() -> None:
    sheet = {
        "calendarDate": "2026-02-04", "sleepTimeSeconds": 26400, "sleepWindowConfirmationType": "enhanced_final_v9",
        "sleepScores": {"overall": {"value": 81, "qualifierKey": "SPLENDID_V9"}},
    }  # fmt: skip

    row = row_of(SleepPage, {"dailySleepDTO": sheet})

    assert (row["sleep_s"], row["score"], row["score_quality"]) == (26400, 81, "SPLENDID_V9")


@pytest.mark.case("A26")
def test_one_absurd_number_costs_itself_on_both_engines(db: None) -> None:
    row, notes = read_with_notes(
        DailyFlat, {"calendarDate": "2026-02-03", "totalSteps": 5, "restingHeartRate": 1104537600000}
    )

    Day.objects.create(**row)

    assert row == {"date": date(2026, 2, 3), "steps": 5}
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("kind", "kept"), [({"typeId": 9999, "typeKey": "quidditch", "parentTypeId": 17}, "quidditch"), (None, None)]
)
@pytest.mark.case("A33")
def test_an_unknown_activity_type_is_kept_as_it_came(kind: Any, kept: str | None) -> None:
    assert row_of(ActivityItem, {"activityId": 7, "activityType": kind})["type"] == kept


@pytest.mark.case("A34")
def test_an_unknown_event_type_is_kept_as_it_came() -> None:
    event = {"typeId": 77, "typeKey": "neighbourhood_parade", "sortOrder": 10}

    assert row_of(ActivityItem, {"activityId": 7, "eventType": event})["event_type"] == "neighbourhood_parade"


def test_a_workout_reads_the_same_from_the_list_and_from_its_own_page() -> None:
    for item in library(ACCOUNT):
        assert row_of(WorkoutItem, item) == row_of(WorkoutItem, detail(ACCOUNT, item["workoutId"]))


# Whole answers


@pytest.mark.parametrize("source", [*DAILY.sources, *SLEEP.sources], ids=lambda source: source.name)
@pytest.mark.parametrize("answer", [None, [], {}])
@pytest.mark.case("E07")
def test_the_smallest_answers_have_no_parts(source: Any, answer: Any) -> None:
    assert list(source.parts(answer)) == []


@pytest.mark.parametrize("source", [DAILY.sources[0], SLEEP.sources[0]], ids=lambda source: source.name)
@pytest.mark.parametrize("answer", [{"errors": [1]}, {"message": "HTTP 500", "error": "X"}, "text", 5, True])
def test_an_error_document_is_not_understood(source: Any, answer: Any) -> None:
    with pytest.raises(NotUnderstood):
        list(source.parts(answer))


def test_the_names_of_the_table_differ() -> None:
    sources = [source.name for dataset in (DAILY, SLEEP) for source in dataset.sources]

    assert len({*sources, ACTIVITIES.name, WORKOUTS.name}) == len(sources) + 2
