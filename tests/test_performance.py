"""What the body is able to: each form of Garmin's answers to rows, and what a year of it costs."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from garminsync.client.fetching import TRIES_IN_TROUBLE
from garminsync.datasets import DayDataset, Source
from garminsync.datasets.endurance_score import ENDURANCE_SCORE
from garminsync.datasets.menstrual_cycle import MENSTRUAL_CYCLE
from garminsync.datasets.performance import FITNESS_AGE, PERFORMANCE, RACE_PREDICTIONS
from garminsync.datasets.readiness import HILL_SCORE, RUNNING_TOLERANCE, TRAINING_READINESS
from garminsync.datasets.thresholds import FTP, LACTATE_THRESHOLD_HR, LACTATE_THRESHOLD_SPEED
from garminsync.datasets.training_status import TRAINING_STATUS
from garminsync.datasets.vo2max import VO2MAX
from garminsync.models import (
    Account,
    Coverage,
    EnduranceScore,
    FitnessAge,
    HillScore,
    MenstrualCycle,
    MenstrualLog,
    Payload,
    Problem,
    RacePrediction,
    TrainingReadiness,
    TrainingStatus,
    Vo2Max,
)
from garminsync.schemas.answers import NotUnderstood, write_json
from garminsync.simulator import Options, Simulator
from garminsync.simulator.account import Account as SimulatedAccount
from garminsync.simulator.requests import Call, Refused, Request
from garminsync.simulator.routes import ROUTES
from syncjobs.models import Status
from tests.conftest import Clock, Make
from tests.syncing import a_day_passes, asked, sync

DAY = date(2026, 2, 3)
NOT_UNDERSTOOD = "it has content, but none that is understood"


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=35, activities=0, workouts=0)


def ago(days: int) -> str:
    return str(Account.objects.get().today() - timedelta(days=days))


def read(dataset: DayDataset, answer: Any, source: int = 0) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows that a whole answer comes to, without nulls, and what is said of it."""
    asked_for, found = dataset.sources[source], dict[str, list[Any]]()
    for part in asked_for.parts(answer):
        found.setdefault(str(asked_for.day(part)), []).append(part)
    rows, notes = [], []
    for key, parts in sorted(found.items()):
        made = dataset.make(key, {asked_for.name: write_json(parts if asked_for.many else parts[-1])})
        rows += [row for table in dataset.tables for row in made.rows_of(table.model)]
        notes += made.notes[asked_for.name]
    return [{name: value for name, value in row.items() if value is not None} for row in rows], notes


# Training readiness


def snapshot(at: str, device: int = 111, **values: Any) -> dict[str, Any]:
    return {"calendarDate": "2026-02-03", "timestamp": at, "deviceId": device, "userProfilePK": 1, **values}


def test_a_snapshot_of_readiness_fills_its_row() -> None:
    answer = [
        snapshot(
            "2026-02-03T06:31:00.0", timestampLocal="2026-02-03T07:31:00.0", level="MODERATE",
            feedbackShort="RECOVERED", score=61, sleepScore=78, sleepScoreFactorPercent=66, recoveryTime=600,
            recoveryTimeFactorPercent=80, acwrFactorPercent=73, acuteLoad=420, stressHistoryFactorPercent=88,
            hrvFactorPercent=93, hrvWeeklyAverage=51, sleepHistoryFactorPercent=76, validSleep=True,
            primaryActivityTracker=True, inputContext="AFTER_WAKEUP_RESET",
        )
    ]  # fmt: skip

    assert read(TRAINING_READINESS, answer) == (
        [
            {
                "date": DAY, "index": 0, "device_id": 111, "time": datetime(2026, 2, 3, 6, 31, tzinfo=UTC),
                "utc_offset_s": 3600, "level": "MODERATE", "feedback": "RECOVERED", "score": 61, "sleep_score": 78,
                "context": "AFTER_WAKEUP_RESET", "recovery_time_min": 600, "sleep_score_factor_percent": 66.0,
                "sleep_history_factor_percent": 76.0, "recovery_time_factor_percent": 80.0, "acwr_factor_percent": 73.0,
                "stress_history_factor_percent": 88.0, "hrv_factor_percent": 93.0, "hrv_weekly_avg_ms": 51.0,
                "acute_load": 420.0, "valid_sleep": True, "primary_device": True,
            }
        ],
        [],
    )  # fmt: skip


def test_the_snapshots_of_a_day_are_ordered_by_time_and_device_however_they_come() -> None:
    late, early = snapshot("2026-02-03T20:00:00.0", score=40), snapshot("2026-02-03T06:31:00.0", score=61)
    other = snapshot("2026-02-03T06:31:00.0", device=50, score=70)

    rows, _ = read(TRAINING_READINESS, [late, early, other])

    assert [(row["index"], row["device_id"], row["score"]) for row in rows] == [(0, 50, 70), (1, 111, 61), (2, 111, 40)]
    assert read(TRAINING_READINESS, [other, early, late, early])[0] == rows


