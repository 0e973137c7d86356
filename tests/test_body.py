"""HRV, weigh-ins, blood pressure and hydration: from Garmin's answers to rows, and what they cost."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import Model

from garminsync.datasets import BLOOD_PRESSURE, DATASETS, HRV, HYDRATION, WEIGHT, DayDataset, Ride, Row
from garminsync.models import BloodPressure, Coverage, Day, Hrv, Hydration, Payload, Problem, WeighIn
from garminsync.schemas.answers import NotUnderstood, write_json
from garminsync.simulator import Options, Simulator
from garminsync.simulator.account import Account
from garminsync.simulator.requests import Call, Refused, Request
from garminsync.simulator.routes import ROUTES, find
from garminsync.sync.plan import windows
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import Status
from tests.conftest import FIXED_NOW, Clock, Make
from tests.recorded.answers import check_answer, reader_of
from tests.syncing import HurriedRun, an_old_watch, asked, sync
from tests.typed import typed_columns

HRV_PATH, WEIGHT_PATH = "hrv-service/hrv/daily", "weight-service/weight/range"
PRESSURE_PATH, WATER_PATH = "bloodpressure/range", "stats/hydration/daily"
STATS, PAGE = "stats/sleep/daily", "dailySleepData"
PATHS = {HRV_PATH: Hrv, WEIGHT_PATH: WeighIn, PRESSURE_PATH: BloodPressure, WATER_PATH: Hydration}
ALL = [HRV, WEIGHT, BLOOD_PRESSURE, HYDRATION]
WEEK: dict[str, Any] = {"since": "2026-07-04", "until": "2026-07-10", "detail": 0}


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=60, activities=0, workouts=0, now=FIXED_NOW)


def answering(garmin: Simulator, path: str, answer: Any) -> None:
    garmin.faults({"match": path, "kind": "body", "body": json.dumps(answer)})


def rows_of(dataset: DayDataset, answer: Any, notes: list[str] | None = None) -> dict[str, list[Row]]:
    """What becomes of an answer, by day, without a database."""
    source = dataset.sources[0]
    parts: dict[str, list[Any]] = {}
    for part in source.parts(answer):
        parts.setdefault(str(source.day(part)), []).append(part)
    found = {}
    for key, some in parts.items():
        made = dataset.make(key, {source.name: write_json(some if source.many else some[-1])})
        found[key] = made.rows_of(dataset.tables[0].model)
        if notes is not None:
            notes += made.notes[source.name]
    return found


def only(rows: dict[str, list[Row]]) -> Row:
    """The only row, without its nulls."""
    ((row,),) = rows.values()
    return {column: value for column, value in row.items() if value is not None}


# Whole rows

NIGHT = {
    "calendarDate": "2026-02-03", "weeklyAvg": 51, "lastNightAvg": 48, "lastNight5MinHigh": 77,
    "baseline": {"lowUpper": 42, "balancedLow": 45, "balancedUpper": 60, "markerValue": 0.41},
    "status": "BALANCED", "feedbackPhrase": "HRV_BALANCED_2", "createTimeStamp": "2026-02-03T06:31:12.34",
}  # fmt: skip


def test_a_night_of_hrv_is_a_row() -> None:
    assert only(rows_of(HRV, {"userProfilePk": 1, "hrvSummaries": [NIGHT]})) == {
        "date": date(2026, 2, 3),
        "night_avg_ms": 48,
        "night_high_ms": 77,
        "week_avg_ms": 51,
        "baseline_low_ms": 42,
        "baseline_balanced_from_ms": 45,
        "baseline_balanced_to_ms": 60,
        "baseline_marker": 0.41,
        "status": "BALANCED",
        "feedback": "HRV_BALANCED_2",
    }


def test_a_new_watch_has_no_baseline() -> None:
    young = NIGHT | {"baseline": None, "weeklyAvg": None, "status": "NONE"}

    row = only(rows_of(HRV, {"hrvSummaries": [young]}))

    assert row == {"date": date(2026, 2, 3), "night_avg_ms": 48, "night_high_ms": 77, "status": "NONE"} | {
        "feedback": "HRV_BALANCED_2"
    }


@pytest.mark.parametrize("other", [[NIGHT["baseline"]] * 2, "BALANCED", 45])
def test_what_stands_where_an_object_should_is_noted(other: Any) -> None:
    notes: list[str] = []

    row = only(rows_of(HRV, {"hrvSummaries": [NIGHT | {"baseline": other}]}, notes))

    assert ("baseline_low_ms" in row, row["night_avg_ms"]) == (False, 48)
    assert notes == [f"baseline: should be an object, not {other!r:.60}"]


ON_THE_SCALE = {
    "samplePk": 1770101000111, "date": 1770104600000, "calendarDate": "2026-02-03", "weight": 71250.0, "bmi": 24.1,
    "bodyFat": 18.2, "bodyWater": 58.1, "boneMass": 3539, "muscleMass": 27000, "physiqueRating": 5,
    "visceralFat": 4.0, "metabolicAge": 33, "sourceType": "INDEX_SCALE", "timestampGMT": 1770101000000,
    "weightDelta": -500.0,
}  # fmt: skip


def weighed(*entries: Any, day: str = "2026-02-03") -> dict[str, Any]:
    return {"dailyWeightSummaries": [{"summaryDate": day, "numOfWeightEntries": 1, "allWeightMetrics": [*entries]}]}


NEVER_WEIGHED: dict[str, Any] = {"dailyWeightSummaries": []}


@pytest.mark.case("A25")
def test_a_weigh_in_is_a_row_in_kilograms_and_percent() -> None:
    assert only(rows_of(WEIGHT, weighed(ON_THE_SCALE))) == {
        "sample_pk": 1770101000111,
        "date": date(2026, 2, 3),
        "time": datetime(2026, 2, 3, 6, 43, 20, tzinfo=UTC),
        "utc_offset_s": 3600,
        "weight_kg": 71.25,
        "bmi": 24.1,
        "body_fat_percent": 18.2,
        "body_water_percent": 58.1,
        "bone_mass_kg": 3.539,
        "muscle_mass_kg": 27.0,
        "visceral_fat": 4.0,
        "metabolic_age_years": 33,
        "physique_rating": 5,
        "source": "INDEX_SCALE",
    }


MEASURED = {
    "version": 1770101000111, "systolic": 128, "diastolic": 82, "pulse": 61, "multiMeasurement": False,
    "notes": "left arm", "sourceType": "MANUAL", "measurementTimestampLocal": "2026-02-03T07:10:00.0",
    "measurementTimestampGMT": "2026-02-03T06:10:00.0", "category": 2, "categoryName": "ELEVATED",
}  # fmt: skip


def measured(*readings: Any) -> dict[str, Any]:
    summary = {"startDate": "2026-02-03", "endDate": "2026-02-03", "highSystolic": 128, "measurements": [*readings]}
    return {"from": "2026-02-01", "until": "2026-02-28", "measurementSummaries": [summary], "categoryStats": None}


def test_a_measurement_of_blood_pressure_is_a_row() -> None:
    assert only(rows_of(BLOOD_PRESSURE, measured(MEASURED))) == {
        "version": 1770101000111,
        "date": date(2026, 2, 3),
        "time": datetime(2026, 2, 3, 6, 10, tzinfo=UTC),
        "utc_offset_s": 3600,
        "systolic_mmhg": 128,
        "diastolic_mmhg": 82,
        "pulse_bpm": 61,
        "category": "ELEVATED",
        "notes": "left arm",
        "source": "MANUAL",
    }


def test_what_was_drunk_is_a_row() -> None:
    answer = [{"calendarDate": "2026-02-03", "valueInML": 1500.0, "goalInML": 2839.056}]

    assert only(rows_of(HYDRATION, answer)) == {
        "date": date(2026, 2, 3),
        "consumed_ml": 1500.0,
        "goal_ml": 2839.056,
    }


# Shapes


@pytest.mark.parametrize(
    ("answer", "there"),
    [
        ([], 0),
        ({"dailyWeightSummaries": []}, 0),
        ({"dailyWeightSummaries": None}, 0),
        ([ON_THE_SCALE], 1),
        (ON_THE_SCALE, 1),
        (weighed(ON_THE_SCALE), 1),
        (weighed(ON_THE_SCALE)["dailyWeightSummaries"], 1),
        (weighed(ON_THE_SCALE)["dailyWeightSummaries"][0], 1),
        ({"dailyWeightSummaries": weighed(ON_THE_SCALE)["dailyWeightSummaries"][0]}, 1),
        ({"dailyWeightSummaries": [{"summaryDate": "2026-02-03", "allWeightMetrics": ON_THE_SCALE}]}, 1),
        ({"dailyWeightSummaries": [weighed()["dailyWeightSummaries"][0] | {"latestWeight": ON_THE_SCALE}]}, 1),
        ({"dailyWeightSummaries": [weighed()["dailyWeightSummaries"][0] | {"latestWeight": {"samplePk": None}}]}, 0),
        (weighed(ON_THE_SCALE, ON_THE_SCALE | {"samplePk": 2}, ON_THE_SCALE | {"samplePk": 3}), 3),
    ],
)
@pytest.mark.case("A11")
def test_any_container_of_weigh_ins_is_opened(answer: Any, there: int) -> None:
    rows = [row for some in rows_of(WEIGHT, answer).values() for row in some]

    assert [row["weight_kg"] for row in rows] == [71.25] * there


@pytest.mark.parametrize(
    ("answer", "there"),
    [
        ({"measurementSummaries": [], "categoryStats": None}, 0),
        ([MEASURED], 1),
        (MEASURED, 1),
        ({"measurementSummaries": measured(MEASURED)["measurementSummaries"][0]}, 1),
        (measured(MEASURED, MEASURED | {"version": 5}), 2),
        (measured({"version": 5, "systolic": 128}), 1),
    ],
)
def test_any_container_of_measurements_is_opened(answer: Any, there: int) -> None:
    rows = rows_of(BLOOD_PRESSURE, answer)

    assert [row["systolic_mmhg"] for some in rows.values() for row in some] == [128] * there
    assert set(rows) <= {"2026-02-03"}


@pytest.mark.parametrize("dataset", [WEIGHT, BLOOD_PRESSURE, HRV], ids=lambda dataset: dataset.name)
@pytest.mark.parametrize("answer", ["text", 5, True, {"errors": [1]}, {"message": "HTTP 500", "error": "X"}])
def test_an_error_document_holds_no_day(dataset: DayDataset, answer: Any) -> None:
    source = dataset.sources[0]

    try:
        days = {source.day(part) for part in source.parts(answer)}
    except NotUnderstood:
        days = set()

    assert days <= {None}


# Which day it is

AT_ITS_MIDNIGHT = {"date": 1773100800000, "calendarDate": "2026-03-10", "weight": 71250.0}


@pytest.mark.case("A23")
def test_a_midnight_in_utc_is_a_day_and_no_instant() -> None:
    assert only(rows_of(WEIGHT, [AT_ITS_MIDNIGHT])) == {
        "sample_pk": 1773100800000,
        "date": date(2026, 3, 10),
        "weight_kg": 71.25,
    }
    timed = only(rows_of(WEIGHT, [AT_ITS_MIDNIGHT | {"timestampGMT": 1773146400000}]))
    assert (timed["time"], "utc_offset_s" in timed) == (datetime(2026, 3, 10, 12, 40, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({"calendarDate": "2026-02-01", "summaryDate": "2026-02-02", "date": 1770104600000}, "2026-02-01"),
        ({"calendarDate": None, "summaryDate": "2026-02-02", "date": 1770104600000}, "2026-02-02"),
        ({"calendarDate": "some day", "summaryDate": "2026-02-02"}, "2026-02-02"),
        # 22:40 on the wall clock of New York.
        ({"date": 1770158400000, "timestampGMT": 1770176400000}, "2026-02-03"),
        ({"timestampGMT": 1770120300000}, "2026-02-03"),
        ({"calendarDate": 1773100800000}, "2026-03-10"),
        ({"weight": 71250.0}, "None"),
    ],
)
def test_the_day_of_a_weigh_in_is_the_one_garmin_files_it_under(told: dict[str, Any], day: str) -> None:
    assert str(WEIGHT.sources[0].day(told)) == day


@pytest.mark.case("A24")
def test_all_weigh_ins_of_a_day_are_kept_under_that_day(make: Make) -> None:
    garmin = make(time_zone="America/New_York")
    morning = {"samplePk": 1770120300000, "timestampGMT": 1770120300000, "weight": 71250.0}
    evening = {"samplePk": 1770176400000, "timestampGMT": 1770176400000, "weight": 70900.0}
    answering(garmin, WEIGHT_PATH, weighed(morning, evening))
    span: dict[str, Any] = {"since": "2026-02-02", "until": "2026-02-05", "detail": 0}

    sync("health", **span)
    before = list(WeighIn.objects.values())
    job = sync("health", full=True, **span)

    assert list(WeighIn.objects.order_by("pk").values_list("pk", "date", "time", "weight_kg")) == [
        (1770120300000, date(2026, 2, 3), datetime(2026, 2, 3, 12, 5, tzinfo=UTC), 71.25),
        (1770176400000, date(2026, 2, 3), datetime(2026, 2, 4, 3, 40, tzinfo=UTC), 70.9),
    ]
    assert (list(WeighIn.objects.values()), job.summary["changed"]) == (before, 0)


@pytest.mark.case("A27")
def test_ten_weigh_ins_are_ten_rows_on_ten_days_whatever_tells_the_day(make: Make) -> None:
    garmin = make()
    days = [date(2026, 2, 3) + timedelta(days=n) for n in range(10)]
    entries = []
    for n, day in enumerate(days):
        at = datetime(day.year, day.month, day.day, 22, 30, tzinfo=UTC)
        times = {"date": round(at.timestamp() * 1000), "timestampGMT": round(at.timestamp() * 1000) + 5 * 3_600_000}
        entries.append(times | {"weight": 70000.0 + n} | ({} if n in (2, 5, 9) else {"calendarDate": str(day)}))
    answering(garmin, WEIGHT_PATH, entries)

    sync("health", since="2026-02-01", until="2026-02-28", detail=0)

    assert list(WeighIn.objects.order_by("date").values_list("date", flat=True)) == days
    assert set(WeighIn.objects.values_list("utc_offset_s", flat=True)) == {-5 * 3600}
    assert set(Payload.objects.filter(dataset="weight").values_list("key", flat=True)) == {str(day) for day in days}


# Bad values


@pytest.mark.case("A26")
def test_one_absurd_number_costs_itself_and_no_other_day_on_both_engines(make: Make) -> None:
    garmin = make()
    normal = {"weight": 70000.0, "metabolicAge": 33, "visceralFat": 4.0}
    absurd = {"weight": 71250.0, "metabolicAge": 1104537600000, "visceralFat": None}
    entries = [{"samplePk": n, "calendarDate": f"2026-02-0{n}", **(absurd if n == 3 else normal)} for n in (2, 3, 4)]
    answering(garmin, WEIGHT_PATH, entries)

    job = sync("health", since="2026-02-01", until="2026-02-05", detail=0)

    assert job.status == Status.COMPLETED
    assert list(WeighIn.objects.order_by("pk").values_list("weight_kg", "metabolic_age_years", "visceral_fat")) == [
        (70.0, 33, 4.0),
        (71.25, None, None),
        (70.0, 33, 4.0),
    ]
    problem = Problem.objects.get(dataset="weight")
    assert (problem.key, problem.reason.split(":")[0]) == ("2026-02-03", "metabolic_age_years")


@pytest.mark.parametrize(
    ("dataset", "answer", "field", "column"),
    [
        (HRV, lambda bad: {"hrvSummaries": [NIGHT | {"lastNightAvg": bad}]}, "night_avg_ms", "night_high_ms"),
        (WEIGHT, lambda bad: weighed(ON_THE_SCALE | {"weight": bad}), "weight_kg", "bmi"),
        (WEIGHT, lambda bad: weighed(ON_THE_SCALE | {"bodyFat": bad}), "body_fat_percent", "bmi"),
        (BLOOD_PRESSURE, lambda bad: measured(MEASURED | {"pulse": bad}), "pulse_bpm", "systolic_mmhg"),
        (HYDRATION, lambda bad: [{"calendarDate": "2026-02-03", "valueInML": bad, "goalInML": 1}],
         "consumed_ml", "goal_ml"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("bad", ["much", [], {}, {"amount": 1}, True, -5, 1e300, 10**400, float("nan")])
def test_a_bad_value_costs_itself_and_is_noted(
    dataset: DayDataset, answer: Callable[[Any], Any], field: str, column: str, bad: Any
) -> None:
    notes: list[str] = []

    row = only(rows_of(dataset, answer(bad), notes))

    assert (field in row, column in row) == (False, True)
    assert [note.split(":")[0] for note in notes] == [field]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (None, "it: "),
        ({"samplePk": "x", "weight": 1.0}, "samplePk: "),
        ({"samplePk": 5, "weightV2": 71250.0}, "it has content, but none that is understood"),
    ],
)
@pytest.mark.case("A39")
def test_a_weigh_in_that_is_not_understood_is_told_and_costs_only_itself(entry: Any, said: str) -> None:
    made = WEIGHT.make("2026-02-03", {"weight": write_json([entry, ON_THE_SCALE])})

    (note,) = made.notes["weight"]
    assert note.startswith(said)
    assert [row["weight_kg"] for row in made.rows_of(WeighIn)] == [71.25]


@pytest.mark.parametrize("dataset", ALL, ids=lambda dataset: dataset.name)
@pytest.mark.parametrize("answer", [None, [], {}])
@pytest.mark.case("E07")
def test_the_smallest_answers_hold_nothing(dataset: DayDataset, answer: Any) -> None:
    assert rows_of(dataset, answer) == {}


def test_a_day_on_which_nothing_was_drunk_or_measured_has_no_row_and_no_problem() -> None:
    notes: list[str] = []

    nothing = rows_of(HYDRATION, [{"calendarDate": "2026-02-03", "valueInML": None, "goalInML": None}], notes)

    assert (nothing, notes) == ({"2026-02-03": []}, [])


# Whole runs


def test_a_year_of_each_is_one_window() -> None:
    year = [date(2026, 7, 10) - timedelta(days=back) for back in range(365)]

    assert [len(list(windows(year, dataset.sources[0].span))) for dataset in ALL] == [1, 1, 1, 14]


def test_three_months_of_each_cost_one_request(make: Make) -> None:
    garmin = make(days=90)

    job = sync("health", since="2026-04-12", until="2026-07-10", detail=0)

    assert job.status == Status.COMPLETED
    assert {path: len(asked(garmin, path)) for path in PATHS} == dict.fromkeys(PATHS, 1)
    assert Hrv.objects.count() > 75
    assert WeighIn.objects.count() > WeighIn.objects.values("date").distinct().count() > 25
    assert BloodPressure.objects.count() > BloodPressure.objects.values("date").distinct().count() > 10


def test_hydration_is_asked_for_only_where_the_summary_does_not_tell_it(make: Make) -> None:
    garmin = make()
    sync("health", **WEEK)
    told = dict(Hydration.objects.values_list("date", "consumed_ml"))
    assert asked(garmin, WATER_PATH) == []
    assert Coverage.objects.filter(dataset="hydration").count() == 7

    garmin.change(v2="flat")
    for model in (Day, Hydration, Coverage, Payload):
        model.objects.all().delete()
    sync("health", full=True, **WEEK)

    assert len(asked(garmin, WATER_PATH)) == 1
    assert dict(Hydration.objects.values_list("date", "consumed_ml")) == told != {}


NINETY_DAYS: dict[str, Any] = {"since": "2026-04-12", "until": "2026-07-10", "detail": 0}
NULLS = dict.fromkeys(("goalInMl", "goalInFractionalMl", "consumedInFractionalMl", "consumedInMl"))
TOLD_ONLY_WITH_SOME = {
    "match": "v2/dailysummaries",
    "where": {"consumedInMl": 0},
    "set": {f"data.hydration.{name}": null for name, null in NULLS.items()},
}
NEVER_TOLD = {"match": "v2/dailysummaries", "remove": ["data.hydration"]}


def test_a_summary_that_tells_only_days_with_some_is_believed_after_one_sample_until_another_says_more(
    make: Make,
) -> None:
    garmin = make(days=90)
    garmin.change(patch=TOLD_ONLY_WITH_SOME)
    sync("health", **NINETY_DAYS)
    first = len(asked(garmin, WATER_PATH))
    covered = Coverage.objects.filter(dataset="hydration")
    # Before the first day with some, silence is not believed.
    told = Hydration.objects.earliest("date").date
    assert first == 1
    assert 80 < covered.count() == covered.filter(key__gte=str(told)).count() < 90
    sync("health", **NINETY_DAYS)
    assert (len(asked(garmin, WATER_PATH)), covered.count()) == (4, 90)  # it had some, so all are asked for

    drunk = str(Hydration.objects.latest("date").date)
    garmin.change(patch=NEVER_TOLD | {"where": {"calendarDate": drunk}}, device_sync="now")
    sync("health", **NINETY_DAYS)

    assert len(asked(garmin, WATER_PATH)) == 4 + 1
    assert not covered.filter(reason="daily_v2").exists()
    assert Hydration.objects.filter(date=drunk).exists()


def test_where_no_summary_tells_hydration_a_run_asks_for_a_window_or_two_until_there_is_some(
    make: Make,
) -> None:
    garmin = make(days=90)
    garmin.change(patch=NEVER_TOLD)
    answering(garmin, WATER_PATH, [])
    known = []
    for _ in range(2):
        sync("health", **NINETY_DAYS)
        known.append((len(asked(garmin, WATER_PATH)), Coverage.objects.filter(dataset="hydration").count()))
    assert known == [(1, 28), (3, 62)]
    garmin.faults()

    sync("health", **NINETY_DAYS)

    assert (len(asked(garmin, WATER_PATH)), Coverage.objects.filter(dataset="hydration").count()) == (4, 90)
    assert Hydration.objects.exists()


A_DAY = {"calendarDate": "2026-07-10", "movement": {"steps": {"value": 5000}}}


@pytest.mark.parametrize(
    ("told", "consumed"),
    [
        ({"consumedInMl": 1500, "goalInMl": 2000}, 1500.0),
        ({"consumedInMl": "1500.5"}, 1500.5),
        ({"consumedInMl": {"value": 1500, "unit": "ml"}, "goalInMl": {"value": 2000}}, 1500.0),
        ({"consumedInMl": None, "goalInMl": 2000}, None),
        ({"goalInMl": 2000}, None),
    ],
)
def test_what_the_summary_tells_of_hydration_in_a_known_form_is_not_asked_for_again(
    make: Make, told: dict[str, Any], consumed: float | None
) -> None:
    garmin = make()
    answering(garmin, "v2/dailysummaries", {"data": [A_DAY | {"hydration": told}]})

    sync("health", since="2026-07-10", until="2026-07-10", detail=0)

    assert asked(garmin, WATER_PATH) == []
    assert list(Hydration.objects.values_list("consumed_ml", flat=True)) == ([] if consumed is None else [consumed])


@pytest.mark.parametrize(
    "told",
    [
        {"intakeInMl": 1500},
        {"intakeInMl": 1500, "goalInMl": 2000},
        {"consumedInMl": "much", "goalInMl": 2000},
        {"consumedInMl": {"amount": 1500}, "goalInMl": 2000},
        {"consumedInMl": 1500, "goalInMl": "much"},
        {"consumedInMl": None, "goalInMl": None},
        "1500",
        [1500],
        [{"consumedInMl": 1500}, {"consumedInMl": 250}],
    ],
)
def test_what_the_summary_tells_of_hydration_in_an_unknown_form_is_asked_for_by_itself(make: Make, told: Any) -> None:
    garmin = make()
    alone = [{"calendarDate": "2026-07-10", "valueInML": 750.0, "goalInML": 2000.0}]
    answers = {"v2/dailysummaries": {"data": [A_DAY | {"hydration": told}]}, WATER_PATH: alone}
    garmin.faults(*({"match": path, "kind": "body", "body": json.dumps(body)} for path, body in answers.items()))

    sync("health", since="2026-07-10", until="2026-07-10", detail=0)

    assert len(asked(garmin, WATER_PATH)) == 1
    assert Hydration.objects.get().consumed_ml == 750.0


def test_a_drink_on_a_day_without_a_watch_comes_with_those_of_the_days_around_it(make: Make) -> None:
    garmin, worn = make(hide_days=("2026-06-09",)), [A_DAY | {"calendarDate": f"2026-06-{day:02}"} for day in (8, 10)]
    drunk = [{"calendarDate": f"2026-06-{day:02}", "valueInML": 750.0} for day in (8, 9, 10)]
    garmin.faults(
        *(
            {"match": path, "kind": "body", "body": json.dumps(answer)}
            for path, answer in (("v2/dailysummaries", {"data": worn}), (WATER_PATH, drunk))
        )
    )

    sync("health", since="2026-06-08", until="2026-06-10", detail=0)

    assert len(asked(garmin, WATER_PATH)) == 1
    assert Hydration.objects.count() == 3
    assert not Coverage.objects.filter(dataset="hydration").exclude(state=Coverage.State.PRESENT).exists()


MORNING, NOON, NEXT_DAY = "2026-07-10T09:00Z", "2026-07-10T12:00Z", "2026-07-11T11:00Z"
DRUNK, TOLD_ALONE = {"consumedInMl": 500, "goalInMl": 2000}, {"calendarDate": "2026-07-10", "goalInML": 2000}


@pytest.mark.parametrize(
    ("before", "then", "left"),
    [
        ((DRUNK, []), (None, []), [500, 500, None]),
        ((None, [TOLD_ALONE | {"valueInML": 500}]), (None, []), [500, 500, None]),
        ((DRUNK, []), ("404", []), [500, 500, None]),
        ((None, [TOLD_ALONE | {"valueInML": 500}]), (None, [TOLD_ALONE | {"valueInML": None}]), [500, None, None]),
        ((None, [TOLD_ALONE | {"valueInML": 500}]), (DRUNK | {"consumedInMl": 0}, []), [500, None, None]),
        ((DRUNK, []), (None, [TOLD_ALONE | {"intakeInML": 500}]), [500, 500, 500]),
    ],
)
def test_a_drink_taken_back_goes_at_once_where_that_is_said_and_a_day_later_where_it_is_left_out(
    make: Make, clock: Clock, before: tuple[Any, Any], then: tuple[Any, Any], left: list[int | None]
) -> None:
    garmin, found = make(), []
    for instant, (told, alone) in ((MORNING, before), (NOON, then), (NEXT_DAY, then)):
        clock(instant)
        days = [A_DAY | ({"hydration": told} if told else {})]
        summary = {"kind": "404"} if told == "404" else {"kind": "body", "body": json.dumps({"data": days})}
        alone = {"kind": "body", "body": json.dumps(alone)}
        garmin.faults({"match": "v2/dailysummaries", **summary}, {"match": WATER_PATH, **alone})
        assert sync("health", since="2026-07-10", until="2026-07-10", full=True).status == Status.COMPLETED
        rows = list(Hydration.objects.values())
        Hydration.objects.all().delete()
        runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions("hydration"), trigger="command")
        assert list(Hydration.objects.values()) == rows
        found.append(rows[0]["consumed_ml"] if rows else None)

    assert found == left


def test_what_rides_along_and_is_not_understood_is_told_beside_what_its_answer_is_told_for(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    garmin = make()
    believing = replace(HYDRATION, rides_on=Ride("daily_v2", lambda day: day.get("hydration")))
    monkeypatch.setattr("garminsync.sync.along.DATASETS", [*(d for d in DATASETS if d is not HYDRATION), believing])
    steps, water = {"steps": "some"}, {"consumedInMl": 1500, "goalInMl": "much"}
    day = {"calendarDate": "2026-07-10", "movement": steps, "hydration": water, "calories": {"burnedTotal": 2000}}
    answering(garmin, "v2/dailysummaries", {"data": [day]})

    job = sync("health", since="2026-07-10", until="2026-07-10", detail=0)

    told = Problem.objects.filter(key="2026-07-10").order_by("dataset").values_list("dataset", "reason")
    assert [(name, reason.partition(":")[0]) for name, reason in told] == [
        ("daily_v2", "steps"),
        ("hydration", "goal_ml"),
    ]
    assert job.summary["noticed"][-1].startswith("2 ")


def test_a_night_that_only_hrv_shows_is_asked_for_by_itself(make: Make) -> None:
    garmin = make()
    answering(garmin, STATS, {"individualStats": []})

    sync("health", **WEEK)

    nights = [str(day) for day in Hrv.objects.order_by("-date").values_list("date", flat=True)]
    assert [target.split("date=")[1][:10] for target in asked(garmin, PAGE)] == nights
    assert len(nights) > 4


@pytest.mark.parametrize("kind", ["404", "403", "204", "empty", "null"])
@pytest.mark.case("A06", "A08")
def test_what_this_person_never_used_is_no_failure_and_soon_let_be(make: Make, kind: str) -> None:
    garmin = make(v2="flat")
    garmin.faults(*({"match": path, "kind": kind} for path in PATHS))

    first, second = sync("health", **WEEK), sync("health", **WEEK)

    for job in (first, second):
        assert (job.status, job.summary["noticed"], job.summary["missing"]) == (Status.COMPLETED, [], [])
    assert {path: len(asked(garmin, path)) for path in PATHS} == dict.fromkeys(PATHS, 1)
    assert not any(model._default_manager.exists() for model in PATHS.values())


@pytest.mark.case("D07")
def test_one_that_fails_is_named_and_stops_no_other(make: Make) -> None:
    garmin = make(v2="flat")
    garmin.faults({"match": HRV_PATH, "kind": "html"})

    job = sync("health", **WEEK)

    assert (job.status, job.summary["failed"]) == (Status.FAILED, 7)
    assert {missing[:11] for missing in job.summary["missing"]} == {"HRV 2026-07"}
    assert (Hrv.objects.count(), Hydration.objects.exists(), WeighIn.objects.exists()) == (0, True, True)


def test_an_answer_for_other_days_than_asked_is_no_answer(make: Make) -> None:
    garmin = make()
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE))

    job = sync("health", **WEEK)

    assert (job.status, WeighIn.objects.count()) == (Status.FAILED, 0)
    assert "Garmin answered for another day" in str(job.error_message)
    assert set(Coverage.objects.filter(dataset="weight").values_list("state", flat=True)) == {"failed"}


def test_a_day_at_the_edge_of_a_range_is_no_wrong_answer(make: Make) -> None:
    garmin = make()
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE))

    job = sync("health", since="2026-01-28", until="2026-02-02", detail=0)

    assert (job.status, WeighIn.objects.count()) == (Status.COMPLETED, 0)


def test_a_weigh_in_that_was_deleted_goes_and_the_other_of_the_day_stays(make: Make) -> None:
    garmin = make()
    span: dict[str, Any] = {"since": "2026-02-03", "until": "2026-02-03", "detail": 0}
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE, ON_THE_SCALE | {"samplePk": 2}))
    sync("health", **span)
    assert WeighIn.objects.count() == 2
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE | {"samplePk": 2}))

    sync("health", full=True, **span)

    assert WeighIn.objects.get().pk == 2


def test_the_only_weigh_in_of_a_day_goes_when_it_was_deleted_and_a_rebuild_leaves_it_so(
    make: Make, clock: Clock
) -> None:
    garmin = make()
    span: dict[str, Any] = {"since": "2026-02-01", "until": "2026-02-05", "detail": 0}
    other = ON_THE_SCALE | {"samplePk": 2, "calendarDate": "2026-02-05"}
    clock("2026-07-10T15:00Z")
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE, other))
    sync("health", **span)
    answering(garmin, WEIGHT_PATH, weighed(other))
    jobs = []
    for instant in ("2026-07-10T15:30Z", "2026-07-11T11:31Z", "2026-07-11T11:32Z"):
        clock(instant)
        jobs.append(sync("health", full=True, **span))
    clock("2026-07-11T11:33Z")
    garmin.faults({"match": WEIGHT_PATH, "kind": "403"})
    assert sync("health", full=True, **span).status == Status.FAILED
    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions("weight"), trigger="command")

    assert (WeighIn.objects.get().pk, [job.summary["changed"] for job in jobs]) == (2, [0, 1, 0])
    assert Coverage.objects.get(dataset="weight", key="2026-02-03").state == "gone"
    assert Payload.objects.filter(dataset="weight", key="2026-02-03").exists()


def weighed_on(*days: int) -> dict[str, Any]:
    """Days of February."""
    return weighed(*(ON_THE_SCALE | {"samplePk": day, "calendarDate": f"2026-02-{day:02}"} for day in days))


@pytest.mark.parametrize(
    ("gone", "others"),
    [
        ([2, 3, 4, 6, 7], []),  # all of a few
        ([2, 3, 4, 5, 6, 7], [1, 9]),  # many, and others are there
    ],
)
def test_days_that_answers_leave_out_for_a_day_were_deleted_and_cost_no_request_more(
    make: Make, clock: Clock, gone: list[int], others: list[int]
) -> None:
    garmin = make()
    span: dict[str, Any] = {"since": "2026-02-01", "until": "2026-02-10", "detail": 0}
    clock("2026-07-10T15:00Z")
    answering(garmin, WEIGHT_PATH, weighed_on(*gone, *others))
    sync("health", **span)
    garmin.reset_counts()
    answering(garmin, WEIGHT_PATH, weighed_on(*others))
    left = []
    for instant in ("2026-07-10T16:00Z", "2026-07-11T11:59Z", "2026-07-11T12:00Z"):
        clock(instant)
        assert sync("health", full=True, **span).status == Status.COMPLETED
        left.append(WeighIn.objects.count())

    assert left == [len(gone) + len(others), len(gone) + len(others), len(others)]
    assert len(asked(garmin, WEIGHT_PATH)) == 3
    clock("2026-07-11T12:01Z")
    answering(garmin, WEIGHT_PATH, weighed_on(*gone, *others))
    sync("health", full=True, **span)
    assert WeighIn.objects.count() == Coverage.objects.filter(dataset="weight", state="present", reason="").count()
    assert WeighIn.objects.count() == len([*gone, *others])


@pytest.mark.parametrize("between", ["it is there", "403"])
def test_a_day_that_is_there_again_or_fails_is_left_out_anew(make: Make, clock: Clock, between: str) -> None:
    garmin = make()
    span: dict[str, Any] = {"since": "2026-02-01", "until": "2026-02-10", "detail": 0}
    there = {"match": WEIGHT_PATH, "kind": "body", "body": json.dumps(weighed_on(3, 5))}
    nothing = {"match": WEIGHT_PATH, "kind": "204"}
    fails = {"match": WEIGHT_PATH, "kind": "403"}
    days = Coverage.objects.filter(dataset="weight", key="2026-02-03")
    left = []
    for instant, answer in (
        ("2026-07-10T15:00Z", there),
        ("2026-07-10T16:00Z", nothing),
        ("2026-07-11T11:00Z", there if between == "it is there" else fails),
        ("2026-07-11T14:00Z", nothing),
        ("2026-07-12T14:00Z", nothing),
    ):
        clock(instant)
        garmin.faults(answer)
        sync("health", full=True, **span)
        left.append((WeighIn.objects.count(), *days.values_list("state", "failing_since_at").get()))

    at = {n: datetime(2026, 7, day, hour, tzinfo=UTC) for n, day, hour in ((1, 10, 16), (2, 11, 11), (3, 11, 14))}
    assert left == [
        (2, "present", None),
        (2, "present", at[1]),
        (2, "present", None) if between == "it is there" else (2, "failed", at[2]),
        (2, "present", at[3]),
        (0, "gone", None),
    ]


def test_a_rebuild_leaves_a_weigh_in_on_the_day_it_was_moved_to(make: Make) -> None:
    garmin = make()
    span: dict[str, Any] = {"since": "2026-02-03", "until": "2026-02-05", "detail": 0}
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE | {"calendarDate": "2026-02-05"}, day="2026-02-05"))
    sync("health", **span)
    answering(garmin, WEIGHT_PATH, weighed(ON_THE_SCALE))
    sync("health", full=True, **span)
    before = WeighIn.objects.values().get()

    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions("weight"), trigger="command")

    assert WeighIn.objects.values().get() == before
    assert before["date"] == date(2026, 2, 3)


# Before the first day


@pytest.fixture
def make_first(make: Make, clock: Clock) -> Make:
    """An account that was never synced, and of which Garmin has little else."""

    def never_synced(**options: Any) -> Simulator:
        clock(FIXED_NOW)
        garmin = make(**options)
        an_old_watch()
        Coverage.objects.filter(dataset__in=("weight", "blood_pressure")).delete()
        garmin.reset_counts()
        return garmin

    return never_synced


def far_back(garmin: Simulator, path: str) -> list[str]:
    """The requests that began before this account did."""
    return [target for target in asked(garmin, path) if f"{path}/201" in target]


def oldest(garmin: Simulator) -> set[int]:
    """How many days before the account's first day there is something."""
    first = garmin.service.account.first_day
    return {(first - model._default_manager.earliest("date").date).days for model in (WeighIn, BloodPressure)}


