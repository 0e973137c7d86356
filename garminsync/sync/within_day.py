"""What happened within a day: asked for day by day, the newest first."""

from collections.abc import Sequence
from datetime import date

from garminsync.datasets import DATASETS, ItemDataset
from garminsync.sync.asks import Ask
from garminsync.sync.drift import Drift
from garminsync.sync.items import ask_item
from garminsync.sync.plan import Freshness, missing_days


def plan_within_day(since: date, until: date, fresh: Freshness, display_name: str) -> Sequence[Ask]:
    """What failed before first."""
    first: list[tuple[date, ItemDataset]] = []
    then: list[tuple[date, ItemDataset]] = []
    for dataset in (d for d in DATASETS if isinstance(d, ItemDataset) and d.within_day):
        failed, others = missing_days(dataset.name, since, until, fresh)
        first += [(day, dataset) for day in failed]
        then += [(day, dataset) for day in others]
    then.sort(key=lambda wanted: wanted[0], reverse=True)
    drifts = {dataset.name: Drift(dataset) for _, dataset in (*first, *then)}
    return [ask_item(dataset, str(day), display_name, drifts[dataset.name]) for day, dataset in (*first, *then)]