def test_the_timestamp_may_lie_on_another_day_in_utc() -> None:
    answer = [snapshot("2026-02-04T03:50:17.0", timestampLocal="2026-02-03T21:50:17.0", score=50)]

    assert read(TRAINING_READINESS, answer)[0] == [
        {
            **{"date": DAY, "index": 0, "device_id": 111, "score": 50, "utc_offset_s": -21600},
            "time": datetime(2026, 2, 4, 3, 50, 17, tzinfo=UTC),
        }
    ]


def test_a_bad_snapshot_costs_only_itself() -> None:
    rows, notes = read(TRAINING_READINESS, [snapshot("2026-02-03T06:31:00.0", scoreV2=5), snapshot("x", score=61)])

    assert [row["score"] for row in rows] == [61]
    assert len(notes) == 2
    assert NOT_UNDERSTOOD in notes


# Training status

ENTRY = {
    "calendarDate": "2026-02-03", "trainingStatus": 7, "timestamp": 1770101000000, "deviceId": 333333,
    "loadTunnelMin": None, "loadTunnelMax": None, "sport": "RUNNING", "fitnessTrend": 2, "trainingPaused": False,
    "trainingStatusFeedbackPhrase": "PRODUCTIVE_4", "primaryTrainingDevice": True,
    "acuteTrainingLoadDTO": {
        "acwrPercent": 48, "acwrStatus": "OPTIMAL", "dailyTrainingLoadAcute": 520, "maxTrainingLoadChronic": 720.0,
        "minTrainingLoadChronic": 384.0, "dailyTrainingLoadChronic": 480, "dailyAcuteChronicWorkloadRatio": 1.1,
    },
}  # fmt: skip
STATUS_ROW = {
    "date": DAY, "device_id": 333333, "time": datetime(2026, 2, 3, 6, 43, 20, tzinfo=UTC), "status": 7,
    "phrase": "PRODUCTIVE_4", "acute_load": 520.0, "chronic_load": 480.0, "load_tunnel_min": 384.0,
    "load_tunnel_max": 720.0, "acwr": 1.1, "acwr_percent": 48.0, "acwr_status": "OPTIMAL", "fitness_trend": 2,
    "sport": "RUNNING", "paused": False, "primary_device": True,
}  # fmt: skip


def wrapped(payload: Any, status: int = 200) -> dict[str, Any]:
    return {"requestUrl": "/x", "statusCode": status, "successful": status < 300, "payload": payload}


@pytest.mark.parametrize(
    "answer",
    [
        {"vo2MaxWeeklyStatistics": wrapped({}), "weeklyTrainingStatus": wrapped({"reportData": {"333333": [ENTRY]}})},
        {"monthlyTrainingStatus": wrapped({"reportData": {"333333": [ENTRY]}})},
        {"mostRecentTrainingStatus": wrapped({"latestTrainingStatusData": {"333333": ENTRY}})},
        {"mostRecentTrainingStatus": {"latestTrainingStatusData": {"333333": ENTRY}}},
        {"latestTrainingStatusData": {"333333": ENTRY}},
        {"latestTrainingStatusData": [ENTRY]},
        {"reportData": ENTRY},
        {"reportData": {"333333": {"2026-02-03": ENTRY}}},
        {"reportData": {"333333": [{**ENTRY, "deviceId": None}]}},
        [ENTRY],
        ENTRY,
    ],
)
def test_the_training_status_reads_the_same_from_every_container(answer: Any) -> None:
    assert read(TRAINING_STATUS, answer) == ([STATUS_ROW], [])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.case("A09")
def test_a_null_or_empty_device_hides_no_other(order: tuple[int, ...]) -> None:
    devices = [("111111", None), ("222222", {}), ("333333", {"calendarDate": "2026-02-03", "trainingStatus": 7})]

    answer = {"latestTrainingStatusData": dict(devices[place] for place in order)}

    assert read(TRAINING_STATUS, answer) == ([{"date": DAY, "device_id": 333333, "status": 7}], [])


def test_each_device_has_a_row_and_of_two_entries_the_newest() -> None:
    older = {**ENTRY, "trainingStatus": 1, "timestamp": 1770100000000}
    answer = {"reportData": {"333333": [ENTRY, older], "50": [{**ENTRY, "deviceId": 50, "trainingStatus": 5}]}}

    rows, _ = read(TRAINING_STATUS, answer)

    assert {(row["device_id"], row["status"]) for row in rows} == {(333333, 7), (50, 5)}


