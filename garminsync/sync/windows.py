"""Asking for days: ranges from the cheap source, single days from the dear one where that fails.

Where no answer comes, the feature was `never_used`, or there is `another_way`. When all answers of a run are here,
`second_looks` asks for days that may have been cut off (`shortened`) or are `shown` elsewhere.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import partial
from urllib.parse import quote

from garminsync.client import ENDS_THE_RUN, GarminClient, GarminError, NotFound, Refused
from garminsync.datasets import Source
from garminsync.models import Coverage
from garminsync.schemas.answers import NotUnderstood
from garminsync.sync.along import riders_of
from garminsync.sync.another_way import another_way, may_come_back
from garminsync.sync.asks import DAYS, LAST, Ask, Step, filled_in, is_unused
from garminsync.sync.dated import receive_days
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_nothing
from garminsync.sync.left_out import save_left_out
from garminsync.sync.looked_back import save_looked_back, save_not_looked_back
from garminsync.sync.never_used import is_refused_for_long, looks_unused, never_used, probe, probe_failed, take_waiting
from garminsync.sync.plan import Window, windows
from garminsync.sync.shortened import reach_of
from garminsync.sync.sources import DaySources


class Why(Enum):
    """What a window is asked for: PLANNED; AGAIN, after all else, as it was refused; because a wider one may have been
    CUT_OFF there; or as the PROBE of a source whose cheap one Garmin does not have."""

    PLANNED = auto()
    AGAIN = auto()
    CUT_OFF = auto()
    PROBE = auto()


def ask_days(
    sources: DaySources, days: Iterable[date], depth: int = 0, widest: int = sys.maxsize, why: Why = Why.PLANNED
) -> Iterator["WindowAsk"]:
    """Asks the `depth`-th source for these days (newest first)."""
    for window in windows(days, min(sources.span(sources.dataset.sources[depth]), widest)):
        yield ask_window(sources, depth, window, why)


def ask_window(sources: DaySources, depth: int, window: Window, why: Why) -> "WindowAsk":
    source = sources.dataset.sources[depth]
    blanks = {"start": str(window.start), "end": str(window.end), "name": quote(sources.display_name, safe="")}
    return WindowAsk(
        path=source.path.format(**blanks),
        params=filled_in(source.params, blanks),
        label=f"{sources.dataset.title} {window}",
        rank=LAST if why is Why.AGAIN else DAYS,
        sources=sources,
        depth=depth,
        window=window,
        why=why,
    )


@dataclass(kw_only=True)
class WindowAsk(Ask):
    """One window of one source."""

    sources: DaySources
    depth: int
    window: Window
    why: Why = Why.PLANNED

    @property
    def dataset_name(self) -> str:
        return self.sources.dataset.name

    @property
    def source(self) -> Source:
        return self.sources.dataset.sources[self.depth]

    def fetch(self, client: GarminClient) -> bytes:
        self.sources.check(self.source, self.window, is_again=self.why is Why.AGAIN)
        return super().fetch(client)

    def read(self, content: bytes) -> Step:
        sources, source, dataset = self.sources, self.source, self.sources.dataset
        sources.troubles[source.name] = 0
        sources.put_off.discard(source.name)
        received = receive_days(dataset, source, self.window, sources.drift, content)
        present = received.present
        if self.why is Why.PROBE and not present:
            if received.notes:
                raise NotUnderstood(received.notes[0])
            return never_used(sources)
        rest = [key for key in self._keys() if key not in present]
        sources.was_used = sources.was_used or bool(present)
        self._note_reach(present)
        waited = take_waiting(sources, but=self.window) if self.why is Why.PROBE else []

        def save(tally: Tally) -> None:
            received.save(sources.drift, tally)
            save_coverage(dataset.name, present, Coverage.State.PRESENT)
            left_out = save_left_out(received, rest, tally) if source.by_hand else set()
            for each in (dataset, *riders_of(source.name)):
                save_nothing(each, [key for key in rest if key not in left_out], by=source.name)
            if self.window.looks_back:
                save_looked_back(dataset.name)

        return Step(save, list(ask_days(sources, waited, self.depth - 1)) if waited else [])

    def _note_reach(self, present: Collection[str]) -> None:
        """Something where a range had ended makes it sure that it was cut short."""
        if self.depth == 0 and (reach := reach_of(self.window, present)):
            self.sources.reaches.append(reach)
            if self.why is Why.CUT_OFF:
                self.sources.cut(self.source)

    def give_up(self, error: GarminError) -> Step:
        sources, days, dataset, source = self.sources, self.window.days, self.sources.dataset, self.source
        if sources.is_unused and not error.sent:
            return Step()
        unused = looks_unused(sources, error) and (self.depth == 0 or self.why is Why.PROBE)
        if unused and (isinstance(error, NotFound) or not self.window.looks_back):
            return self._perhaps_unused(error)
        if self.window.looks_back and not isinstance(error, ENDS_THE_RUN):
            save = partial(save_not_looked_back, dataset.name, str(error))
            return Step(save, list(ask_days(sources, days, self.depth, why=self.why)))
        if is_unused(error) and self.why is Why.PLANNED and may_come_back(sources, source):
            return Step(more=list(ask_days(sources, days, self.depth, why=Why.AGAIN)))
        if self.why is Why.PROBE:
            return self._failed(probe_failed(sources, self.window, error), str(error))
        is_only_here = self.window.width == 1 or sources.reaches or dataset.rides_on
        if isinstance(error, NotFound) and (source.span == 1 or (is_only_here and sources.is_last(self.depth))):
            if is_refused_for_long(sources):
                return never_used(sources)
            keys = self._keys()
            return Step(lambda tally: save_nothing(dataset, keys, by=source.name))
        if way := another_way(sources, self.depth, self.window, error):
            return Step(more=list(ask_days(sources, days, way.depth, way.widest, self.why)))
        return self._failed(days, str(error))

    def _perhaps_unused(self, error: GarminError) -> Step:
        sources, days, source = self.sources, self.window.days, self.source
        if self.why is Why.PROBE or isinstance(error, Refused) or sources.is_last(self.depth):
            return never_used(sources)
        if sources.doubt.stays_because:
            return self._failed(days, sources.doubt.stays_because)
        return probe(sources, source, self.window, partial(ask_days, sources, depth=self.depth + 1, why=Why.PROBE))

    def _failed(self, days: Iterable[date], why: str) -> Step:
        return Step(partial(save_failure, self.dataset_name, list(map(str, days)), self.label, why))

    def _keys(self) -> list[str]:
        return [str(day) for day in self.window.days]
