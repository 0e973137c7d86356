"""Workouts: the library, and the steps of each."""

from typing import Any

from garminsync.datasets.dataset import Row, Rows, Table
from garminsync.datasets.kinds import ItemDataset, ListDataset
from garminsync.datasets.parts import items_of
from garminsync.datasets.readers import one, understood
from garminsync.models import Workout, WorkoutStep
from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.workouts import SegmentItem, StepItem, WorkoutItem

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


def read_steps(part: Any, notes: list[str]) -> Rows:
    """A row for every step and repeat, in the order they are done; repeats may stand within repeats."""
    part = alone(part)
    if not isinstance(part, dict) or "workoutSegments" not in part:
        raise NotUnderstood("a workout without segments")
    rows: list[Row] = []

    def walk(steps: Any, parent: int | None, sport: str | None) -> None:
        for step, item in understood(StepItem, sorted(items_of(steps), key=_order), notes):
            index = len(rows)
            rows.append({**item.row(), "index": index, "parent_index": parent, "sport": sport})
            walk(step.get("workoutSteps"), index, sport)

    for segment, read in understood(SegmentItem, items_of(part["workoutSegments"]), notes):
        walk(segment.get("workoutSteps"), None, read.sport)
    return {WorkoutStep: rows}


def _order(step: Any) -> float:
    place = step.get("stepOrder") if isinstance(step, dict) else None
    return place if isinstance(place, int | float) else 0


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
