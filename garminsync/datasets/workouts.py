"""Workouts: the library, the steps of each, what is planned for which day, and training plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from garminsync.datasets.dataset import Dataset, Table
from garminsync.datasets.kinds import ItemDataset, ListDataset, SnapshotDataset
from garminsync.datasets.parts import day_at, items_of
from garminsync.datasets.reading import one
from garminsync.datasets.things import each
from garminsync.datasets.workout_reading import read_scheduled, read_steps, read_tasks
from garminsync.models import PlanTask, ScheduledWorkout, TrainingPlan, Workout, WorkoutStep
from garminsync.schemas.answers import held, under
from garminsync.schemas.schedule import PlanItem
from garminsync.schemas.workouts import WorkoutItem

WORKOUTS = ListDataset(
    name="workouts",
    title="workouts",
    shape="agreed by several public clients with answers of their own",
    kind="workouts",
    path="/workout-service/workouts",
    params={"orderBy": "UPDATE_DATE", "orderSeq": "DESC"},
    detail="/workout-service/workout/{id}",
    read=one(Workout, WorkoutItem),
    tables=(Table(Workout, "workout_id"),),
    id_name="workoutId",
    sorted_by="updated_time",
    optional=True,
    version=3,
)

WORKOUT_STEPS = ItemDataset(
    name="workout_steps",
    title="steps of workouts",
    shape="agreed by several public clients with answers of their own",
    kind="workouts",
    path="/workout-service/workout/{key}",
    label="steps of workout {key}",
    asked="and again when it was edited",
    part_of="workouts",
    read=read_steps,
    version=2,
    tables=(Table(WorkoutStep, "workout_id"),),
)


@dataclass(frozen=True, kw_only=True)
class ScheduleDataset(Dataset):
    """What is planned for which day, from `months_back` before this month to `months_ahead` of it. One request for
    a period; where Garmin has no such answer, one for a month of the calendar, `month` counted from 0."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    month: str
    months_back: int
    months_ahead: int

    def is_list(self, answer: Any) -> bool:
        """Whether it says what is planned, be it nothing."""
        return isinstance(under(answer, *LISTS_PLANNED), list)

    def days_of_period(self, answer: Any) -> dict[date, list[Any]] | None:
        """Its items by day; None for an answer in no known form."""
        return _by_day(items_of(answer, PERIOD), "scheduleDate", "calendarDate", "date")

    def days_of_month(self, answer: Any) -> dict[date, list[Any]] | None:
        """Only the workouts: the calendar also has activities, weights, naps, goals and notes."""
        found = under(answer, MONTH)
        items = [] if found is answer else held(found)
        if found is answer or not all(isinstance(item, dict) for item in items):
            return None
        return _by_day((item for item in items if item.get("itemType") in PLANNED), "date")


# Under what they stand in an answer.
LISTS_PLANNED = PERIOD, MONTH = "workoutScheduleSummariesScalar", "calendarItems"
PLANNED = ("workout", "fbtAdaptiveWorkout")


def _by_day(items: Iterable[Any], *names: str) -> dict[date, list[Any]] | None:
    found: dict[date, list[Any]] = {}
    for item in items:
        if (day := day_at(*names)(item)) is None:
            return None
        found.setdefault(day, []).append(item)
    return found


SCHEDULE = ScheduleDataset(
    name="schedule",
    title="planned workouts",
    shape="by month agreed by several public clients; of a period a tolerant guess",
    kind="workouts",
    path="/workout-service/schedule/workoutScheduleByPeriod",
    params={"startDate": "{start}", "endDate": "{end}"},
    month="/calendar-service/year/{year}/month/{month}",
    months_back=3,
    months_ahead=2,
    read=read_scheduled,
    version=2,
    tables=(Table(ScheduledWorkout),),
)

PLANS = SnapshotDataset(
    name="training_plans",
    title="training plans",
    shape="agreed by several public clients with answers of their own",
    kind="workouts",
    path="/trainingplan-service/trainingplan/plans",
    params={"limit": "50"},
    list_name="trainingPlanList",
    read=each(TrainingPlan, PlanItem, "trainingPlanList"),
    version=2,
    tables=(Table(TrainingPlan, None),),
)

PLAN_TASKS = ItemDataset(
    name="plan_tasks",
    title="tasks of training plans",
    shape="agreed by a few public clients",
    kind="workouts",
    path="/trainingplan-service/trainingplan/fbt-adaptive/{key}",
    label="tasks of training plan {key}",
    asked="at most once a day, as long as the plan runs",
    read=read_tasks,
    version=2,
    tables=(Table(PlanTask, "plan_day"),),
)
