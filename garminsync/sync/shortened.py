"""Ranges that a server cuts short without a word: only the newest days of what was asked for come.

Every answer of the run is looked at once all are here. One that reaches no further back than another, though both
were asked for more, or that alone leaves out a long time, is asked for once more where it ended; if something comes
then, it is sure, and so is every empty answer to a wider range in doubt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from garminsync.models import Coverage
from garminsync.sync.plan import Window
from garminsync.sync.sources import DaySources, Reach

# Fewer days without data at the old end of the only answer are nothing to wonder at.
DAYS_THAT_ARE_NO_HOLIDAY = 7
# Nor is, for what is not told every day, a time that is not much longer than those between the days that have some.
TIMES_THE_LONGEST_GAP = 3
# What begins in one week was told by one new watch: it is enough to ask for one of it.
A_NEW_WATCH = 7


def reach_of(window: Window, present: Iterable[str]) -> Reach | None:
    """How far back an answer reached; None where it had nothing."""
    given = sorted(map(date.fromisoformat, present), reverse=True)
    if not given:
        return None
    return Reach(
        days=(window.end - given[-1]).days + 1,
        oldest=given[-1],
        missing=tuple(day for day in window.days if day < given[-1]),
        longest_gap=max((later - earlier).days for later, earlier in pairwise([window.end, *given])),
    )


def perhaps_cut_off(of_all: Sequence[DaySources]) -> Iterator[tuple[DaySources, Sequence[date]]]:
    """The days to ask for once more, newest first, where that tells whether ranges are cut short."""
    begun: list[date] = []
    for sources in of_all:
        often, alone = _often(sources.reaches), _alone(sources)
        if often:
            yield sources, often.missing
        elif alone and not any(abs((alone.oldest - other).days) <= A_NEW_WATCH for other in begun):
            begun.append(alone.oldest)
            yield sources, alone.missing


def _often(reaches: Sequence[Reach]) -> Reach | None:
    """One that reaches as far as another."""
    short = [reach for reach in reaches if reach.missing]
    counts = Counter(reach.days for reach in short)
    return next((reach for reach in short if counts[reach.days] > 1), None)


def _alone(sources: DaySources) -> Reach | None:
    if len(sources.reaches) != 1:
        return None
    [reach] = sources.reaches
    usual = TIMES_THE_LONGEST_GAP * reach.longest_gap if sources.dataset.optional else 0
    return reach if len(reach.missing) >= max(DAYS_THAT_ARE_NO_HOLIDAY, usual) else None


def days_in_doubt(of_all: Sequence[DaySources], since: datetime) -> Iterator[tuple[DaySources, list[date], int]]:
    """Where some ranges were cut short: the days, newest first, of which the wider answers `since` then told nothing,
    and how many of them to ask for at once."""
    widest = max((sources.cut_to for sources in of_all), default=0)
    for sources in of_all if widest else ():
        source = sources.dataset.sources[0]
        if source.span > widest:
            asked = Coverage.objects.filter(dataset=sources.dataset.name, asked_at__gte=since).exclude(key="")
            # A day may have but the beginning of what reaches over from it.
            in_doubt = asked if source.reaches_over else asked.filter(state=Coverage.State.EMPTY, reason=source.name)
            keys = in_doubt.order_by("-key").values_list("key", flat=True)
            yield sources, [date.fromisoformat(key) for key in keys], min(widest, sources.span(source))
