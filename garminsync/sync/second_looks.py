"""Days that are asked for once more because of what the answers of the run say together."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from garminsync.sync.shortened import days_in_doubt, perhaps_cut_off
from garminsync.sync.shown import days_shown_elsewhere
from garminsync.sync.sources import DaySources
from garminsync.sync.windows import Why, WindowAsk, ask_days


def ask_what_is_missing(of_all: Sequence[DaySources], since: date, until: date) -> Iterator[WindowAsk]:
    """Once the cheap answers are here: days that they left out though others show them, or that may have been cut
    off."""
    for sources in of_all:
        if left_out := days_shown_elsewhere(sources.dataset, since, until):
            yield from ask_days(sources, left_out, depth=1)
            for rider in _riders_on(sources, of_all):
                yield from ask_days(rider, left_out)
    for cut_off, missing in perhaps_cut_off(of_all):
        yield from ask_days(cut_off, missing, why=Why.CUT_OFF)


def ask_what_is_in_doubt(of_all: Sequence[DaySources], began: datetime) -> Iterator[WindowAsk]:
    """Once it is known whether ranges are cut short: days that may have been."""
    for sources, days, widest in days_in_doubt(of_all, began):
        yield from ask_days(sources, days, widest=widest)


def _riders_on(sources: DaySources, of_all: Sequence[DaySources]) -> list[DaySources]:
    ridden = sources.dataset.payloads
    return [each for each in of_all if each.dataset.rides_on and each.dataset.rides_on.source in ridden]