@pytest.mark.parametrize(("days", "weeks", "requests"), [(3, "none", 1), (60, "404", 2)])
def test_what_was_measured_before_the_first_day_comes_with_a_first_run_and_costs_no_request(
    make_first: Make, days: int, weeks: str, requests: int
) -> None:
    garmin = make_first(days=days)
    garmin.faults({"match": "steps/weekly" if weeks == "404" else "nothing", "kind": "404"})

    sync("health", detail=0)

    assert oldest(garmin) == {400}
    for path, name in ((WEIGHT_PATH, "weight"), (PRESSURE_PATH, "blood_pressure")):
        assert (len(far_back(garmin, path)), len(asked(garmin, path))) == (1, requests)
        day = garmin.service.account.first_day - timedelta(days=400)
        assert Coverage.objects.get(dataset=name, key=str(day)).state == "present"

    garmin.reset_counts()
    sync("health", full=True, detail=0)

    assert (oldest(garmin), len(asked(garmin, WEIGHT_PATH))) == ({400}, 1)


@pytest.mark.parametrize("kind", ["", "403"])
def test_a_home_that_has_not_looked_back_does_so_once_for_a_request_each(
    make_first: Make, clock: Clock, kind: str
) -> None:
    garmin = make_first(days=60)
    sync("health", detail=0)
    before = str(garmin.service.account.first_day)
    for model in (WeighIn, BloodPressure):
        model.objects.filter(date__lt=before).delete()
    Coverage.objects.filter(dataset__in=("weight", "blood_pressure"), key__lt=before).delete()
    Coverage.objects.filter(dataset="looked back").delete()
    garmin.faults(*([{"match": f"{path}/201", "kind": kind} for path in (WEIGHT_PATH, PRESSURE_PATH)] if kind else []))
    asked_far_back = []
    for instant, since in (
        ("2026-07-10T15:40Z", "2026-07-10"),
        ("2026-07-10T15:50Z", None),
        ("2026-07-10T15:55Z", None),
        ("2026-07-11T15:51Z", None),
        ("2026-07-11T15:55Z", None),
    ):
        clock(instant)
        garmin.reset_counts()
        given: dict[str, Any] = {"since": since} if since else {}
        job = sync("health", **given)
        assert (job.status, "looked back" in str(job.summary)) == (Status.COMPLETED, False)
        asked_far_back.append(len(far_back(garmin, WEIGHT_PATH) + far_back(garmin, PRESSURE_PATH)))
        if instant == "2026-07-10T15:50Z":
            assert len(asked(garmin, WEIGHT_PATH)) == (2 if kind else 1)

    assert (asked_far_back, max(oldest(garmin))) == (([0, 2, 0, 2, 0], 0) if kind else ([0, 2, 0, 0, 0], 400))