def test_the_load_tunnel_of_an_older_device_stands_in() -> None:
    answer = [{**ENTRY, "acuteTrainingLoadDTO": None, "loadTunnelMin": 300, "loadTunnelMax": 700}]

    (row,), _ = read(TRAINING_STATUS, answer)

    assert (row["load_tunnel_min"], row["load_tunnel_max"], "acute_load" in row) == (300.0, 700.0, False)


@pytest.mark.parametrize(
    "answer",
    [
        {"weeklyTrainingStatus": wrapped({"reportData": {}, "recordedDevices": []})},
        {"weeklyTrainingStatus": wrapped(None)},
        {"weeklyTrainingStatus": wrapped(None, 404)},
        {"weeklyTrainingStatus": wrapped(None, 204)},
        {"weeklyTrainingStatus": None},
    ],
)
def test_who_has_no_training_status_has_no_entries(answer: Any) -> None:
    assert read(TRAINING_STATUS, answer) == ([], [])


@pytest.mark.parametrize("status", [500, 429, 403, None])
def test_a_part_that_failed_inside_a_good_answer_is_a_failure(status: Any) -> None:
    answer = {"weeklyTrainingStatus": {"statusCode": status, "successful": False, "payload": None}}

    with pytest.raises(NotUnderstood, match="failed"):
        read(TRAINING_STATUS, answer)


# VO2 max and acclimation


def maxmet(day: str = "2026-02-03", **values: Any) -> dict[str, Any]:
    return {"calendarDate": day, "fitnessAge": None, "maxMetCategory": 0, **values}


HEAT = {
    "calendarDate": "2026-02-03", "heatAcclimationPercentage": 12, "heatTrend": "ACCLIMATIZING",
    "altitudeAcclimation": 900, "acclimationPercentage": 64, "currentAltitude": 1037, "altitudeTrend": None,
}  # fmt: skip
HEAT_ROW = {
    "date": DAY, "heat_percent": 12.0, "heat_trend": "ACCLIMATIZING", "altitude_percent": 64.0,
    "acclimated_altitude_m": 900.0, "current_altitude_m": 1037.0,
}  # fmt: skip
RUNNING = maxmet(vo2MaxValue=49.0, vo2MaxPreciseValue=48.8)
CYCLING = maxmet(vo2MaxValue=44.0, vo2MaxPreciseValue=43.6)
RUNNING_ROW = {"date": DAY, "running": 49.0, "running_precise": 48.8}
CYCLING_ROW = {"date": DAY, "cycling": 44.0, "cycling_precise": 43.6}


@pytest.mark.parametrize(
    ("part", "rows"),
    [
        (
            {"generic": RUNNING, "cycling": CYCLING, "heatAltitudeAcclimation": HEAT},
            [RUNNING_ROW | CYCLING_ROW, HEAT_ROW],
        ),
        ({"generic": RUNNING, "cycling": None, "heatAltitudeAcclimation": dict.fromkeys(HEAT)}, [RUNNING_ROW]),
        ({"generic": None, "cycling": CYCLING, "heatAltitudeAcclimation": None}, [CYCLING_ROW]),
        ({"generic": None, "cycling": None, "heatAltitudeAcclimation": HEAT}, [HEAT_ROW]),
        ({"generic": {**RUNNING, "fitnessAge": 35}}, [RUNNING_ROW | {"fitness_age_years": 35}]),
        ({"generic": None, "cycling": None, "heatAltitudeAcclimation": None}, []),
    ],
)  # fmt: skip
def test_the_date_of_a_vo2_max_stands_in_whichever_part_has_one(part: Any, rows: list[Any]) -> None:
    assert read(VO2MAX, [{"userId": 1, **part}]) == (rows, [])
    assert read(VO2MAX, {"userId": 1, **part}) == (rows, [])


def test_a_part_that_is_older_than_its_neighbour_is_filed_under_its_own_day() -> None:
    old = maxmet("2026-01-08", vo2MaxValue=44.0, vo2MaxPreciseValue=43.6)

    rows, _ = read(VO2MAX, [{"userId": 1, "generic": RUNNING, "cycling": old, "heatAltitudeAcclimation": HEAT}])

    assert rows == [CYCLING_ROW | {"date": date(2026, 1, 8)}, RUNNING_ROW, HEAT_ROW]


def test_two_entries_of_one_day_complete_each_other() -> None:
    assert read(VO2MAX, [{"generic": RUNNING}, {"cycling": CYCLING}])[0] == [RUNNING_ROW | CYCLING_ROW]


# One row a day


