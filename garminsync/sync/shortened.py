"""Ranges that a server cuts short without a word: only the newest days of what was asked for come."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from garminsync.models import Coverage
from garminsync.sync.plan import Window
from garminsync.sync.sources import DaySources

# Fewer days without data at the old end of a window are nothing to wonder at.
DAYS_THAT_ARE_NO_HOLIDAY = 7
# Nor is a time without data that is not much longer than those between the days that have some.
TIMES_THE_LONGEST_GAP = 3


def days_cut_off(window: Window, present: Iterable[str], *, every_day: bool) -> list[date]:
    """The oldest days of the window, where nothing came though the newer ones have data; `every_day` of what a
    watch that is worn tells every day, not now and then."""
    given = sorted(map(date.fromisoformat, present), reverse=True)
    if not given:
        return []
    missing = [day for day in window.days if day < given[-1]]
    longest_gap = max((later - earlier).days for later, earlier in pairwise([window.end, *given]))
    usual = 0 if every_day else TIMES_THE_LONGEST_GAP * longest_gap
    return missing if len(missing) >= max(DAYS_THAT_ARE_NO_HOLIDAY, usual) else []


def days_perhaps_cut_off(of_all: Sequence[DaySources], since: datetime) -> Iterator[tuple[DaySources, list[date], int]]:
    """Where some ranges were cut short, those that told too little to see it: the days, newest first, that
    came empty `since` then, and how many of them to ask for at once."""
    widest = max((sources.cut_to for sources in of_all), default=0)
    for sources in of_all if widest else ():
        source = sources.dataset.sources[0]
        if sources.span(source) > widest:
            asked = Coverage.objects.filter(dataset=sources.dataset.name, asked_at__gte=since).exclude(key="")
            # A day may have but the beginning of what reaches over from it.
            in_doubt = asked if source.reaches_over else asked.filter(state=Coverage.State.EMPTY, reason=source.name)
            keys = in_doubt.order_by("-key").values_list("key", flat=True)
            yield sources, [date.fromisoformat(key) for key in keys], widest