@pytest.mark.parametrize(("days", "kind"), [(400, "400"), (60, "403"), (60, "html")])
def test_where_ten_years_are_refused_the_days_alone_are_asked_for(make_first: Make, days: int, kind: str) -> None:
    garmin = make_first(days=days)
    garmin.faults(*({"match": f"{path}/201", "kind": kind} for path in (WEIGHT_PATH, PRESSURE_PATH)))

    job = sync("health", detail=0)

    assert (job.status, max(oldest(garmin)) <= 0) == (Status.COMPLETED, True)
    targets = dict.fromkeys(asked(garmin, WEIGHT_PATH))  # one that failed was tried more than once
    assert (len(far_back(garmin, WEIGHT_PATH)) > 0, len(targets)) == (True, 3 if days == 400 else 2)


def test_a_first_run_that_failed_looks_back_again(make_first: Make, clock: Clock) -> None:
    garmin = make_first(days=60)
    garmin.faults({"match": f"{WEIGHT_PATH}|{PRESSURE_PATH}", "kind": "html"})
    assert sync("health", detail=0).status == Status.FAILED
    garmin.faults()
    clock("2026-07-11T15:40:00Z")

    sync("health", detail=0)

    assert oldest(garmin) == {400}


def test_what_lies_before_the_first_day_says_that_the_answer_was_not_cut_short(make_first: Make) -> None:
    garmin = make_first(days=60)
    answering(garmin, WEIGHT_PATH, weighed(*(ON_THE_SCALE | {"samplePk": n, "calendarDate": day}
                                             for n, day in enumerate(("2026-07-08", "2020-01-01"), 1))))  # fmt: skip

    sync("health", detail=0)

    assert (WeighIn.objects.count(), len(asked(garmin, WEIGHT_PATH))) == (2, 1)