@pytest.mark.parametrize(
    ("dataset", "entry", "row"),
    [
        (
            RACE_PREDICTIONS,
            {"userId": 1, "calendarDate": "2026-02-03", "time5K": 1490, "time10K": 3262, "timeHalfMarathon": 7490,
             "timeMarathon": None},
            {"date": DAY, "time_5k_s": 1490, "time_10k_s": 3262, "time_half_marathon_s": 7490},
        ),
        (
            FITNESS_AGE,
            {"calendarDate": "2026-02-03", "values": {"fitnessAge": 37.5, "achievableFitnessAge": 35.8,
             "vigorousDaysAvg": 3.1, "rhr": 51, "bmi": 24.1}},
            {"date": DAY, "fitness_age_years": 37.5, "achievable_fitness_age_years": 35.8,
             "vigorous_days_per_week": 3.1, "resting_hr_bpm": 51, "bmi": 24.1},
        ),
        (
            FITNESS_AGE,
            {"calendarDate": "2026-02-03", "values": {"fitnessAge": 37.5, "bodyFat": 17.2}},
            {"date": DAY, "fitness_age_years": 37.5, "body_fat_percent": 17.2},
        ),
        (
            LACTATE_THRESHOLD_SPEED,
            {"from": "2026-02-03", "until": "2026-02-03", "series": "running", "value": 0.325},
            {"date": DAY, "speed_mps": 3.25},
        ),
        (LACTATE_THRESHOLD_HR, {"from": "2026-02-03", "value": 163.0}, {"date": DAY, "hr_bpm": 163.0}),
        (FTP, {"from": "2026-02-03", "value": 216.0}, {"date": DAY, "power_w": 216.0}),
        (
            RUNNING_TOLERANCE,
            {"calendarDate": "2026-02-03", "acuteDistance": "21000", "acuteImpactLoad": 23500, "acuteTolerance": 41000,
             "runningToleranceFeedBackPhrase": 7},
            {"date": DAY, "acute_distance_m": 21000.0, "acute_impact_load": 23500.0, "acute_tolerance": 41000.0,
             "feedback": "7"},
        ),
        (
            RUNNING_TOLERANCE,
            {"calendarDate": "2026-02-03", "totalImpactLoad": 23500, "totalDistance": 21000.0, "tolerance": 41000},
            {"date": DAY, "acute_distance_m": 21000.0, "acute_impact_load": 23500.0, "acute_tolerance": 41000.0},
        ),
    ],
)  # fmt: skip
def test_an_entry_fills_its_row_in_a_list_alone_or_by_its_date(dataset: DayDataset, entry: Any, row: Any) -> None:
    forms: list[Any] = [[entry], entry, {"2026-02-03": entry}, [None, {}, [entry]]]

    assert [read(dataset, answer) for answer in forms] == [([row], [])] * 4


def test_a_threshold_of_several_days_is_not_taken_for_one_of_a_day() -> None:
    answer: Any = [{"from": "2026-02-03", "until": "2026-02-09", "series": "running", "value": 163.0}]

    rows, notes = read(LACTATE_THRESHOLD_HR, answer)

    assert (rows, notes) == ([], ["a value of several days, where that of each was asked for"])


# Scores

HILL = {
    "userProfilePK": 1, "deviceId": 111, "calendarDate": "2026-02-03", "strengthScore": 19, "enduranceScore": 16,
    "hillScoreClassificationId": 2, "overallScore": 38, "hillScoreFeedbackPhraseId": 42, "vo2Max": None,
    "primaryTrainingDevice": True,
}  # fmt: skip
HILL_ROW = {
    **{"date": DAY, "score": 38, "strength_score": 19, "endurance_score": 16, "classification": 2, "device_id": 111}
}


@pytest.mark.parametrize(("source", "answer"), [(0, {"hillScoreDTOList": [HILL], "maxScore": 38}), (1, HILL)])
def test_a_hill_score_reads_the_same_from_a_range_and_alone(source: int, answer: Any) -> None:
    assert read(HILL_SCORE, answer, source) == ([HILL_ROW], [])


def test_of_several_devices_the_primary_one_tells_the_hill_score() -> None:
    other = {**HILL, "deviceId": 50, "overallScore": 90, "primaryTrainingDevice": False}

    assert read(HILL_SCORE, {"hillScoreDTOList": [other, HILL]})[0] == [HILL_ROW]


def endurance(*keys: str, start: str = "2026-02-01", end: str = "2026-02-28") -> dict[str, Any]:
    groups = {key: {"groupAverage": 5400, "groupMax": 5420, "enduranceContributorDTOList": []} for key in keys}
    newest = {"calendarDate": end, "overallScore": 5451, "gaugeLowerLimit": 3500}
    return {"startDate": start, "endDate": end, "groupMap": groups, "enduranceScoreDTO": newest}


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ((), []),
        (("2026-02-03",), [3]),
        (("2026-02-03", "2026-02-04"), [3, 4]),
        (("2026-02-09", "2026-02-03", "2026-02-20", "2026-02-04"), [3, 4, 9, 20]),
    ],
)
def test_the_endurance_scores_of_a_daily_answer_are_rows(keys: tuple[str, ...], days: list[int]) -> None:
    rows, notes = read(ENDURANCE_SCORE, endurance(*keys))

    assert rows == [{"date": date(2026, 2, day), "score": 5400} for day in days]
    assert notes == []


