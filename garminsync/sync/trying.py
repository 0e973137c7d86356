"""Days of the dear source, asked for alone, one after the other, until one has something: then the others are worth
asking for, too. It needs no word of its own in the ledger, unlike the samples of `silence` and the looks of `untold`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from garminsync.client import GarminError
from garminsync.sync.asks import Ask, Step
from garminsync.sync.receiving import Received
from garminsync.sync.sources import DaySources
from garminsync.sync.windows import WindowAsk, ask_days


@dataclass(kw_only=True)
class TryAsk(WindowAsk):
    """One of them. A day that does not come has failed, as any other, and counts as one that has nothing."""

    found: Callable[[date], Iterable[Ask]]
    in_vain: Callable[[], Iterable[Ask]]

    def then(self, received: Received) -> Sequence[Ask]:
        return list(self.found(self.window.end) if received.present else self.in_vain())

    def give_up(self, error: GarminError) -> Step:
        return super().give_up(error).and_also(Step(more=list(self.in_vain())))


def try_days(
    sources: DaySources,
    days: Sequence[date],
    found: Callable[[date], Iterable[Ask]],
    in_vain: Callable[[], Iterable[Ask]] = tuple,
) -> list[Ask]:
    """The dear source for the first of `days`; for the next, where it has nothing. `found` is told the day that has
    something, `in_vain` called where none has."""
    if not days:
        return list(in_vain())
    day, *rest = days
    [alone] = ask_days(sources, [day], depth=len(sources.dataset.sources) - 1)
    return [TryAsk(**vars(alone), found=found, in_vain=partial(try_days, sources, rest, found, in_vain))]
