"""What a sync would ask, from the ledger alone: nothing is asked of Garmin."""

from datetime import date
from typing import Any

from django.conf import settings

from garminsync.datasets import ACTIVITIES, ACTIVITY_FILES, DAILY, WORKOUTS, ListDataset
from garminsync.models import Account, Activity, Coverage
from garminsync.sync.activities import Files
from garminsync.sync.health import HealthPlan
from garminsync.sync.lists import is_whole_due, known_ids
from garminsync.sync.options import SyncOptions

FIRST_RUN = (
    "This is a first run: nothing is known here about the account yet, so only the lists are counted. "
    "Give --since to see what a time would cost."
)

FURTHER_BACK = "How far back your data goes is not known here yet; what lies before {} is not counted."


def preview(kind: str, options: SyncOptions) -> dict[str, Any]:
    """{requests, seconds, datasets: requests by dataset} and, when something is unknown, a note."""
    datasets: dict[str, int] = {}
    note = ""
    if kind in ("all", "activities"):
        datasets[ACTIVITIES.name] = _pages(ACTIVITIES, options)
        ids = list(Activity.objects.exclude(manual=True).values_list("pk", flat=True))
        datasets[ACTIVITY_FILES.name] = len(list(Files.from_ledger(options.full).asks(ids)))
    if kind in ("all", "workouts"):
        datasets[WORKOUTS.name] = _pages(WORKOUTS, options)
    if kind in ("all", "health"):
        datasets["device_sync"] = 1
        plan = HealthPlan(Account.objects.filter(pk=1).first() or Account(), options)
        since = plan.since or _first_day_asked_for()
        if plan.since is None:
            note = FURTHER_BACK.format(since) if since else FIRST_RUN
        if since:
            for ask in plan.asks_between(since, plan.until):
                datasets[ask.dataset_name] = datasets.get(ask.dataset_name, 0) + 1
    requests = sum(datasets.values())
    rate = settings.GARMINSYNC_RATE
    found = {
        "requests": requests,
        "seconds": round(requests / rate, 1) if rate else 0.0,
        "datasets": datasets,
    }
    return {**found, "note": note} if note else found


def _first_day_asked_for() -> date | None:
    first = Coverage.objects.filter(dataset=DAILY.name).order_by("key").values_list("key", flat=True).first()
    return date.fromisoformat(first) if first else None


def _pages(dataset: ListDataset, options: SyncOptions) -> int:
    """The newest page, or all that are known and one more that says it is the end."""
    in_a_range = dataset is ACTIVITIES and (options.since or options.until)
    if in_a_range or is_whole_due(dataset, options.full):
        return len(known_ids(dataset)) // dataset.page_size + 2
    return 1