@pytest.mark.parametrize(
    "keys",
    [
        ("2026-02-15", "2026-02-22"),
        ("2026-01-25", "2026-02-01", "2026-02-15"),
        ("2026-02-22",),
        ("2026-01-01", "2026-02-01"),
        ("first", "second"),
    ],
)
def test_endurance_scores_of_weeks_or_months_are_not_taken_for_days(keys: tuple[str, ...]) -> None:
    rows, notes = read(ENDURANCE_SCORE, endurance(*keys))

    assert rows == []
    assert notes == ["scores by the week or the month, where those of the days were asked for"]


def test_an_endurance_score_reads_alone_as_well() -> None:
    answer = {"calendarDate": "2026-02-03", "overallScore": 4820, "classification": 1, "contributors": []}

    assert read(ENDURANCE_SCORE, answer, 1) == ([{"date": DAY, "score": 4820}], [])


# Menstrual cycle

CYCLE = {
    "startDate": "2026-02-03", "periodLength": 5, "fertileWindowStart": 10, "lengthOfFertileWindow": 6,
    "predictedCycle": False, "predictedCycleLength": 28,
}  # fmt: skip
CYCLE_ROW = {
    **{"date": DAY, "period_days": 5, "predicted": False, "fertile_window_start_day": 10, "fertile_window_days": 6}
}


def test_a_cycle_and_what_was_logged_on_its_first_day_are_rows() -> None:
    answer = {"cycleSummaries": [CYCLE], "loggedSymptomDays": ["2026-02-03"], "loggedNoteDays": ["2026-02-03"]}

    rows, notes = read(MENSTRUAL_CYCLE, answer)

    assert rows == [CYCLE_ROW, {"date": DAY, "logged": ["loggedNoteDays", "loggedSymptomDays"]}]
    assert notes == []


def test_a_cycle_that_began_is_taken_before_one_that_was_predicted() -> None:
    predicted = {**CYCLE, "predictedCycle": True, "periodLength": 4}

    assert read(MENSTRUAL_CYCLE, {"cycleSummaries": [CYCLE, predicted]})[0] == [CYCLE_ROW]


def test_a_calendar_without_a_cycle_keeps_its_logged_days() -> None:
    answer = {"cycleSummaries": [], "loggedOvulationDays": ["2026-02-03"]}

    assert read(MENSTRUAL_CYCLE, answer)[0] == [{"date": DAY, "logged": ["loggedOvulationDays"]}]


# Bad answers

SOURCES = [source for dataset in PERFORMANCE for source in dataset.sources]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@pytest.mark.parametrize("answer", [None, [], {}, [{}], [None]])
@pytest.mark.case("E07")
def test_the_smallest_answers_have_no_parts(source: Source, answer: Any) -> None:
    assert list(source.parts(answer)) == []


@pytest.mark.parametrize("dataset", [TRAINING_READINESS, ENDURANCE_SCORE, HILL_SCORE], ids=lambda dataset: dataset.name)
def test_a_day_alone_that_is_all_null_has_no_parts(dataset: DayDataset) -> None:
    nothing: Any = {
        "userProfilePK": 1,
        "deviceId": None,
        "calendarDate": None,
        "overallScore": None,
        "contributors": [],
    }

    assert list(dataset.sources[1].parts(nothing)) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@pytest.mark.parametrize("answer", [{"errors": [1]}, {"message": "HTTP 500", "error": "X"}, "text", 5, True])
def test_an_error_document_is_not_understood(source: Source, answer: Any) -> None:
    with pytest.raises(NotUnderstood):
        list(source.parts(answer))


@pytest.mark.parametrize(
    ("dataset", "answer"),
    [
        (TRAINING_READINESS, [{"calendarDate": "2026-02-03", "scoreV2": 61}]),
        (TRAINING_STATUS, [{"calendarDate": "2026-02-03", "deviceId": 5, "trainingStatusV2": 7}]),
        (VO2MAX, [{"generic": {"calendarDate": "2026-02-03", "vo2MaxV2": 49.0}}]),
        (RACE_PREDICTIONS, [{"calendarDate": "2026-02-03", "time5KV2": 1490}]),
        (FITNESS_AGE, [{"calendarDate": "2026-02-03", "valuesV2": {"fitnessAge": 37.5}}]),
        (HILL_SCORE, [{"calendarDate": "2026-02-03", "overallScoreV2": 38}]),
        (ENDURANCE_SCORE, {"groupMap": {"2026-02-03": {"groupAverageV2": 5400}}}),
        (ENDURANCE_SCORE, {"groupMap": {"2026-02-03": 5400}}),
        (FTP, [{"from": "2026-02-03", "valueV2": 216.0}]),
        (RUNNING_TOLERANCE, [{"calendarDate": "2026-02-03", "acuteDistanceV2": 21000}]),
        (MENSTRUAL_CYCLE, {"cycleSummaries": [{"startDate": "2026-02-03", "periodLengthV2": 5}]}),
    ],
)
@pytest.mark.case("A39")
def test_what_has_content_and_gives_no_row_is_told(dataset: DayDataset, answer: Any) -> None:
    assert read(dataset, answer) == ([], [NOT_UNDERSTOOD])


