"""What is kept of workouts, of the calendar and of training plans, to rows."""

from collections.abc import Iterable
from typing import Any

from garminsync.datasets.dataset import Row, Rows
from garminsync.datasets.parts import items_of
from garminsync.models import PlanTask, ScheduledWorkout, WorkoutStep
from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.schedule import PlanItem, ScheduledItem, TaskItem
from garminsync.schemas.workouts import SegmentItem, StepItem


def read_steps(part: Any, notes: list[str]) -> Rows:
    """A row for every step and repeat, in the order they are done; repeats may stand within repeats."""
    part = alone(part)
    if not isinstance(part, dict) or "workoutSegments" not in part:
        raise NotUnderstood("a workout without segments")
    rows: list[Row] = []

    def walk(steps: Any, parent: int | None, sport: str | None) -> None:
        for step in sorted(items_of(steps), key=_order):
            item = StepItem.read(step, notes)
            index = len(rows)
            rows.append({**item.row(), "index": index, "parent_index": parent, "sport": sport})
            walk(step.get("workoutSteps"), index, sport)

    for segment in items_of(part["workoutSegments"]):
        sport = SegmentItem.read(segment, notes).sport
        walk(segment.get("workoutSteps"), None, sport)
    return {WorkoutStep: rows}


def _order(step: Any) -> int:
    place = step.get("stepOrder") if isinstance(step, dict) else None
    return place if isinstance(place, int) else 0


def _once(rows: Iterable[Row]) -> list[Row]:
    """What Garmin tells twice, word for word, is one."""
    found: list[Row] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found


def read_scheduled(part: Any, notes: list[str]) -> Rows:
    """What is planned for one day, in the order of Garmin's ids: the answer has none of its own."""
    rows = _once(ScheduledItem.read(item, notes).row() for item in items_of(part))
    rows.sort(key=lambda row: (row["schedule_id"] or 0, row["workout_uuid"] or "", row["title"] or ""))
    return {ScheduledWorkout: [{**row, "index": index} for index, row in enumerate(rows)]}


def read_tasks(part: Any, notes: list[str]) -> Rows:
    """What a plan asks for on one day; none where it tells its tasks in another form."""
    part = alone(part)
    if not isinstance(part, dict):
        raise NotUnderstood("an answer that is no training plan")
    rows = _once(TaskItem.read(task, notes).row() for task in items_of(part.get("taskList")))
    plan = PlanItem.read(part, []).plan_id if rows else None
    return {PlanTask: [{**row, "index": index, "plan_id": plan} for index, row in enumerate(rows)]}
