"""Days that are asked for once more because of what the answers of the run say together."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from garminsync.sync.asks import Ask
from garminsync.sync.empty_ranges import days_of_empty_ranges, days_to_try
from garminsync.sync.plan import Freshness
from garminsync.sync.shortened import days_in_doubt, perhaps_cut_off
from garminsync.sync.shown import LeftOut, days_left_out
from garminsync.sync.sources import DaySources
from garminsync.sync.trying import try_days
from garminsync.sync.unanswered import Why
from garminsync.sync.windows import WindowAsk, ask_days


def ask_what_is_missing(
    of_all: Sequence[DaySources], since: date, until: date, fresh: Freshness, first_week: date | None
) -> Iterator[Ask]:
    """Once the cheap answers are here: days that they left out though others show them, or that may have been cut
    off. `first_week` is the first day of the first week that has data, as far as the run was told."""
    for sources in of_all:
        left_out = days_left_out(sources.dataset, since, until, fresh)
        if empty := days_of_empty_ranges(sources):
            days = days_to_try(empty, [*left_out.shown, *left_out.to_try], first_week)
            asked_again = [day for day in empty if day not in left_out.in_vain]
            gone = partial(_ask_all_of_the_gone, sources, of_all, asked_again)
            yield from try_days(sources, days, gone, partial(_ask_left_out, sources, of_all, left_out.without(days)))
        else:
            yield from _ask_left_out(sources, of_all, left_out)
    for cut_off, missing in perhaps_cut_off(of_all):
        yield from ask_days(cut_off, missing, why=Why.CUT_OFF)


def ask_what_is_in_doubt(of_all: Sequence[DaySources], began: datetime) -> Iterator[WindowAsk]:
    """Once it is known whether ranges are cut short: days that may have been."""
    for sources, days, widest in days_in_doubt(of_all, began):
        yield from ask_days(sources, days, widest=widest)


def _ask_left_out(sources: DaySources, of_all: Sequence[DaySources], left_out: LeftOut) -> Iterator[Ask]:
    """Those that are shown, and those that are hinted at, the latter as soon as one of some has something."""
    if left_out.shown:
        yield from ask_days(sources, left_out.shown, depth=1)
        yield from _ask_riders(sources, of_all, left_out.shown)
    yield from try_days(sources, left_out.to_try, partial(_ask_all, sources, of_all, left_out.hinted))


def _ask_all_of_the_gone(
    sources: DaySources, of_all: Sequence[DaySources], days: Sequence[date], tried: date
) -> Iterator[Ask]:
    sources.take_for_gone()
    yield from _ask_all(sources, of_all, days, tried)


def _ask_all(sources: DaySources, of_all: Sequence[DaySources], days: Sequence[date], tried: date) -> Iterator[Ask]:
    """All of these days from the dear source, now that it has one of them."""
    yield from ask_days(sources, [day for day in days if day != tried], depth=1)
    yield from _ask_riders(sources, of_all, days)


def _ask_riders(sources: DaySources, of_all: Sequence[DaySources], days: Sequence[date]) -> Iterator[Ask]:
    ridden = sources.dataset.payloads
    for each in of_all:
        if each.dataset.rides_on and each.dataset.rides_on.source in ridden:
            yield from ask_days(each, days)
