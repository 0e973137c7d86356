"""What happened within a day: asked for day by day, the newest first."""

from collections.abc import Sequence
from datetime import date

from garminsync.datasets import DATASETS, ItemDataset
from garminsync.models import Coverage
from garminsync.sync.asks import Ask
from garminsync.sync.drift import Drift
from garminsync.sync.items import ask_item
from garminsync.sync.plan import Freshness, missing_days

WITHIN_DAY = [dataset for dataset in DATASETS if isinstance(dataset, ItemDataset) and dataset.within_day]


def plan_within_day(since: date, until: date, fresh: Freshness, display_name: str) -> Sequence[Ask]:
    """What failed before first."""
    first: list[tuple[date, ItemDataset]] = []
    then: list[tuple[date, ItemDataset]] = []
    for dataset in WITHIN_DAY:
        failed, others = missing_days(dataset.name, since, until, fresh)
        first += [(day, dataset) for day in failed]
        then += [(day, dataset) for day in others]
    then.sort(key=lambda wanted: wanted[0], reverse=True)
    drifts = {dataset.name: Drift(dataset) for _, dataset in (*first, *then)}
    return [ask_item(dataset, str(day), display_name, drifts[dataset.name]) for day, dataset in (*first, *then)]


def is_here_within(since: date, before: date) -> bool:
    """Whether something of these days is here."""
    names = [dataset.name for dataset in WITHIN_DAY]
    here = Coverage.objects.filter(dataset__in=names, state=Coverage.State.PRESENT)
    return here.filter(key__gte=str(since), key__lt=str(before)).exists()
