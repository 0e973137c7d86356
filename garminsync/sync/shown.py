"""Days that other datasets show to have data."""

from datetime import date, timedelta

from django.db.models import Model

from garminsync.datasets import DayDataset
from garminsync.models import Activity, Coverage
from garminsync.sync.history import local_day


def days_shown_elsewhere(dataset: DayDataset, since: date, until: date) -> list[date]:
    """Days, newest first, for which the cheap source had nothing though another dataset has a row."""
    if len(dataset.sources) == 1 or not dataset.shown_by:
        return []
    empty = Coverage.objects.filter(
        dataset=dataset.name,
        state=Coverage.State.EMPTY,
        reason=dataset.sources[0].name,
        key__gte=str(since),
        key__lte=str(until),
    )
    days = {date.fromisoformat(key) for key in empty.values_list("key", flat=True)}
    shown = {day for model in dataset.shown_by for day in _days_of(model, days)} if days else set()
    return sorted(days & shown, reverse=True)


def _days_of(model: type[Model], days: set[date]) -> set[date]:
    if model is not Activity:
        return set(model._default_manager.filter(date__in=days).values_list("date", flat=True))
    near = Activity.objects.filter(
        start_time__date__gte=min(days) - timedelta(days=1), start_time__date__lte=max(days) + timedelta(days=1)
    )
    return {
        local_day(start, offset_s)
        for start, offset_s in near.values_list("start_time", "utc_offset_s")
        if start is not None
    }