def test_an_entry_of_sentinels_alone_is_no_reading_and_no_fault() -> None:
    for dataset in (HILL_SCORE, ENDURANCE_SCORE):
        assert read(dataset, [{"calendarDate": "2026-02-03", "overallScore": -1}]) == ([], [])


@pytest.mark.parametrize("bad", ["many", [], {}, True, 2**70, float("nan"), -5])
def test_a_bad_value_costs_that_value(bad: Any) -> None:
    rows, notes = read(RACE_PREDICTIONS, [{"calendarDate": "2026-02-03", "time5K": bad, "time10K": 3262}])

    assert rows == [{"date": DAY, "time_10k_s": 3262}]
    assert len(notes) == 1


# Whole syncs

FIRST_YEAR = {
    "trainingreadiness/": 1, "trainingstatus/": 2, "maxmet/": 1, "racepredictions/": 1, "fitnessage-service/": 14,
    "endurancescore": 1, "hillscore": 1, "lactateThresholdSpeed/": 1, "lactateThresholdHeartRate/": 1,
    "functionalThresholdPower/": 1, "runningtolerance/": 1, "menstrualcycle/": 5,
}  # fmt: skip
MODELS = [table.model for dataset in PERFORMANCE for table in dataset.tables]


def requests(garmin: Simulator) -> dict[str, int]:
    return {part: len(asked(garmin, part)) for part in FIRST_YEAR}


def test_a_first_year_costs_no_more_than_its_spans_and_a_second_run_nothing(make: Make) -> None:
    garmin = make(days=400)

    job = sync("health", since=ago(364), detail=0)

    assert job.status == Status.COMPLETED
    assert requests(garmin) == FIRST_YEAR
    assert not [model for model in MODELS if not model._default_manager.exists()]
    assert not Problem.objects.exists()
    garmin.reset_counts()
    sync("health", since=ago(364), detail=0)
    assert set(requests(garmin).values()) == {0}


# Where the range is 404, another address is asked for a day.
NEVER_USED = {"403": dict.fromkeys(FIRST_YEAR, 1)}
NEVER_USED["404"] = NEVER_USED["403"] | {"trainingreadiness/": 2, "endurancescore": 2, "hillscore": 2}


@pytest.mark.parametrize("kind", NEVER_USED)
def test_a_feature_that_was_never_used_costs_a_request_or_two_and_no_word(make: Make, kind: str) -> None:
    garmin = make(days=99)
    garmin.faults({"match": "|".join(FIRST_YEAR), "kind": kind})
    # What failed before has failed for the same reason.
    Coverage.objects.create(dataset="vo2max", key=ago(50), state=Coverage.State.PARKED, asked_at=timezone.now())

    job = sync("health", since=ago(98), detail=0)

    assert (job.status, job.summary["missing"], job.summary["noticed"]) == (Status.COMPLETED, [], [])
    assert requests(garmin) == NEVER_USED[kind]
    assert not [model for model in MODELS if model._default_manager.exists()]


@pytest.mark.parametrize(("bad", "by_day"), [({}, 30), ({"times": 1}, 0)])
def test_a_range_that_is_missing_is_asked_for_once_more_before_its_days_are(
    make: Make, bad: dict[str, int], by_day: int
) -> None:
    garmin = make(days=30)
    ranges = ("trainingreadiness/[-0-9]+/", "endurancescore/stats", "hillscore/stats")
    garmin.faults(*({"match": each, "kind": "404", **bad} for each in ranges))

    job = sync("health", since=ago(29), detail=0)

    assert job.status == Status.COMPLETED
    assert {model.objects.values("date").distinct().count() for model in (EnduranceScore, HillScore)} == {30}
    assert TrainingReadiness.objects.values("date").distinct().count() > 25
    assert [len(asked(garmin, part)) for part in ranges[1:]] == ([2, 2] if bad else [3, 3])
    assert by_day <= len(asked(garmin, "hillscore?")) <= by_day + 1


