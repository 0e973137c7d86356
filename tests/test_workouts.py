"""Workouts with their steps, what is planned, and training plans: what is asked for, and what it comes to."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.utils import timezone

from garminsync.datasets import PLAN_TASKS, SCHEDULE, WORKOUT_STEPS, WORKOUTS
from garminsync.datasets.schedule import read_scheduled
from garminsync.models import (
    Activity,
    Coverage,
    Payload,
    PlanTask,
    Problem,
    ScheduledWorkout,
    TrainingPlan,
    Workout,
    WorkoutStep,
)
from garminsync.simulator import Simulator
from garminsync.simulator.workout_steps import repeat, step
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import Status
from tests.conftest import Make
from tests.syncing import HurriedRun, asked, sync
from tests.typed import delete_all, dump

LIST, DETAIL = "/workouts?", "/workout/"
PERIOD, MONTH = "workoutScheduleByPeriod", "calendar-service"
PLANS, TASKS = "trainingplan/plans", "fbt-adaptive"

TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    """Its clock stands at noon of today."""
    return partial(make_signed_in, days=28, activities=14, workouts=8, now=NOON.isoformat())


def synced(garmin: Simulator) -> Simulator:
    assert sync("workouts").status == Status.COMPLETED
    garmin.reset_counts()
    return garmin


def requests(garmin: Simulator) -> list[int]:
    return [len(asked(garmin, part)) for part in (LIST, DETAIL, PERIOD, MONTH, PLANS, TASKS)]


def days_later(days: int = 1) -> None:
    Coverage.objects.exclude(dataset="workouts").update(asked_at=timezone.now() - timedelta(days=days))
    Coverage.objects.update(failing_since_at=F("failing_since_at") - timedelta(days=days))


def first_of(month: int) -> date:
    """The first day of this month, or of one before or after it."""
    years, number = divmod(TODAY.month - 1 + month, 12)
    return date(TODAY.year + years, number + 1, 1)


def page_of(month: date) -> str:
    return f"/calendar-service/year/{month.year}/month/{month.month - 1}"


# Requests


def test_a_first_run_asks_for_each_workout_once_and_for_all_that_is_planned_in_one_request(make: Make) -> None:
    garmin = make()

    job = sync("workouts")

    assert (job.status, job.summary["noticed"]) == (Status.COMPLETED, [])
    assert requests(garmin) == [2, 8, 1, 0, 1, 1]
    assert garmin.stats()["total"] == job.summary["requests"] == 13
    assert garmin.stats()["writes"] == len(asked(garmin, "trainingplan/schedule")) == 0
    assert Workout.objects.count() == WorkoutStep.objects.values("workout_id").distinct().count() == 8
    assert not Problem.objects.exists()


def test_a_second_run_at_once_reads_the_newest_page_of_the_list_and_nothing_else(make: Make) -> None:
    garmin = synced(make())
    before = dump()

    job = sync("workouts")

    assert job.summary["requests"] == garmin.stats()["total"] == len(asked(garmin, LIST)) == 1
    assert dump() == before


def test_a_day_later_no_workout_is_asked_for_again(make: Make) -> None:
    garmin = synced(make())
    days_later()

    sync("workouts")

    assert requests(garmin) == [1, 0, 1, 0, 1, 1]


def test_only_the_steps_of_a_workout_that_was_edited_are_asked_for_again(make: Make) -> None:
    garmin = synced(make())
    edited = Workout.objects.order_by("updated_time").values_list("pk", flat=True)[0]
    as_a_fraction = {"match": f"/workout/{edited}", "remove": ["description"], "set": {"workoutId": float(edited)}}
    garmin.change(touch_workout=edited, patch=as_a_fraction)

    assert sync("workouts").status == Status.COMPLETED

    assert asked(garmin, DETAIL) == [f"/workout-service/workout/{edited}"]
    assert Workout.objects.get(pk=edited).updated_time == NOON


@pytest.mark.parametrize("fault", [{"kind": "400"}, {"kind": "403"}, {"kind": "body", "body": "{}"}])
def test_an_edit_that_a_failed_run_saw_is_not_forgotten(make: Make, fault: dict[str, str]) -> None:
    garmin = synced(make())
    edited = Workout.objects.order_by("updated_time").values_list("pk", flat=True)[0]
    garmin.change(touch_workout=edited)
    garmin.faults({"match": DETAIL, "times": 1, **fault})
    assert sync("workouts").status == Status.FAILED
    assert WorkoutStep.objects.filter(workout_id=edited).exists()
    garmin.reset_counts()

    job = sync("workouts")

    assert (job.status, requests(garmin)) == (Status.COMPLETED, [1, 1, 0, 0, 0, 0])


@pytest.mark.parametrize("body", ['{"errors": []}', "7", json.dumps({"workoutId": 9, "workoutSegments": []})])
def test_an_answer_without_steps_or_of_another_workout_is_a_failure_and_what_was_known_stays(
    make: Make, body: str
) -> None:
    garmin = synced(make(workouts=1))
    before = WorkoutStep.objects.count()
    garmin.change(touch_workout=Workout.objects.get().pk)
    garmin.faults({"match": DETAIL, "kind": "body", "body": body})

    job = sync("workouts")

    assert (job.status, WorkoutStep.objects.count()) == (Status.FAILED, before)


def test_a_deleted_workout_goes_with_its_steps_in_two_requests_and_comes_back_without_one(make: Make) -> None:
    garmin = synced(make())
    before = dump()
    newest = Workout.objects.order_by("-updated_time").values_list("pk", flat=True)[0]
    garmin.change(delete_workout=newest)

    job = sync("workouts")

    assert job.summary["requests"] == 2
    assert not Workout.objects.filter(pk=newest).exists()
    assert not WorkoutStep.objects.filter(workout_id=newest).exists()
    assert Payload.objects.filter(dataset=WORKOUT_STEPS.name, key=newest).exists()
    garmin.service.account.deleted_workouts.clear()
    assert sync("workouts").summary["requests"] == 1
    assert dump() == before


def test_a_rebuild_gives_the_same_rows_without_a_request(make: Make) -> None:
    garmin = synced(make())
    garmin.change(delete_workout=Workout.objects.order_by("-updated_time").values_list("pk", flat=True)[0])
    sync("workouts")
    before = dump()
    garmin.reset_counts()
    delete_all()

    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")

    assert dump() == before
    assert garmin.stats()["total"] == 0


@pytest.mark.parametrize("kinds", [("404", "403", "null"), ("204", "null", "404")])
def test_workouts_that_nobody_planned_cost_no_warning(make: Make, kinds: Sequence[str]) -> None:
    garmin = make(workouts=0)
    garmin.faults(*({"match": part, "kind": kind} for part, kind in zip((PERIOD, MONTH, PLANS), kinds, strict=True)))

    job = sync("workouts")

    assert (job.status, job.summary["missing"], job.summary["noticed"]) == (Status.COMPLETED, [], [])
    assert garmin.stats()["total"] <= 4
    assert [model._default_manager.count() for model in (Workout, ScheduledWorkout, TrainingPlan)] == [0, 0, 0]
    garmin.reset_counts()
    sync("workouts")
    assert garmin.stats()["total"] == 1


@pytest.mark.parametrize(
    ("sent", "column", "kept"),
    [
        ({"poolLength": 0.0}, "pool_length_m", None),
        ({"poolLength": 25.0, "poolLengthUnit": {"factor": 100.0}}, "pool_length_m", 25.0),
        ({"poolLength": 25.0, "poolLengthUnit": {"unitKey": "yard", "factor": 91.44}}, "pool_length_m", 22.86),
        ({"poolLength": 33.3, "poolLengthUnit": {"factor": None}}, "pool_length_m", 33.3),
        ({"estimatedDistanceInMeters": 0.0}, "estimated_distance_m", None),
        ({"estimatedDurationInSecs": 0}, "estimated_duration_s", None),
        ({"workoutProvider": "null"}, "provider", None),
    ],
)
def test_what_is_unset_in_the_list_is_null_and_a_pool_is_in_metres(sent: Any, column: str, kept: float | None) -> None:
    made = WORKOUTS.make("4001", {WORKOUTS.name: json.dumps({"workoutId": 4001} | sent).encode()})

    assert made.notes == {WORKOUTS.name: []}
    assert made.rows_of(Workout)[0][column] == kept


# Steps


def steps_of(answer: Any) -> tuple[list[dict[str, Any]], list[str]]:
    made = WORKOUT_STEPS.make("4001", {WORKOUT_STEPS.name: json.dumps(answer).encode()})
    return made.rows_of(WorkoutStep), made.notes[WORKOUT_STEPS.name]


def workout(*steps: Any, sport: str = "running") -> dict[str, Any]:
    segment = {"segmentOrder": 1, "sportType": {"sportTypeId": 1, "sportTypeKey": sport}, "workoutSteps": list(steps)}
    return {"workoutId": 4001, "workoutSegments": [segment]}


NOTHING = {
    "repeats": None,
    "skip_last_rest": None,
    "target_low": None,
    "target_high": None,
    "target_zone": None,
    "second_target": None,
    "second_target_low": None,
    "second_target_high": None,
    "second_target_zone": None,
    "stroke": None,
    "equipment": None,
    "exercise_category": None,
    "exercise": None,
    "weight_kg": None,
    "text": None,
}


def test_repeats_within_repeats_become_rows_that_name_their_parents() -> None:
    hard = step("interval", ("distance", 400.0), "pace.zone", (3.9, 3.6))
    easy = step("recovery", ("time", 90.0), "heart.rate.zone", zone=2, description="locker")
    plan = workout(step("warmup", ("lap.button", 600.0)), repeat(2, [repeat(5, [hard, easy])]))

    rows, notes = steps_of(plan)

    ends = {"ends_by": "iterations", "end_value": None, "target": None}
    assert notes == []
    assert rows == [
        NOTHING | {"workout_id": 4001, "sport": "running"} | row
        for row in (
            {"index": 0, "parent_index": None, "type": "warmup", "ends_by": "lap.button", "end_value": None}
            | {"target": "no.target"},
            {"index": 1, "parent_index": None, "type": "repeat", "repeats": 2} | ends,
            {"index": 2, "parent_index": 1, "type": "repeat", "repeats": 5} | ends,
            {"index": 3, "parent_index": 2, "type": "interval", "ends_by": "distance", "end_value": 400.0}
            | {"target": "pace.zone", "target_low": 3.6, "target_high": 3.9},
            {"index": 4, "parent_index": 2, "type": "recovery", "ends_by": "time", "end_value": 90.0}
            | {"target": "heart.rate.zone", "target_zone": 2, "text": "locker"},
        )
    ]


def test_a_length_has_a_stroke_and_its_pace_as_a_second_target() -> None:
    swim = step("interval", ("distance", 100.0)) | {
        "targetType": None,
        "secondaryTargetType": {"workoutTargetTypeId": 17, "workoutTargetTypeKey": "pace.zone"},
        "secondaryTargetValueOne": 1.25,
        "secondaryTargetValueTwo": 1.2,
        "strokeType": {"strokeTypeId": 6, "strokeTypeKey": "free"},
        "equipmentType": {"equipmentTypeId": 3, "equipmentTypeKey": "fins"},
    }

    rows, _ = steps_of(workout(swim, sport="swimming"))

    second = {"second_target": "pace.zone", "second_target_low": 1.2, "second_target_high": 1.25}
    place = {"workout_id": 4001, "index": 0, "parent_index": None, "sport": "swimming", "type": "interval"}
    until = {"ends_by": "distance", "end_value": 100.0, "target": None}
    assert rows == [NOTHING | place | until | second | {"stroke": "free", "equipment": "fins"}]


@pytest.mark.parametrize(
    ("weight", "unit", "weight_kg"),
    [(12_500.0, ("kilogram", 1000.0), 12.5), (22_679.6185, ("pound", 453.59237), 22.6796185), (-1.0, None, None)],
)
def test_a_weight_is_in_grams_whatever_unit_it_is_shown_in(weight: float, unit: Any, weight_kg: float | None) -> None:
    shown = {"unitKey": unit[0], "factor": unit[1]} if unit else None
    row = step("interval", ("reps", 10.0)) | {"category": "ROW", "exerciseName": "_30_DEGREE_ROW"}

    rows, _ = steps_of(workout(row | {"weightValue": weight, "weightUnit": shown}, sport="strength_training"))

    known = {column: rows[0][column] for column in ("exercise_category", "exercise", "ends_by", "end_value")}
    assert known == {"exercise_category": "ROW", "exercise": "_30_DEGREE_ROW", "ends_by": "reps", "end_value": 10.0}
    assert rows[0]["weight_kg"] == weight_kg


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (200.0, 230.0, (200.0, 230.0)),
        (230.0, 200.0, (200.0, 230.0)),
        (200.0, None, (200.0, None)),
        (None, 230.0, (None, 230.0)),
        (0.0, 0.0, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_a_target_has_a_low_and_a_high_end(one: float | None, two: float | None, expected: Any) -> None:
    target = step("interval", ("time", 60.0), "power.zone") | {"targetValueOne": one, "targetValueTwo": two}

    rows, _ = steps_of(workout(target))

    assert (rows[0]["target_low"], rows[0]["target_high"]) == expected


def test_the_segments_of_a_multisport_workout_each_have_their_sport() -> None:
    both = workout(step("interval", ("time", 60.0)))
    both["workoutSegments"] += workout(step("interval", ("time", 90.0)), sport="cycling")["workoutSegments"]

    rows, _ = steps_of(both)

    assert [(row["index"], row["sport"], row["end_value"]) for row in rows] == [
        (0, "running", 60.0),
        (1, "cycling", 90.0),
    ]


def test_a_step_of_nulls_is_a_row_of_nulls_and_what_is_bad_costs_itself() -> None:
    empty = dict.fromkeys(step("rest", ("time", 1.0)))
    answer = workout(empty, None, step("rest", ("time", 1.0)) | {"endConditionValue": "soon"})
    answer["workoutSegments"].append(7)

    rows, notes = steps_of(answer)

    assert {column: value for column, value in rows[0].items() if value is not None} == {
        "workout_id": 4001,
        "index": 0,
        "sport": "running",
    }
    assert (rows[1]["ends_by"], rows[1]["end_value"]) == ("time", None)
    assert [note.partition(":")[0] for note in notes] == ["item 1", "end_value", "item 1"]


def test_steps_may_come_as_one_object_or_in_another_order() -> None:
    first, second = (step("rest", ("time", seconds)) for seconds in (1.0, 2.0))

    alone, _ = steps_of({"workoutSegments": {"sportType": None, "workoutSteps": first}})
    turned, _ = steps_of(workout(second | {"stepOrder": 2}, first | {"stepOrder": 1}))

    assert [row["end_value"] for row in alone] == [1.0]
    assert [row["end_value"] for row in turned] == [1.0, 2.0]


# What is planned


def test_what_was_done_of_what_was_planned_is_a_join(make: Make) -> None:
    garmin = make(activities=7)
    sync("activities")
    sync("workouts")
    planned, ran = Workout.objects.order_by("pk")[0], Activity.objects.order_by("-start_time")[0]
    assert ran.start_time
    day = (ran.start_time + timedelta(seconds=ran.utc_offset_s or 0)).date()
    garmin.change(plan_workout={"date": str(day), "workout": planned.pk})
    days_later()

    sync("workouts")

    done = ScheduledWorkout.objects.filter(activity_id__in=Activity.objects.values("pk"), workout_id__isnull=False)
    assert done.filter(date=day).values("activity_id", "workout_id").get() == {
        "activity_id": ran.pk,
        "workout_id": planned.pk,
    }
    assert ScheduledWorkout.objects.filter(schedule_id=1_400_000_000 + day.toordinal()).values().get() == {
        "date": day,
        "index": ScheduledWorkout.objects.filter(date=day).count() - 1,
        "schedule_id": 1_400_000_000 + day.toordinal(),
        "workout_id": planned.pk,
        "workout_uuid": None,
        "title": planned.name,
        "sport": planned.sport,
        "plan_id": None,
        "estimated_duration_s": planned.estimated_duration_s,
        "estimated_distance_m": planned.estimated_distance_m,
        "rest_day": False,
        "race": False,
        "activity_id": ran.pk,
    }


def test_what_is_planned_reaches_from_three_months_back_to_two_ahead(make: Make) -> None:
    garmin = make()

    sync("workouts")

    start, end = first_of(-3), first_of(3) - timedelta(days=1)
    assert asked(garmin, PERIOD) == [f"/workout-service/schedule/{PERIOD}?startDate={start}&endDate={end}"]
    dates = list(ScheduledWorkout.objects.order_by("date").values_list("date", flat=True))
    assert start <= dates[0] < start + timedelta(days=20)
    assert end - timedelta(days=20) < dates[-1] <= end
    assert ScheduledWorkout.objects.filter(date__gt=TODAY).exclude(activity_id=None).count() == 0


def test_a_workout_that_was_moved_to_another_day_stands_there_alone(make: Make) -> None:
    garmin = synced(make())
    moved = ScheduledWorkout.objects.filter(date__gt=TODAY + timedelta(days=7)).order_by("date")[0]
    garmin.change(plan_workout={"date": str(moved.date), "workout": None})
    days_later()

    job = sync("workouts")

    assert job.status == Status.COMPLETED
    assert not ScheduledWorkout.objects.filter(date=moved.date).exists()
    assert Coverage.objects.get(dataset=SCHEDULE.name, key=str(moved.date)).state == "gone"
    before = dump()
    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")
    assert dump() == before


def test_what_was_taken_away_and_planned_again_is_there_again(make: Make) -> None:
    garmin = synced(make())
    before = dump()
    moved = ScheduledWorkout.objects.filter(date__gt=TODAY + timedelta(days=7)).order_by("date")[0]
    garmin.change(plan_workout={"date": str(moved.date), "workout": None})
    days_later()
    sync("workouts")
    garmin.change(plan_workout={"date": str(moved.date), "workout": moved.workout_id})
    days_later()

    sync("workouts")

    assert dump() == before


EMPTIED = ((r"/workouts\?", "[]"), (PERIOD, "[]"), (PLANS, '{"trainingPlanList": []}'))


def test_a_library_a_schedule_and_plans_are_believed_to_be_empty_a_day_later(make: Make) -> None:
    garmin = synced(make())
    before = dump()
    emptied = [{"match": part, "kind": "body", "body": body} for part, body in EMPTIED]
    whole: list[dict[str, str]] = []
    for faults in (emptied, whole):
        garmin.faults(*faults)
        days_later()
        sync("workouts")
    for workout in Workout.objects.values_list("pk", flat=True):
        garmin.change(delete_workout=workout)
    garmin.faults(*emptied)
    days_later()

    for full in (False, True):
        assert sync("workouts", full=full).status == Status.COMPLETED
        assert dump() == before
    garmin.reset_counts()
    days_later()
    job = sync("workouts")

    assert job.status == Status.COMPLETED
    assert requests(garmin) == [1, 8, 1, 0, 1, 0]
    models = (Workout, WorkoutStep, ScheduledWorkout, TrainingPlan)
    assert [model._default_manager.count() for model in models] == [0] * 4
    before = dump()
    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")
    assert dump() == before


def test_a_schedule_with_little_of_what_was_planned_is_believed_a_day_later(make: Make) -> None:
    garmin = synced(make())
    before = dump()
    garmin.faults({"match": PERIOD, "kind": "body", "body": json.dumps([{"scheduleDate": str(TODAY)}])})

    for left in (len(before["ScheduledWorkout"]), 1):
        days_later()
        assert sync("workouts").status == Status.COMPLETED
        assert ScheduledWorkout.objects.count() == left


@pytest.mark.parametrize(
    "fault",
    [{"kind": "400"}, {"kind": "body", "body": '[{"what": "nobody knows"}]'}],
)
def test_without_a_period_the_calendar_tells_one_month_after_the_other(make: Make, fault: dict[str, Any]) -> None:
    garmin = make()
    garmin.faults({"match": PERIOD, **fault})

    months = []
    for _ in range(4):
        assert sync("workouts").status == Status.COMPLETED
        assert len(asked(garmin, PERIOD)) + len(asked(garmin, MONTH)) <= 2
        months.append(asked(garmin, MONTH))
        garmin.reset_counts()
        a_day_on()

    now = page_of(first_of(0))
    assert months == [[now], *([now, page_of(first_of(back))] for back in (-3, -2, -1))]


def a_day_on() -> None:
    Coverage.objects.update(asked_at=F("asked_at") - timedelta(days=1, seconds=1))


@pytest.mark.parametrize(
    "fault", [{"kind": "html"}, {"kind": "body", "body": '{"calendarItems": ["x"]}'}, {"kind": "body", "body": "[7]"}]
)
def test_a_month_that_failed_is_asked_for_first_by_the_next_run(make: Make, fault: dict[str, Any]) -> None:
    garmin = make()
    no_period = {"match": PERIOD, "kind": "400"}
    garmin.faults(no_period)
    sync("workouts")
    garmin.faults(no_period, {"match": page_of(first_of(-3)), **fault})
    a_day_on()
    failed = sync("workouts")
    garmin.faults(no_period)
    garmin.reset_counts()

    at_once, asked_at_once = sync("workouts"), asked(garmin, MONTH)
    garmin.reset_counts()
    a_day_on()
    sync("workouts")

    assert (failed.status, at_once.status) == (Status.FAILED, Status.COMPLETED)
    assert asked_at_once == [page_of(first_of(-3))]
    assert asked(garmin, MONTH) == [page_of(first_of(0)), page_of(first_of(-2))]


def test_the_calendar_gives_the_same_workouts_but_for_what_it_does_not_tell(make: Make) -> None:
    in_this_month = {"date__gte": first_of(0), "date__lt": first_of(1), "workout_uuid": None}
    told = ("date", "schedule_id", "workout_id", "title", "sport", "activity_id")
    synced(make())
    by_period = list(ScheduledWorkout.objects.filter(**in_this_month).values_list(*told))
    delete_all()
    for model in (Coverage, Payload):
        model.objects.all().delete()
    make().faults({"match": PERIOD, "kind": "404"})

    sync("workouts")

    by_month = list(ScheduledWorkout.objects.filter(**in_this_month).values_list(*told))
    assert [row[:-1] for row in by_month] == [row[:-1] for row in by_period]
    assert {row[-1] for row in by_month} == {None}
    assert len(by_month) == ScheduledWorkout.objects.count() > 4


@pytest.mark.parametrize("fault", [{"kind": "403"}, {"kind": "400"}, {"kind": "body", "body": "[null]"}])
def test_the_calendar_stands_in_for_a_period_that_was_told_only_when_that_is_parked_and_takes_nothing_away(
    make: Make, fault: dict[str, str]
) -> None:
    garmin = synced(make())
    garmin.faults({"match": PERIOD, **fault})
    here = list(ScheduledWorkout.objects.values())
    taken = {row["date"] for row in here}
    free = next(day for n in range(60) if (day := first_of(0) + timedelta(days=n)) not in taken)
    garmin.change(plan_workout={"date": str(free), "workout": Workout.objects.all()[0].pk})
    for planned in ScheduledWorkout.objects.filter(date__gte=first_of(0), workout_uuid=None)[:2]:
        garmin.change(plan_workout={"date": str(planned.date), "workout": None})
    a_day_on()

    failed = sync("workouts")

    assert (failed.status, asked(garmin, MONTH)) == (Status.FAILED, [])
    assert list(ScheduledWorkout.objects.values()) == here
    Coverage.objects.filter(state="failed").update(tries=4, failing_since_at=timezone.now() - timedelta(days=2))
    for _ in range(3):
        assert sync("workouts").status == Status.COMPLETED
    assert asked(garmin, MONTH) == [page_of(first_of(0)), page_of(first_of(-3))]
    assert list(ScheduledWorkout.objects.exclude(date=free).values()) == here
    assert ScheduledWorkout.objects.filter(date=free).exists() == (free < first_of(1))


@pytest.mark.parametrize(
    "item",
    [
        {"scheduledWorkoutId": 7001, "workoutId": 4001, "workoutName": "Lang", "scheduleDate": "2031-03-04"},
        {
            "workoutScheduleId": 7001,
            "workout": {"workoutId": 4001, "workoutName": "Lang"},
            "calendarDate": "2031-03-04",
        },
        {"id": 7001, "itemType": "workout", "workoutId": 4001, "title": "Lang", "date": "2031-03-04", "duration": 9e9},
    ],
)
def test_all_three_forms_of_a_planned_workout_give_the_same_row(item: dict[str, Any]) -> None:
    made = SCHEDULE.make("2031-03-04", {SCHEDULE.name: json.dumps([item]).encode()})

    assert made.notes == {SCHEDULE.name: []}
    assert [
        {name: value for name, value in row.items() if value is not None} for row in made.rows_of(ScheduledWorkout)
    ] == [{"date": date(2031, 3, 4), "index": 0, "schedule_id": 7001, "workout_id": 4001, "title": "Lang"}]


def test_what_a_coach_has_planned_stands_beside_it_and_has_no_id_that_lasts(make: Make) -> None:
    make()

    sync("workouts")

    coach = ScheduledWorkout.objects.exclude(workout_uuid=None)
    assert coach.count() == 7
    assert set(coach.values_list("schedule_id", "plan_id")) == {(None, TrainingPlan.objects.get().pk)}


# Training plans


def test_a_plan_that_runs_and_its_tasks_become_rows(make: Make) -> None:
    make()

    sync("workouts")

    plan = TrainingPlan.objects.values().get()
    assert plan == {
        "plan_id": 41_200_001,
        "name": "Halbmarathon – Herbst",
        "description": "Zwölf Wochen",
        "category": "FBT_ADAPTIVE",
        "sport": "Running",
        "level": "Intermediate",
        "status": "Scheduled",
        "start_date": TODAY - timedelta(days=21),
        "end_date": TODAY + timedelta(days=63),
        "weeks": 12,
        "workouts_a_week": 4.0,
    }
    assert list(PlanTask.objects.order_by("date").values_list("date", flat=True)) == [
        TODAY + timedelta(days=days) for days in range(-3, 4)
    ]
    rest = PlanTask.objects.filter(rest_day=True).values()[0]
    assert {name for name, value in rest.items() if value is None} == {
        "workout_id",
        "name",
        "description",
        "sport",
        "estimated_duration_s",
        "estimated_distance_m",
        "training_effect",
        "priority",
    }


UNDATED = {
    PERIOD: '[{"scheduleDate": "%s", "workoutName": "one"}, {"workoutName": "two", "scheduleDate": null}, null]',
    MONTH: '{"calendarItems": [{"date": "%s", "itemType": "workout"}, {"itemType": "workout"}, null, "x"]}',
    TASKS: '{"trainingPlanId": "41200001", "taskList": [{"calendarDate": "%s"}, {"calendarDate": null}, null]}',
}


@pytest.mark.parametrize("where", UNDATED)
def test_what_is_planned_without_a_date_costs_itself_alone_and_is_listed_as_long_as_it_is_told(
    make: Make, where: str
) -> None:
    garmin = make()
    no_period = [{"match": PERIOD, "kind": "404"}] if where == MONTH else []
    garmin.faults(*no_period, {"match": where, "kind": "body", "body": UNDATED[where] % TODAY})

    job = sync("workouts")

    model = PlanTask if where == TASKS else ScheduledWorkout
    assert (job.status, model._default_manager.count()) == (Status.COMPLETED, 1)
    assert Problem.objects.count() == Payload.objects.filter(key__contains="undated").count() == 2
    garmin.faults(*no_period)
    days_later()
    assert sync("workouts").status == Status.COMPLETED
    assert not Problem.objects.exists()


def test_tasks_that_the_plan_no_longer_tells_stay(make: Make) -> None:
    garmin = synced(make())
    before = list(PlanTask.objects.filter(date__lt=TODAY).values())
    garmin.change(now=(NOON + timedelta(days=10)).isoformat())
    days_later()

    sync("workouts")

    assert list(PlanTask.objects.filter(date__lt=TODAY).values()) == before
    assert PlanTask.objects.count() == 14


def test_a_plan_that_is_over_is_not_asked_for_its_tasks_and_keeps_them(make: Make) -> None:
    garmin = synced(make())
    garmin.change(now=(NOON + timedelta(days=90)).isoformat())
    days_later()

    job = sync("workouts")

    assert (job.status, asked(garmin, TASKS)) == (Status.COMPLETED, [])
    assert (TrainingPlan.objects.get().status, PlanTask.objects.count()) == ("Completed", 7)


def test_a_plan_whose_tasks_come_in_an_unknown_form_is_kept_as_it_came(make: Make) -> None:
    garmin = make()
    garmin.change(patch={"match": PLANS, "set": {"trainingPlanList.trainingPlanCategory": "PHASED"}})
    phases = {"trainingPlanId": 41_200_001, "planPhases": [{"weeks": 3}]}
    garmin.faults({"match": "phased/41200001", "kind": "body", "body": json.dumps(phases)})

    job = sync("workouts")

    assert (job.status, job.summary["noticed"], PlanTask.objects.count()) == (Status.COMPLETED, [], 0)
    assert json.loads(Payload.objects.get(dataset=PLAN_TASKS.name).content) == phases


@pytest.mark.parametrize("was_killed", [False, True])
def test_tasks_that_a_run_did_not_get_the_next_one_asks_for(make: Make, was_killed: bool) -> None:
    garmin = make()
    garmin.faults({"match": TASKS, "kind": "errors", "times": 1})
    assert sync("workouts").status == Status.FAILED
    if was_killed:
        Coverage.objects.filter(dataset=PLAN_TASKS.name).delete()
    garmin.reset_counts()

    job = sync("workouts")

    assert (job.status, requests(garmin)) == (Status.COMPLETED, [1, 0, 0, 0, 0, 1])
    assert PlanTask.objects.count() == 7


def test_what_garmin_tells_twice_is_planned_once() -> None:
    item = {"id": 5, "date": "2026-07-10", "title": "Intervals", "workoutId": 7}

    assert len(read_scheduled([item, item], [])[ScheduledWorkout]) == 1


@pytest.mark.parametrize("kind", ["403", "404"])
def test_a_library_that_was_never_used_is_no_failure(make: Make, kind: str) -> None:
    garmin = make()
    garmin.faults({"match": "workout-service/workouts", "kind": kind})

    job = sync("workouts")

    assert (job.status, job.summary["missing"]) == (Status.COMPLETED, [])
