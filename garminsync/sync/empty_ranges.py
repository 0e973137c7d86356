"""Ranges of days that are all empty: none of a run gave a single day, though something shows that there are some.

The dear source is asked for one of these; if it has something, the range is taken for gone in this run. (A range that
gives but its newest days is `shortened`; single days that it leaves out are `shown`; values it leaves out `untold`.)
"""

from collections.abc import Sequence
from datetime import date, timedelta

from garminsync.datasets import DAILY
from garminsync.models import Day
from garminsync.sync.sources import DaySources

A_WEEK = 7


def days_of_empty_ranges(sources: DaySources) -> list[date]:
    """All that were asked for in vain, newest first, where nothing came of any other."""
    are_empty = sources.dataset is DAILY and not sources.reaches
    return sorted(set(sources.empty_days), reverse=True) if are_empty else []


def days_to_try(days: Sequence[date], shown: Sequence[date], first_week: date | None) -> list[date]:
    """One that others show, or that is here, if possible not the newest, of which Garmin may not have all; or else
    those of the first week of which Garmin says that it has data."""
    here = set(Day.objects.filter(date__gte=days[-1], date__lte=days[0]).values_list("date", flat=True))
    known = sorted(here.intersection(days).union(shown), reverse=True)
    if known:
        return [known[min(1, len(known) - 1)]]
    week = {first_week + timedelta(days=n) for n in range(A_WEEK)} if first_week else set()
    return sorted(week.intersection(days), reverse=True)
