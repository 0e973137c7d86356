"""Asking for days: ranges from the cheap source, single days from the dear one where that fails (`unanswered`).

When all answers of a run are here, `second_looks` asks for some days once more.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import quote

from garminsync.client import GarminClient, GarminError
from garminsync.datasets import DAILY, Source
from garminsync.models import Coverage
from garminsync.schemas.answers import NotUnderstood
from garminsync.sync.along import riders_of
from garminsync.sync.asks import DAYS, LAST, Ask, Step, filled_in
from garminsync.sync.dated import receive_days
from garminsync.sync.ledger import Tally, save_coverage, save_nothing
from garminsync.sync.looked_back import save_looked_back
from garminsync.sync.never_used import never_used, take_waiting
from garminsync.sync.plan import Window, windows
from garminsync.sync.receiving import Received
from garminsync.sync.shortened import reach_of
from garminsync.sync.shown import save_still_in_vain
from garminsync.sync.sources import DaySources
from garminsync.sync.taken_back import save_taken_back
from garminsync.sync.unanswered import Why, without_answer


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
    """One window of one source. Those that also decide about other days, or note more, are kinds of it: in `trying`,
    `untold` and `silence`."""

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

    @property
    def keys(self) -> list[str]:
        return [str(day) for day in self.window.days]

    def asks(
        self, days: Iterable[date], depth: int, widest: int = sys.maxsize, why: Why = Why.PLANNED
    ) -> list["WindowAsk"]:
        """Of the same dataset."""
        return list(ask_days(self.sources, days, depth, widest, why))

    def fetch(self, client: GarminClient) -> bytes:
        self.sources.check(self.source, self.window, is_again=self.why is Why.AGAIN)
        return super().fetch(client)

    def read(self, content: bytes) -> Step:
        sources, dataset = self.sources, self.sources.dataset
        sources.has_answered(self.source)
        received = receive_days(dataset, self.source, self.window, sources.drift, content)
        if self.why is Why.PROBE and not received.present:
            if received.notes:
                raise NotUnderstood(received.notes[0])
            return never_used(sources)
        sources.was_used = sources.was_used or bool(received.present)
        self._note_reach(received.present)
        if dataset is DAILY:
            sources.told[self.source.name].note(received.rows_alone)
        present = set(received.present)
        rest = [key for key in self.keys if key not in present]
        return Step(partial(self._save, received, rest), self.then(received))

    def then(self, received: Received) -> Sequence[Ask]:
        """What is to be asked for next."""
        if self.why is Why.PROBE:
            return self.asks(take_waiting(self.sources, but=self.window), self.depth - 1)
        says_nothing = self.sources.is_gone and self.depth == 0 and not received.present
        return self.asks(self.window.days, self.depth + 1) if says_nothing else ()

    def give_up(self, error: GarminError) -> Step:
        return without_answer(self, error)

    def _note_reach(self, present: Collection[str]) -> None:
        """Something where a range had ended makes it sure that it was cut short."""
        if self.depth:
            return
        if reach := reach_of(self.window, present):
            self.sources.reaches.append(reach)
            if self.why is Why.CUT_OFF:
                self.sources.cut(self.source)
        else:
            self.sources.empty_days += self.window.days

    def _save(self, received: Received, rest: Sequence[str], tally: Tally) -> None:
        """`rest` are the days that have nothing."""
        dataset, by = self.sources.dataset, self.source.name
        received.save(self.sources.drift, tally)
        save_coverage(dataset.name, received.present, Coverage.State.PRESENT)
        settled = save_taken_back(received, rest, tally) if self.source.by_hand else set()
        settled |= save_still_in_vain(dataset, rest) if self.depth == 0 else set()
        save_nothing(dataset, [key for key in rest if key not in settled], by=by)
        for rider in riders_of(by):
            save_nothing(rider, rest, by=by)
        if self.window.looks_back:
            save_looked_back(dataset.name)
