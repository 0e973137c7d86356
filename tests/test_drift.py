"""Garmin's answers change: fields come and go, values change their type, names move."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from garminsync.models import Account, Activity, Day, Night, Payload, PayloadField, Problem, Workout
from garminsync.simulator import Simulator
from syncjobs.models import Status
from tests.conftest import Make
from tests.syncing import sync
from tests.typed import Dump, dump

V2, FLAT = "v2/dailysummaries", "usersummary/daily/"
STATS, PAGE = "stats/sleep/daily", "dailySleepData"
LIST, WORKOUTS = "activities/search/activities", "workout-service/workouts"
NOW = {"now": "2026-07-10T15:30:00Z"}


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=10, activities=5, workouts=3, basic=True)


def only_dear(garmin: Simulator) -> list[dict[str, Any]]:
    return [{"match": V2, "kind": "404"}, {"match": STATS, "kind": "404"}]


def without(found: Dump, *columns: str) -> Dump:
    return {
        name: [{column: value for column, value in row.items() if column not in columns} for row in rows]
        for name, rows in found.items()
    }


# An answer, where its fields stand, three of them that go, and the columns these fill.
KINDS = [
    (
        V2,
        "data.",
        ["movement.steps.goal", "stress.maxLevel", "pulseOx.minValue"],
        ["step_goal", "stress_max", "spo2_low_percent"],
    ),
    (FLAT, "", ["dailyStepGoal", "maxStressLevel", "lowestSpo2"], ["step_goal", "stress_max", "spo2_low_percent"]),
    (STATS, "individualStats.", ["values.spO2", "values.deepTime", "values.hrvStatus"], ["spo2_avg_percent", "deep_s"]),
    (PAGE, "", ["dailySleepDTO.deepSleepSeconds", "avgOvernightHrv", "hrvStatus"], ["deep_s", "hrv_avg_ms"]),
    (LIST, "", ["averageHR", "activityType", "privacy"], ["avg_hr_bpm", "type", "privacy"]),
    (WORKOUTS, "", ["description", "author", "createdDate"], ["description", "created_time"]),
]
MODELS = {V2: "Day", FLAT: "Day", STATS: "Night", PAGE: "Night", LIST: "Activity", WORKOUTS: "Workout"}


@pytest.mark.parametrize(("answer", "at", "gone", "columns"), KINDS, ids=list(MODELS))
@pytest.mark.case("A03")
def test_one_new_field_and_three_missing_cost_three_columns_and_nothing_else(
    make: Make, answer: str, at: str, gone: list[str], columns: list[str]
) -> None:
    garmin = make(**NOW)
    garmin.faults(*(only_dear(garmin) if answer in (FLAT, PAGE) else []))
    sync("all", since="2026-07-01", until="2026-07-10")
    before = dump()
    garmin.change(patch={"match": answer, "set": {f"{at}brandNew": 7}, "remove": [f"{at}{field}" for field in gone]})

    job = sync("all", since="2026-07-01", until="2026-07-10", full=True)

    model = MODELS[answer]
    fed = [column for column in before[model][0] if column in columns]
    assert job.status == Status.COMPLETED
    assert without(dump(), *fed) == without(before, *fed)
    assert len(before[model]) >= 3
    assert all(row[column] is None for row in dump()[model] for column in fed)
    assert [word for word in job.summary["noticed"] if "brandNew" in word] == [
        f"new field {field}" for field in PayloadField.objects.filter(path__endswith="brandNew")
    ]


def test_a_new_field_is_noticed_once(make: Make) -> None:
    garmin = make()
    assert sync("all").summary["noticed"] == []
    garmin.change(patch={"match": LIST, "set": {"brandNew": {"inner": [{"leaf": 1}]}}})

    first, second = sync("all"), sync("all", full=True)

    noticed = ["brandNew", "brandNew.inner", "brandNew.inner[].leaf"]
    assert first.summary["noticed"] == [f"new field activities: {path}" for path in noticed]
    assert second.summary["noticed"] == []
    assert all("brandNew" in payload.content.decode() for payload in Payload.objects.filter(dataset="activities"))


@pytest.mark.parametrize("wrong", ["many", {"value": {"value": 1}}, 2**70])
@pytest.mark.case("A11")
def test_a_value_of_another_kind_costs_itself_and_is_a_problem_until_it_is_right(make: Make, wrong: object) -> None:
    """Of its kind: the weights come later, any value of a day may change its container."""
    garmin = make(activities=0)
    garmin.faults({"match": V2, "kind": "404"})
    since = str(Account.objects.get().today() - timedelta(days=9))
    sync("health", since=since)
    right = dump()
    garmin.change(patch={"match": FLAT, "set": {"totalSteps": wrong}})

    job = sync("health", since=since, full=True)

    assert job.status == Status.COMPLETED
    assert set(Day.objects.values_list("steps", flat=True)) == {None}
    assert without(dump(), "steps") == without(right, "steps")
    assert Problem.objects.filter(dataset="daily_flat", reason__startswith="steps: ").count() == 10
    assert "10 new problems" in job.summary["noticed"][-1]
    garmin.change(patch=[])
    sync("health", since=since, full=True)
    assert dump() == right
    assert not Problem.objects.exists()


@pytest.mark.parametrize(
    ("kind", "patch", "model", "source"),
    [
        ("activities", {"match": LIST, "rename": {"activityId": "activityIdV2"}}, Activity, "activities"),
        ("workouts", {"match": WORKOUTS, "rename": {"workoutId": "workoutIdV2"}}, Workout, "workouts"),
    ],
)
@pytest.mark.case("A39")
def test_items_whose_id_has_moved_are_kept_raw_and_are_problems_until_it_is_back(
    make: Make, kind: str, patch: dict[str, Any], model: type[Activity], source: str
) -> None:
    garmin = make()
    garmin.change(patch=patch)
    there = len(garmin.service.account.activities()) if kind == "activities" else 3

    job = sync(kind)

    assert job.status == Status.COMPLETED
    assert not model.objects.exists()
    assert Payload.objects.filter(dataset=source).count() == Problem.objects.filter(dataset=source).count() == there
    garmin.change(patch=[])
    sync(kind, full=True)
    assert model.objects.count() == Payload.objects.filter(dataset=source).count() == there
    assert not Problem.objects.exists()


@pytest.mark.case("A39")
def test_nights_whose_values_have_moved_are_kept_raw_and_listed(make: Make) -> None:
    garmin = make(activities=0, workouts=0)
    garmin.change(patch={"match": STATS, "rename": {"individualStats.values": "valuesV2"}})

    sync("health")

    assert not Night.objects.exists()
    assert Payload.objects.filter(dataset="sleep_stats").count() > 5
    assert set(Problem.objects.filter(dataset="sleep_stats").values_list("reason", flat=True)) == {
        "the night has content, but none that is understood"
    }


def test_a_whole_answer_under_another_name_goes_to_the_dear_source(make: Make) -> None:
    garmin = make(activities=0, workouts=0)
    garmin.change(patch={"match": V2, "rename": {"data": "dataV2"}})

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert Day.objects.filter(steps__gt=0).count() == 10


def test_what_cannot_be_understood_never_takes_the_place_of_what_was(make: Make) -> None:
    garmin = make(activities=0, workouts=0)
    sync("health")
    before = dump()
    garmin.change(patch={"match": V2, "set": {"data.movement": 3, "data.calories": "x"}})

    sync("health", full=True)
    sync("health", full=True)

    assert dump()["Night"] == before["Night"]
    assert without(dump(), *[c for c in before["Day"][0] if c != "date"])["Day"] == [
        {"date": row["date"]} for row in before["Day"]
    ]
