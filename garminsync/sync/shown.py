"""Single days that the cheap source left out of its answers, though other datasets show or hint that they have data.

The dear source is asked for those; where all days are left out, see `empty_ranges`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Model, Q
from django.utils import timezone

from garminsync.datasets import DayDataset
from garminsync.models import Activity, Coverage, Series
from garminsync.sync.history import local_day
from garminsync.sync.plan import REFUSED_TWICE, Freshness

# So late a day may still come to Garmin.
NOT_OVER_BEFORE = timedelta(days=2)
# So many days that the dear source has nothing of, either: what hints at days tells also of such without data.
HINTS_IN_VAIN = 5


@dataclass(frozen=True)
class LeftOut:
    """Days, newest first, that the cheap source left out and the dear one was not asked for: those that others show
    to have data, and those that something hints at, of which some are `to_try`. The dear one had none of those asked
    for `in_vain`."""

    shown: Sequence[date] = ()
    hinted: Sequence[date] = ()
    to_try: Sequence[date] = ()
    in_vain: Collection[date] = ()

    def without(self, tried: Collection[date]) -> "LeftOut":
        shown, hinted, to_try = ([d for d in days if d not in tried] for days in (self.shown, self.hinted, self.to_try))
        return replace(self, shown=shown, hinted=hinted, to_try=to_try)


def days_left_out(dataset: DayDataset, since: date, until: date, fresh: Freshness) -> LeftOut:
    """In a full run what was asked for in vain counts for nothing."""
    if len(dataset.sources) == 1 or not dataset.shown_by:
        return LeftOut()
    cheap, *dear = [source.name for source in dataset.sources]
    covered = Coverage.objects.filter(dataset=dataset.name, key__gte=str(since), key__lte=str(until))
    empty = covered.filter(state=Coverage.State.EMPTY)
    # Of a day whose page was refused once, the cheap source said again in this run that it has none.
    once_more = Q(reason=REFUSED_TWICE, asked_at__gte=fresh.run_began)
    days = _days(empty.filter(Q(reason=cheap) | once_more).values_list("key", flat=True))
    in_vain = _days(empty.filter(reason__in=dear).values_list("key", flat=True))
    if fresh.full:
        days, in_vain = days | in_vain, set()
    shown = {day for model in dataset.shown_by for day in _shown_by(model, days)}
    hints = {day for model in dataset.hinted_by for day in _shown_by(model, days | in_vain)} - shown
    hinted = sorted(hints - in_vain, reverse=True)
    tries = max(0, HINTS_IN_VAIN - len(hints & in_vain))
    return LeftOut(sorted(shown, reverse=True), hinted, hinted[:tries], in_vain)


def save_still_in_vain(dataset: DayDataset, keys: Collection[str]) -> set[str]:
    """Those of these keys, which the cheap source left out once more, that the dear one had nothing of, either, when
    they were long over: it is not asked again. Only inside run.saving()."""
    dear = [source.name for source in dataset.sources[1:]]
    empty = Coverage.objects.filter(dataset=dataset.name, state=Coverage.State.EMPTY, reason__in=dear, key__in=keys)
    over = {
        key
        for key, asked_at in empty.values_list("key", "asked_at")
        if asked_at.date() - date.fromisoformat(key) >= NOT_OVER_BEFORE
    }
    empty.filter(key__in=over).update(asked_at=timezone.now())
    return over


def _days(keys: Iterable[str]) -> set[date]:
    return {date.fromisoformat(key) for key in keys}


def _shown_by(model: type[Model], days: set[date]) -> set[date]:
    if not days:
        return set()
    if model is Series:
        within = Series.objects.filter(kind="day", key__in=map(str, days))
        return _days(within.values_list("key", flat=True).distinct())
    if model is not Activity:
        return set(model._default_manager.filter(date__in=days).values_list("date", flat=True))
    near = Activity.objects.filter(
        start_time__date__gte=min(days) - timedelta(days=1), start_time__date__lte=max(days) + timedelta(days=1)
    )
    return days & {
        local_day(start, offset_s)
        for start, offset_s in near.values_list("start_time", "utc_offset_s")
        if start is not None
    }