def test_one_404_among_the_windows_of_a_range_costs_a_request_and_no_day(make: Make) -> None:
    garmin = make(days=90)
    garmin.faults({"match": "fitnessage-service/", "kind": "404", "times": 1, "after": 1})

    job = sync("health", since=ago(89), detail=0)

    assert (job.status, len(asked(garmin, "fitnessage-service/"))) == (Status.COMPLETED, 4 + 1)
    assert FitnessAge.objects.filter(date__gte=ago(55), date__lte=ago(28)).exists()


@pytest.mark.parametrize("kind", ["403", "404"])
@pytest.mark.case("D04")
def test_one_refusal_makes_a_feature_one_that_was_never_used_for_a_day_alone(make: Make, kind: str) -> None:
    garmin = make(days=60)
    garmin.faults(*({"match": part, "kind": kind, "times": 1} for part in ("fitnessage-service/", "maxmet/")))
    sync("health", since=ago(59), detail=0)
    a_day_passes()

    job = sync("health", since=ago(59), detail=0)

    assert job.status == Status.COMPLETED
    assert FitnessAge.objects.filter(date__gte=ago(27)).exists()
    assert Vo2Max.objects.exists()


@pytest.mark.parametrize("fault", [{"kind": "500"}, {"kind": "body", "body": '{"unheardOf": 5}'}])
def test_where_one_day_does_not_tell_whether_a_feature_is_used_its_days_are_failed(make: Make, fault: Any) -> None:
    garmin = make(days=30)
    garmin.faults({"match": "hillscore/stats", "kind": "404"}, {"match": "hillscore", **fault})

    job = sync("health", since=ago(29), detail=0)

    assert job.status == Status.FAILED
    assert [missing[:10] for missing in job.summary["missing"]] == ["hill score"]
    assert Coverage.objects.filter(dataset="hill_score", state="failed").count() == 30
    garmin.faults()
    assert sync("health", since=ago(29), detail=0).status == Status.COMPLETED
    assert HillScore.objects.values("date").distinct().count() == 30


def test_a_garmin_that_takes_narrower_spans_only_is_asked_in_smaller_steps(make: Make) -> None:
    make(max_span=14)

    job = sync("health", since=ago(29), detail=0)

    assert job.status == Status.COMPLETED
    assert {model._default_manager.count() for model in (TrainingStatus, RacePrediction, HillScore)} == {30}


@pytest.mark.parametrize("kind", ["html", "500"])
def test_where_a_range_fails_the_days_are_asked_alone_and_give_the_same(make: Make, kind: str) -> None:
    garmin = make()
    sync("health", since=ago(2), detail=0)
    models = [TrainingReadiness, EnduranceScore, HillScore]
    before = [list(model._default_manager.values()) for model in models]
    for model in (*models, Payload, Coverage):
        model._default_manager.all().delete()
    garmin.faults({"match": f"trainingreadiness/{ago(2)}/|endurancescore/stats|hillscore/stats", "kind": kind})

    job = sync("health", since=ago(2), detail=0)

    assert job.status == Status.COMPLETED
    assert [list(model._default_manager.values()) for model in models] == before


def test_a_weekly_endurance_answer_is_kept_and_listed(make: Make) -> None:
    garmin = make()
    body = write_json(endurance(ago(13), ago(6), start=ago(20), end=ago(0))).decode()
    garmin.faults({"match": "endurancescore/stats", "kind": "body", "body": body})

    job = sync("health", since=ago(20), detail=0)

    assert job.status == Status.COMPLETED
    assert not EnduranceScore.objects.exists()
    assert Payload.objects.filter(dataset="endurance_stats").values_list("key").get() == (ago(0),)
    assert Problem.objects.get(dataset="endurance_stats").reason.startswith("scores by the week")


@pytest.mark.parametrize(("inner", "told"), [({"groupAverage": 5400}, 1), (5400, 1), ({"groupAverage": None}, 0)])
def test_an_endurance_score_under_no_date_costs_no_other_and_is_listed(make: Make, inner: Any, told: int) -> None:
    garmin = make()
    answer = endurance(ago(3), ago(2), start=ago(20), end=ago(0))
    answer["groupMap"]["overall"] = inner
    garmin.faults({"match": "endurancescore/stats", "kind": "body", "body": write_json(answer).decode()})

    job = sync("health", since=ago(20), detail=0)

    assert job.status == Status.COMPLETED
    assert sorted(map(str, EnduranceScore.objects.values_list("date", flat=True))) == [ago(3), ago(2)]
    problems = Problem.objects.filter(dataset="endurance_stats").values_list("reason", flat=True)
    assert list(problems) == ["an entry without a date"] * told
    assert Payload.objects.filter(dataset="endurance_stats", key__startswith="undated").count() == told