def test_that_nothing_is_left_of_many_days_to_the_end_of_an_answer_is_not_believed(
    make_first: Make, clock: Clock
) -> None:
    """Whatever there is of another year, or before them, and however often."""
    garmin = make_first()
    days = [f"2025-0{month}-0{n}" for month in (1, 2) for n in range(1, 7)]
    WeighIn.objects.bulk_create(WeighIn(sample_pk=n, date=day) for n, day in enumerate(days, 1))
    other = weighed(ON_THE_SCALE | {"samplePk": 13, "calendarDate": "2025-03-11"})
    answers = {f"{WEIGHT_PATH}/2025-01-01": NEVER_WEIGHED, WEIGHT_PATH: other}
    garmin.faults(*({"match": path, "kind": "body", "body": json.dumps(body)} for path, body in answers.items()))

    for instant in (FIXED_NOW, "2026-07-12T15:30:00Z"):
        clock(instant)
        sync("health", since="2025-01-01", until="2026-01-10", full=True, detail=0)

    assert (WeighIn.objects.count(), len(asked(garmin, WEIGHT_PATH))) == (13, 4)


# The simulated Garmin

ACCOUNT = Account(Options(now=FIXED_NOW, days=200))
ADDRESSES = [
    "/hrv-service/hrv/daily/{}/{}",
    "/weight-service/weight/range/{}/{}?includeAll=true",
    "/bloodpressure-service/bloodpressure/range/{}/{}?includeAll=true",
    "/usersummary-service/stats/hydration/daily/{}/{}",
]


