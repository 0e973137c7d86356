"""What becomes of a window that got no usable answer.

Garmin may lack the feature (`never_used`) or that source alone, which a probe of the dear one tells; a refused range
may have had but a bad moment; or there is `another_way`. Where nothing of that is left, the days have failed.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from garminsync.client import ENDS_THE_RUN, GarminError, NotFound, Refused
from garminsync.sync.another_way import another_way, may_come_back
from garminsync.sync.asks import Step, is_unused
from garminsync.sync.ledger import save_failure, save_nothing
from garminsync.sync.looked_back import save_not_looked_back
from garminsync.sync.never_used import is_refused_for_long, looks_unused, never_used, probe_failed, wait_for_probe

if TYPE_CHECKING:  # windows asks this module what to do
    from garminsync.sync.windows import WindowAsk


class Why(Enum):
    """What a window is asked for: PLANNED; AGAIN, after all else, as it was refused; because a wider one may have been
    CUT_OFF there; or as the PROBE of the dear source, which tells whether Garmin lacks the cheap one or the feature."""

    PLANNED = auto()
    AGAIN = auto()
    CUT_OFF = auto()
    PROBE = auto()


def without_answer(ask: "WindowAsk", error: GarminError) -> Step:
    sources, window, depth, why = ask.sources, ask.window, ask.depth, ask.why
    if sources.is_unused and not error.sent:
        return Step()
    unused = looks_unused(sources, error) and (depth == 0 or why is Why.PROBE)
    if unused and (isinstance(error, NotFound) or not window.looks_back):
        return _perhaps_unused(ask, error)
    if window.looks_back and not isinstance(error, ENDS_THE_RUN):
        # The days themselves, without what may lie before them.
        save = partial(save_not_looked_back, ask.dataset_name, str(error))
        return Step(save, ask.asks(window.days, depth, why=why))
    if is_unused(error) and why is Why.PLANNED and may_come_back(sources, ask.source):
        return Step(more=ask.asks(window.days, depth, why=Why.AGAIN))
    if why is Why.PROBE:
        return _failed(ask, probe_failed(sources, window, error), str(error))
    if isinstance(error, NotFound) and _says_empty(ask):
        if is_refused_for_long(sources):
            return never_used(sources)
        return Step(lambda tally: save_nothing(sources.dataset, ask.keys, by=ask.source.name))
    if way := another_way(sources, depth, window, error):
        return Step(more=ask.asks(window.days, way.depth, way.widest, why))
    return _failed(ask, window.days, str(error))


def _perhaps_unused(ask: "WindowAsk", error: GarminError) -> Step:
    sources = ask.sources
    if ask.why is Why.PROBE or isinstance(error, Refused) or sources.is_last(ask.depth):
        return never_used(sources)
    if sources.doubt.stays_because:
        return _failed(ask, ask.window.days, sources.doubt.stays_because)
    return Step(more=ask.asks(wait_for_probe(sources, ask.source, ask.window), ask.depth + 1, why=Why.PROBE))


def _says_empty(ask: "WindowAsk") -> bool:
    """Whether 404 says that these days have nothing: always of a day's own page; of a range where no other source is
    left, and it is one day wide, others were answered, or what it rides on tells more."""
    is_only_here = ask.window.width == 1 or ask.sources.reaches or ask.sources.dataset.rides_on
    return ask.source.span == 1 or bool(is_only_here and ask.sources.is_last(ask.depth))


def _failed(ask: "WindowAsk", days: Iterable[date], why: str) -> Step:
    return Step(partial(save_failure, ask.dataset_name, list(map(str, days)), ask.label, why))
