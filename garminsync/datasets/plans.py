"""Training plans and their tasks."""

from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import ItemDataset, SnapshotDataset
from garminsync.datasets.parts import items_of
from garminsync.datasets.readers import each, once, understood
from garminsync.models import PlanTask, TrainingPlan
from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.schedule import PlanItem, TaskItem

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


def read_tasks(part: Any, notes: list[str]) -> Rows:
    """What a plan asks for on one day; none where it tells its tasks in another form."""
    part = alone(part)
    if not isinstance(part, dict):
        raise NotUnderstood("an answer that is no training plan")
    rows = once(task.row() for _, task in understood(TaskItem, items_of(part.get("taskList")), notes))
    plan = PlanItem.read(part, []).plan_id if rows else None
    return {PlanTask: [{**row, "index": index, "plan_id": plan} for index, row in enumerate(rows)]}


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