def simulated(address: str, first: str, last: str) -> bytes:
    request = Request("GET", address.format(first, last))
    found = find(request.path)
    assert found is not None
    template, parts = found
    return ROUTES[template](Call(ACCOUNT, request, parts)).body


@pytest.mark.parametrize(("address", "model"), list(zip(ADDRESSES, PATHS.values(), strict=True)))
def test_nothing_of_a_simulated_answer_is_lost_and_every_column_is_filled(address: str, model: type[Model]) -> None:
    first = "2026-06-13" if model is Hydration else "2026-01-01"
    folder = address.split("?")[0].lstrip("/").format("DATE", "DATE").replace("/", "__")
    reader = reader_of(folder, DATASETS)
    assert reader is not None

    answer = simulated(address, first, "2026-07-10")

    finding = check_answer(answer, reader)
    assert (finding.lost, finding.problems) == ([], [])
    assert isinstance(reader.dataset, DayDataset)
    rows = [row for some in rows_of(reader.dataset, json.loads(answer)).values() for row in some]
    assert {column for row in rows for column, value in row.items() if value is not None} == set(typed_columns(model))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_simulated_day_is_the_same_in_every_span(address: str) -> None:
    dataset = ALL[ADDRESSES.index(address)]

    wide = rows_of(dataset, json.loads(simulated(address, "2026-06-20", "2026-07-10")))
    narrow = rows_of(dataset, json.loads(simulated(address, "2026-06-28", "2026-07-02")))

    assert narrow == {day: rows for day, rows in wide.items() if "2026-06-28" <= day <= "2026-07-02"} != {}


@pytest.mark.parametrize(("address", "last"), [(ADDRESSES[0], "2026-01-03"), (ADDRESSES[3], "2025-01-29")])
def test_the_simulated_garmin_refuses_a_wider_span_than_garmin(address: str, last: str) -> None:
    with pytest.raises(Refused):
        simulated(address, "2025-01-01", last)


def test_nights_without_hrv_are_left_out_and_none_at_all_is_no_content() -> None:
    assert simulated(ADDRESSES[0], "2020-01-01", "2020-02-01") == b""
    found = json.loads(simulated(ADDRESSES[0], "2026-05-01", "2026-06-30"))["hrvSummaries"]
    assert len(found) < 61
