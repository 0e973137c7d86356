"""What a sync would ask, from the ledger alone: nothing is asked of Garmin."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from garminsync.models import Account, Activity
from garminsync.sync.account import signed_in
from garminsync.sync.asks import Ask
from garminsync.sync.health import HealthPlan
from garminsync.sync.history import first_day_asked_for
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import KINDS, first_asks

FIRST_RUN = (
    "This is a first run: nothing is known here about the account yet, so only the lists are counted.\n"
    "Give --since to see what the days of a time would cost."
)
FURTHER_BACK = "How far back your data goes is not known here yet; what lies before {} is not counted."
NEW_ACTIVITIES = "Each activity that is not known here yet costs one request more, for its file."


def preview(kind: str, options: SyncOptions) -> dict[str, Any]:
    """{requests, seconds, datasets: requests by dataset} and, when something is unknown, a note, a sentence
    on each line."""
    kinds = KINDS if kind == "all" else (kind,)
    plan = HealthPlan(Account.objects.filter(pk=1).first() or Account(), options)
    datasets: Counter[str] = Counter()
    for ask in (*first_asks(kinds, plan, options), *(_days(plan) if "health" in kinds else ())):
        datasets[ask.dataset_name] += ask.expected_requests
    rate = settings.GARMINSYNC_RATE
    found = {
        "requests": datasets.total(),
        "seconds": round(datasets.total() / rate, 1) if rate else 0.0,
        "datasets": dict(datasets),
    }
    notes = list(_notes(kinds, plan, options))
    return {**found, "note": "\n".join(notes)} if notes else found


def _days(plan: HealthPlan) -> Iterator[Ask]:
    if since := plan.since or first_day_asked_for():
        yield from plan.asks_between(since, plan.until)


def _notes(kinds: tuple[str, ...], plan: HealthPlan, options: SyncOptions) -> Iterator[str]:
    if "health" in kinds and plan.since is None:
        since = first_day_asked_for()
        yield FURTHER_BACK.format(since) if since else FIRST_RUN
    if "activities" in kinds and not Activity.objects.exists():
        yield NEW_ACTIVITIES
    if missing := signed_in():
        yield missing
