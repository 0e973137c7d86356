"""Asking for days: ranges from the cheap source, single days from the dear one where that fails."""

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import partial
from urllib.parse import quote

from garminsync.client import GarminClient, GarminError, NotFound, Refused
from garminsync.datasets import Source
from garminsync.models import Coverage, Day
from garminsync.schemas.answers import NotUnderstood
from garminsync.sync.along import riders_of
from garminsync.sync.another_way import another_way
from garminsync.sync.asks import DAYS, Ask, Step, is_unused
from garminsync.sync.dated import receive_days
from garminsync.sync.deletions import save_deleted
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_nothing
from garminsync.sync.plan import Window, windows
from garminsync.sync.shortened import reach_of
from garminsync.sync.sources import DaySources

A_FEW_DAYS = 5
# Days back from the newest on which the watch was worn.
PROBES = (1, 8)


class Why(Enum):
    """What a window is asked for: PLANNED; because a wider one may have been CUT_OFF there; because what was there
    has VANISHED; or as the PROBE of a source whose cheap one Garmin does not have."""

    PLANNED = auto()
    CUT_OFF = auto()
    VANISHED = auto()
    PROBE = auto()


def ask_days(
    sources: DaySources, days: Iterable[date], depth: int = 0, widest: int = sys.maxsize, why: Why = Why.PLANNED
) -> Iterator["WindowAsk"]:
    """Asks the `depth`-th source for these days (newest first)."""
    source = sources.dataset.sources[depth]
    for window in windows(days, min(sources.span(source), widest)):
        blanks = {"start": str(window.start), "end": str(window.end), "name": quote(sources.display_name, safe="")}
        yield WindowAsk(
            path=source.path.format(**blanks),
            params={name: value.format(**blanks) for name, value in source.params.items()},
            label=f"{sources.dataset.title} {window}",
            rank=DAYS,
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
        self.sources.check(self.source, self.window.width)
        return super().fetch(client)

    def read(self, content: bytes) -> Step:
        sources, source, dataset = self.sources, self.source, self.sources.dataset
        sources.troubles[source.name] = 0
        received = receive_days(dataset, source, self.window, sources.drift, content)
        present = received.present
        if self.why is Why.PROBE and not present:
            if received.notes:
                raise NotUnderstood(received.notes[0])
            return self._unless_used()
        if self.why is Why.VANISHED and not present:
            return Step(partial(save_deleted, dataset, self._keys()))
        rest = [key for key in self._keys() if key not in present]
        sources.was_used = sources.was_used or bool(present)
        self._note_reach(present)
        more: list[WindowAsk] = []
        for day in self._vanished(rest) if present and source.by_hand else ():
            more += ask_days(sources, [day], self.depth, why=Why.VANISHED)
        if self.why is Why.PROBE:
            more += ask_days(sources, sources.take_undecided(but=self.window), self.depth)

        def save(tally: Tally) -> None:
            received.save(sources.drift, tally)
            save_coverage(dataset.name, present, Coverage.State.PRESENT)
            for each in (dataset, *riders_of(source.name)):
                save_nothing(each, rest, by=source.name)

        return Step(save, more)

    def _vanished(self, keys: Sequence[str]) -> list[date]:
        """Days whose rows the person may have deleted at Garmin; more than a few say that Garmin left them out."""
        here = self.sources.dataset.keys_here(keys)
        return [date.fromisoformat(key) for key in sorted(here)] if len(here) <= A_FEW_DAYS else []

    def _note_reach(self, present: Collection[str]) -> None:
        """Something where a range had ended makes it sure that it was cut short."""
        if self.depth == 0 and (reach := reach_of(self.window, present)):
            self.sources.reaches.append(reach)
            if self.why is Why.CUT_OFF:
                self.sources.cut(self.source)

    def give_up(self, error: GarminError) -> Step:
        sources, days, dataset, source = self.sources, self.window.days, self.sources.dataset, self.source
        is_first = self.depth == 0 or self.why is Why.PROBE
        if dataset.optional and not sources.was_used and is_first and is_unused(error):
            if self.why is Why.PROBE:
                return self._unless_used()
            return self._refused() if isinstance(error, Refused) or sources.is_last(self.depth) else self._probe()
        if self.why is Why.PROBE:
            if sources.undecided_because:
                return Step()  # its day has failed with those of the other probe
            sources.undecided_because = str(error)
            return self._failed({*sources.undecided, *days}, str(error))
        if isinstance(error, NotFound) and self.why is Why.VANISHED:
            return Step(partial(save_deleted, dataset, self._keys()))
        is_only_here = self.window.width == 1 or sources.reaches or dataset.rides_on
        if isinstance(error, NotFound) and (source.span == 1 or (is_only_here and sources.is_last(self.depth))):
            keys = self._keys()
            return Step(lambda tally: save_nothing(dataset, keys, by=source.name))
        if way := another_way(sources, self.depth, self.window, error):
            return Step(more=list(ask_days(sources, days, way.depth, way.widest)))
        return self._failed(days, str(error))

    def _failed(self, days: Iterable[date], why: str) -> Step:
        return Step(partial(save_failure, self.dataset_name, list(map(str, days)), self.label, why))

    def _refused(self) -> Step:
        """It takes two refusals to believe that a feature was never used: the second is that of another window or,
        when all else is asked, of this one once more."""
        self.sources.refusals += 1
        if self.sources.refusals > 1:
            return self._never_used()
        return Step(more=list(ask_days(self.sources, self.window.days, self.depth)))

    def _probe(self) -> Step:
        """Garmin lacks either the feature or the range alone: the dear source knows, and is asked for two days, as
        far as is known such on which the watch was worn, and neither of them today, which may not have it yet."""
        sources, first = self.sources, not self.sources.undecided
        if sources.undecided_because:
            return self._failed(self.window.days, sources.undecided_because)
        sources.dead.add(self.source.name)
        sources.undecided.extend(self.window.days)
        worn = [day for day in self.window.days if Day.objects.filter(date=day).exists()] or [*self.window.days]
        likely = {worn[min(back, len(worn) - 1)] for back in PROBES}
        probes = [ask for day in likely for ask in ask_days(sources, [day], self.depth + 1, why=Why.PROBE)]
        if first:
            sources.probes = len(probes)
        return Step(more=probes if first else [])

    def _unless_used(self) -> Step:
        """One probe had nothing."""
        self.sources.refusals += 1
        return self._never_used() if self.sources.refusals == self.sources.probes else Step()

    def _never_used(self) -> Step:
        """Of a feature that was never used no day is asked for in vain."""
        dataset, source = self.sources.dataset, self.source
        self.sources.dead.update(each.name for each in dataset.sources)
        return Step(lambda tally: save_coverage(dataset.name, [""], Coverage.State.EMPTY, source.name))

    def _keys(self) -> list[str]:
        return [str(day) for day in self.window.days]
