"""Ranges that a server cuts short without a word: only the newest days of what was asked for come.

Every answer of the run is looked at once all are here. One that reaches no further back than another, though both
were asked for more, or that alone leaves out a long time, is asked for once more where it ended; if something comes
then, it is sure, and so is every empty answer to a wider range in doubt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Q

from garminsync.models import Coverage
from garminsync.sync.plan import LEFT_OUT, Window
from garminsync.sync.sources import DaySources, Reach

# Fewer days without data at the old end of the only answer are nothing to wonder at.
DAYS_THAT_ARE_NO_HOLIDAY = 7
# Nor is, for what is not told every day, a time that is not much longer than those between the days that have some.
TIMES_THE_LONGEST_GAP = 3
# What begins in the two months after something else was told by the same new watch, which has to learn some of it: it
# is enough to ask for the first.
A_NEW_WATCH = 60


def reach_of(window: Window, present: Iterable[str]) -> Reach | None:
    """How far back an answer reached; None where it had nothing of what it was asked for. What lies before the days
    asked for says that it reached over all of them."""
    given = sorted(filter(window.asks_for, map(date.fromisoformat, present)), reverse=True)
    if not given:
        return None
    oldest = max(given[-1], window.days[-1])
    return Reach(
        days=(window.end - oldest).days + 1,
        oldest=oldest,
        missing=tuple(day for day in window.days if day < oldest),
        longest_gap=max((later - earlier).days for later, earlier in pairwise([window.end, *given])),
    )


def perhaps_cut_off(of_all: Sequence[DaySources]) -> Iterator[tuple[DaySources, Sequence[date]]]:
    """The days to ask for once more, newest first, where that tells whether ranges are cut short."""
    alone: list[tuple[DaySources, Reach]] = []
    for sources in of_all:
        if often := _often(sources):
            yield sources, often.missing
        elif one := _alone(sources):
            alone.append((sources, one))
    before = date.min
    for sources, one in sorted(alone, key=lambda each: each[1].oldest):
        if (one.oldest - before).days > A_NEW_WATCH:
            before = one.oldest
            yield sources, one.missing


def _often(sources: DaySources) -> Reach | None:
    """One that reaches as far as most others."""
    short = [reach for reach in sources.reaches if len(reach.missing) >= _least(sources, reach, times=1)]
    counts = Counter(reach.days for reach in short)
    most = max(2, len(sources.reaches) / 2)
    return next((reach for reach in short if counts[reach.days] >= most), None)


def _alone(sources: DaySources) -> Reach | None:
    if len(sources.reaches) != 1:
        return None
    [reach] = sources.reaches
    least = max(DAYS_THAT_ARE_NO_HOLIDAY, _least(sources, reach, TIMES_THE_LONGEST_GAP))
    return reach if len(reach.missing) >= least else None


def _least(sources: DaySources, reach: Reach, times: int) -> int:
    """How many days without data are something to wonder at."""
    return 1 + times * reach.longest_gap if sources.dataset.optional else 1


def days_in_doubt(of_all: Sequence[DaySources], since: datetime) -> Iterator[tuple[DaySources, list[date], int]]:
    """Where some ranges were cut short: the days, newest first, of which the wider answers `since` then told nothing,
    and how many of them to ask for at once."""
    widest = max((sources.cut_to for sources in of_all), default=0)
    for sources in of_all if widest else ():
        source = sources.dataset.sources[0]
        if source.span > widest:
            asked = Coverage.objects.filter(dataset=sources.dataset.name, asked_at__gte=since).exclude(key="")
            # A day may have but the beginning of what reaches over from it.
            told_nothing = Q(state=Coverage.State.EMPTY, reason=source.name) | Q(reason=LEFT_OUT)
            in_doubt = asked if source.reaches_over else asked.filter(told_nothing)
            keys = in_doubt.order_by("-key").values_list("key", flat=True)
            yield sources, [date.fromisoformat(key) for key in keys], min(widest, sources.span(source))
