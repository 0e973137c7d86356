"""Workouts: the library's list, the newest change first, with the steps of what has moved; the schedule; training
plans and their tasks. GET trainingplan-service/trainingplan/schedule/{plan} is never called: it changes the account."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from garminsync.client import GarminError, Refused
from garminsync.datasets import PLAN_TASKS, PLANS, WORKOUT_STEPS, WORKOUTS, day_of
from garminsync.models import Account, Coverage, Payload, TrainingPlan, Workout
from garminsync.schemas.answers import NotUnderstood, alone, held, read_json, write_json
from garminsync.sync.asks import FILES, Ask, Step, is_unused
from garminsync.sync.dated import UNDATED, by_content
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_payloads
from garminsync.sync.lists import Listing, is_whole_due, known_ids
from garminsync.sync.marked import Marked
from garminsync.sync.options import SyncOptions
from garminsync.sync.places import forget_places, id_of
from garminsync.sync.receiving import receive
from garminsync.sync.schedule import plan_schedule
from garminsync.sync.snapshots import plan_snapshots

ADAPTIVE = "FBT_ADAPTIVE"


def plan_workouts(account: Account, options: SyncOptions) -> Iterator[Ask]:
    """The newest page or the whole list, and what an earlier run did not get; the rest at most once a day."""
    steps = Marked(WORKOUT_STEPS, options.full, id_name="workoutId")

    def of_workouts(rows: Iterable[Mapping[str, Any]]) -> Sequence[Ask]:
        return list(steps.asks((str(row["workout_id"]), _mark(row["updated_time"])) for row in rows))

    def of_plans(rows: Iterable[Mapping[str, Any]]) -> Sequence[Ask]:
        return [_ask_tasks(row["plan_id"], row["category"]) for row in rows if _runs(row, account.today())]

    yield Listing(
        WORKOUTS,
        whole=is_whole_due(WORKOUTS, options.full),
        found=of_workouts,
        known_ids=known_ids(WORKOUTS),
    ).ask()
    yield from of_workouts(Workout.objects.values("workout_id", "updated_time"))
    yield from plan_schedule(account, options.full)
    snapshots = list(plan_snapshots("workouts", account, options.full, {PLANS.name: of_plans}))
    yield from snapshots
    if not snapshots:
        asked = Coverage.objects.filter(dataset=PLAN_TASKS.name).exclude(state=Coverage.State.FAILED)
        told = set(asked.values_list("key", flat=True))
        # A run may have been stopped between the list and the tasks.
        yield from of_plans([plan for plan in TrainingPlan.objects.values() if str(plan["plan_id"]) not in told])


def _mark(updated: datetime | None) -> str:
    return updated.astimezone(UTC).isoformat() if updated else ""


def _runs(plan: Mapping[str, Any], today: date) -> bool:
    """A plan that is over no longer tells its tasks."""
    return plan["status"] != "Completed" and (plan["end_date"] is None or plan["end_date"] >= today)


def _ask_tasks(plan_id: int, category: str | None) -> Ask:
    path = PLAN_TASKS.path.format(key=plan_id)
    return TasksAsk(
        # Of another plan nobody has shown the tasks: they are kept as they come.
        path=path if category in (ADAPTIVE, None) else path.replace("fbt-adaptive", "phased"),
        label=PLAN_TASKS.label.format(key=plan_id),
        rank=FILES,
        plan_id=plan_id,
    )


@dataclass(kw_only=True)
class TasksAsk(Ask):
    """The tasks of one plan, about a week of them: each day is kept by itself, because the next answer has others."""

    plan_id: int

    @property
    def dataset_name(self) -> str:
        return PLAN_TASKS.name

    def read(self, content: bytes) -> Step:
        answer, drift, key = alone(read_json(content)), Drift(PLAN_TASKS), str(self.plan_id)
        if answer and (not isinstance(answer, dict) or id_of(answer.get("trainingPlanId")) != key):
            raise NotUnderstood("an answer that is not this training plan")
        days = _tasks_by_day(answer.get("taskList") if answer else None)
        parts = {f"{key} {day}": {"trainingPlanId": self.plan_id, "taskList": days[day]} for day in days}
        undated = [name for name in parts if UNDATED in name]
        received = receive(PLAN_TASKS, PLAN_TASKS.name, parts, drift)
        whole = [Payload.of(PLAN_TASKS.name, key, write_json(answer), PLAN_TASKS.version)]

        def save(tally: Tally) -> None:
            forget_places(PLAN_TASKS, f"{key} {UNDATED}", undated)
            received.save(drift, tally)
            save_payloads(whole if answer and not parts else [])
            save_coverage(PLAN_TASKS.name, [key], Coverage.State.PRESENT if parts else Coverage.State.EMPTY)

        return Step(save)

    def give_up(self, error: GarminError) -> Step:
        key, state = str(self.plan_id), Coverage.State.EMPTY
        if is_unused(error) or (isinstance(error, Refused) and error.status == 400):
            return Step(lambda tally: save_coverage(PLAN_TASKS.name, [key], state, str(error)))
        return Step(lambda tally: save_failure(PLAN_TASKS.name, [key], self.label, str(error), tally))


def _tasks_by_day(tasks: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    undated = []
    for task in held(tasks):
        if (day := day_of(task)) is None:
            undated.append(task)
        else:
            found.setdefault(str(day), []).append(task)
    if undated and not found:
        raise NotUnderstood("tasks without a date")
    return found | {name: [task] for name, task in by_content(UNDATED, undated).items()}