def test_a_cycle_that_is_still_to_come_is_no_row(make: Make) -> None:
    make()

    sync("health", since=ago(34), detail=0)

    assert MenstrualCycle.objects.exists()
    assert not MenstrualCycle.objects.filter(date__gt=ago(0)).exists()
    assert not MenstrualCycle.objects.filter(predicted=True).exists()


def test_a_cycle_that_moved_leaves_nothing_behind(make: Make, clock: Clock) -> None:
    """A prediction goes at once, also where another day takes its place that is still to come; what was logged a day
    later."""
    garmin = make(now="2026-07-10T09:00:00Z")
    span: dict[str, Any] = {"since": "2026-07-06", "until": "2026-07-10", "full": True}
    found = []
    for instant, predicted, began, logged in (
        ("2026-07-10T09:00Z", "2026-07-09", "2026-06-10", ["2026-07-06"]),
        ("2026-07-10T10:00Z", "2026-07-10", "2026-06-10", ["2026-07-06"]),
        ("2026-07-10T11:00Z", "2026-07-11", "2026-06-10", []),
        ("2026-07-11T08:00Z", "2026-08-07", "2026-07-07", []),
        ("2026-07-11T09:00Z", "2026-08-08", "2026-07-08", []),
        ("2026-07-12T06:00Z", "2026-08-08", "2026-07-08", []),
    ):
        clock(instant)
        cycles = [CYCLE | {"startDate": began}, CYCLE | {"startDate": predicted, "predictedCycle": True}]
        answer = {"cycleSummaries": cycles, "loggedSymptomDays": logged}
        garmin.faults({"match": "menstrualcycle/", "kind": "body", "body": json.dumps(answer)})
        assert sync("health", **span).status == Status.COMPLETED
        rows = [*MenstrualCycle.objects.order_by("date"), *MenstrualLog.objects.all()]
        found.append([f"{row.date:%m-%d}" for row in rows])

    assert found == [["07-09", "07-06"], ["07-10", "07-06"], ["07-06"], ["07-07"], ["07-07", "07-08"], ["07-08"]]


@pytest.mark.case("A09")
def test_a_training_status_behind_a_null_device_is_stored(make: Make) -> None:
    garmin = make()
    entry = {"calendarDate": ago(0), "trainingStatus": 7}
    body = write_json({"latestTrainingStatusData": {"111111": None, "222222": {}, "333333": entry}}).decode()
    garmin.faults({"match": "trainingstatus", "kind": "body", "body": body})

    sync("health", since=ago(1), detail=0)

    assert TrainingStatus.objects.values_list("device_id", "status").get() == (333333, 7)


def test_a_status_that_failed_inside_a_good_answer_is_asked_for_again(make: Make) -> None:
    garmin = make()
    body = write_json({"weeklyTrainingStatus": wrapped(None, 500)}).decode()
    garmin.faults({"match": "trainingstatus", "kind": "body", "body": body, "times": 1})

    job = sync("health", since=ago(1), detail=0)

    assert job.status == Status.FAILED
    assert sync("health", since=ago(1), detail=0).status == Status.COMPLETED
    assert TrainingStatus.objects.count() == 2


@pytest.mark.parametrize(
    ("path", "widest"),
    [
        ("/metrics-service/metrics/trainingreadiness/{first}/{last}", 366),
        ("/mobile-gateway/usersummary/trainingstatus/weekly/{first}/{last}", 364),
        ("/metrics-service/metrics/maxmet/daily/{first}/{last}", 366),
        ("/fitnessage-service/stats/daily/{first}/{last}", 28),
        ("/biometric-service/stats/{quantity}/range/{first}/{last}", 366),
        ("/periodichealth-service/menstrualcycle/calendar/{first}/{last}", 91),
    ],
)
def test_the_simulated_garmin_refuses_more_days_than_garmin_gives(path: str, widest: int) -> None:
    account = SimulatedAccount(Options(now="2026-07-10T15:30:00Z", days=3))

    def ask(days: int) -> int:
        parts = {"first": str(date(2026, 7, 10) - timedelta(days=days - 1)), "last": "2026-07-10"}
        call = Call(account, Request("GET", path), {**parts, "quantity": "lactateThresholdSpeed"})
        return ROUTES[path](call).status

    assert ask(widest) == 200
    with pytest.raises(Refused):
        ask(widest + 1)


def test_an_address_that_is_dead_is_soon_left_alone_and_asked_for_again_next_time(make: Make) -> None:
    garmin = make(days=99)
    garmin.faults({"match": "maxmet/", "kind": "500"})

    job = sync("health", since=ago(98), detail=0)

    assert job.status == Status.FAILED
    assert len(asked(garmin, "maxmet/")) <= 6 * TRIES_IN_TROUBLE
    assert RacePrediction.objects.count() == 99
    garmin.faults()
    assert sync("health", since=ago(98), detail=0).status == Status.COMPLETED
    assert Vo2Max.objects.exists()
