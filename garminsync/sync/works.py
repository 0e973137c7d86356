"""The works that a job can do, by name: what URLs, admin and the command start."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

from garminsync.datasets import ACTIVITIES, DAILY, DATASETS
from garminsync.models import Account, Coverage
from garminsync.sync.account import connect
from garminsync.sync.activities import plan_activities
from garminsync.sync.asks import Ask
from garminsync.sync.engine import Engine
from garminsync.sync.gear import plan_gear_and_records
from garminsync.sync.health import HealthPlan
from garminsync.sync.ledger import Tally
from garminsync.sync.options import SyncOptions
from garminsync.sync.rebuild import make_stale
from garminsync.sync.survey import in_trouble, told
from garminsync.sync.workouts import plan_workouts
from syncjobs.run import Failed, Run

TELL_THE_FIRST_DAY = (DAILY.name, ACTIVITIES.name)
KINDS = ("activities", "health", "workouts")
NAMED_AT_MOST = 5


def sync(kinds: Collection[str], run: Run, options: SyncOptions) -> None:
    """Copies what is missing. Raises Failed, after everything else is saved, when something is."""
    account = Account.objects.get(pk=1)
    health = HealthPlan(account, options)
    tally = Tally()
    made = make_stale(run, DATASETS, tally)
    with Engine(run, partial(connect, run), tally, made) as engine:
        try:
            engine.go(first_asks(kinds, health, options))
            while further := health.further_back():
                engine.go(further)
            if "health" in kinds:
                engine.go(health.what_is_left())
                engine.go(health.what_is_in_doubt())
                engine.go(health.what_rides_on_that())
                failed = {failure.dataset for failure in engine.tally.missing}
                engine.save(partial(health.save_learned, knows_first_day=failed.isdisjoint(TELL_THE_FIRST_DAY)))
        finally:
            run.summary = _summary(engine.tally, engine.requests)
    if missing := told(engine.tally.missing):
        named = "; ".join(missing[:NAMED_AT_MOST])
        rest = f"; and {len(missing) - NAMED_AT_MOST} more" if len(missing) > NAMED_AT_MOST else ""
        raise Failed(f"Could not fetch {named}{rest}. All else is stored; the next sync asks for it first.")


def first_asks(kinds: Collection[str], health: HealthPlan, options: SyncOptions) -> Iterator[Ask]:
    """What a run begins with; the rest follows from the answers."""
    if "activities" in kinds:
        yield from plan_activities(options, options.since)
        yield from plan_gear_and_records(health.account, options.full)
    if "workouts" in kinds:
        yield from plan_workouts(health.account, options)
    if "health" in kinds:
        yield from health.asks()


def _summary(tally: Tally, requests: int) -> dict[str, Any]:
    return {
        **tally.counts(),
        "requests": requests,
        "noticed": [*tally.noticed, *_new_problems(tally.problems)],
        "missing": [*told(tally.missing), *(f"{parked} (parked)" for parked in in_trouble(Coverage.State.PARKED))],
    }


def _new_problems(count: int) -> list[str]:
    said = "1 new problem" if count == 1 else f"{count} new problems"
    return [f"{said}: manage.py problems lists what could not be understood"] if count else []


type SyncWork = Callable[[Run, SyncOptions], None]

sync_activities: SyncWork = partial(sync, ("activities",))
sync_health: SyncWork = partial(sync, ("health",))
sync_workouts: SyncWork = partial(sync, ("workouts",))
sync_all: SyncWork = partial(sync, KINDS)

WORKS: Mapping[str, SyncWork] = {
    "all": sync_all,
    "activities": sync_activities,
    "health": sync_health,
    "workouts": sync_workouts,
}
