"""Asking for days: ranges from the cheap source, single days from the dear one where that fails."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote
from zlib import crc32

from garminsync.client import ENDS_THE_RUN, GarminClient, GarminError, NotFound, Refused, Unavailable
from garminsync.datasets import Source
from garminsync.models import Coverage
from garminsync.schemas.answers import NotUnderstood, read_json, write_json
from garminsync.sync.asks import DAYS, Ask, Step, is_unused
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_nothing
from garminsync.sync.plan import Window, windows
from garminsync.sync.receiving import receive
from garminsync.sync.sources import NARROWER, DaySources

NARROWEST_IN_TROUBLE = 7
# Fewer days without data at the old end of a window are nothing to wonder at.
DAYS_THAT_ARE_NO_HOLIDAY = 7


def ask_days(
    sources: DaySources, days: Iterable[date], depth: int = 0, widest: int = sys.maxsize, *, whole: bool = True
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
            whole=whole,
        )


@dataclass(kw_only=True)
class WindowAsk(Ask):
    """One window of one source."""

    sources: DaySources
    depth: int
    window: Window
    # False for what a wider window left out.
    whole: bool = True

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
        dataset, source, drift = self.sources.dataset, self.source, self.sources.drift
        self.sources.troubles[source.name] = 0
        parts: dict[str, list[Any]] = {}
        undated: dict[str, tuple[Any, str]] = {}
        for index, part in enumerate(source.parts(read_json(content))):
            if (day := source.day(part)) is None:
                # It is kept, too, under a name that does not change from one window to another.
                undated[f"undated {crc32(write_json(part)):08x}"] = (part, f"item {index} has no date")
            else:
                parts.setdefault(str(day), []).append(part)
        if undated and not parts:
            raise NotUnderstood("an answer without dates")
        wanted = {key: self._part_of(key, parts[key]) for key in self._keys() if key in parts}
        if parts and not wanted and source.span == 1:
            raise NotUnderstood("Garmin answered for another day")
        received = receive(dataset, source.name, wanted | {key: part for key, (part, _) in undated.items()}, drift)
        received = received.with_notes(source.name, {key: why for key, (_, why) in undated.items()})
        present = received.present
        left_out = self._left_out(present)
        rest = [key for key in self._keys() if key not in {*present, *map(str, left_out)}]

        def save(tally: Tally) -> None:
            received.save(drift, tally)
            save_coverage(dataset.name, present, Coverage.State.PRESENT)
            save_nothing(dataset, rest, by=source.name)

        return Step(save, list(ask_days(self.sources, left_out, self.depth, whole=False)))

    def _part_of(self, key: str, parts: list[Any]) -> Any:
        """What is kept of a day: of two entries where one belongs the last that holds something."""
        if self.source.many:
            return parts
        dataset, name = self.sources.dataset, self.source.name
        full = [part for part in parts if len(parts) > 1 and dataset.make(key, {name: write_json(part)}).rows]
        return (full or parts)[-1]

    def _left_out(self, present: Sequence[str]) -> list[date]:
        """The oldest days of a window, when the newer ones are all that came: some servers shorten what is too
        wide and do not say so. They are asked for once more, by themselves."""
        if self.sources.dataset.optional or not present:
            return []
        oldest = min(present)
        if not self.whole:  # now it is sure; ask for no more than it gives
            given = (self.window.end - date.fromisoformat(oldest)).days + 1
            self.sources.narrow(self.source, given + 1)
        missing = [day for day in self.window.days if str(day) < oldest]
        return missing if len(missing) >= DAYS_THAT_ARE_NO_HOLIDAY or not self.whole else []

    def give_up(self, error: GarminError) -> Step:
        days, source = self.window.days, self.source
        if isinstance(error, Refused) and error.status == 400 and self.window.width > 1:
            # Refused as it was sent, or, if an earlier refusal taught us, not sent at all.
            self.sources.narrow(source, min(self.window.width, self.sources.span(source) + 1))
            return Step(more=list(ask_days(self.sources, days, self.depth)))
        if self.depth == 0 and self.sources.dataset.optional and is_unused(error) and not self.sources.was_used:
            # A feature that was never used: its dear source is not asked in vain, day by day.
            self.sources.dead.update(each.name for each in self.sources.dataset.sources)
            name, unused = self.sources.dataset.name, Coverage.State.EMPTY
            return Step(lambda tally: save_coverage(name, [""], unused, source.name))
        if isinstance(error, NotFound) and self.window.width == 1 and source.span == 1:
            dataset, keys = self.sources.dataset, self._keys()
            return Step(lambda tally: save_nothing(dataset, keys, by=source.name))
        if isinstance(error, NotFound):
            self.sources.dead.add(source.name)
        fatal = isinstance(error, ENDS_THE_RUN) or (isinstance(error, Refused) and error.status == 401)
        is_last = self.depth + 1 == len(self.sources.dataset.sources)
        down = self.sources.is_down(source)
        # A single day that is refused, too: after some of them the rest would be asked for in vain.
        refused = isinstance(error, Refused) and self.window.width == 1
        self.sources.troubles[source.name] += refused or isinstance(error, Unavailable)
        narrowest = 1 if is_last else NARROWEST_IN_TROUBLE
        if isinstance(error, Unavailable) and not fatal and not down and self.window.width > narrowest:
            # Too wide for a server that hangs up instead of saying so, or one bad day among good ones.
            half = next(span for span in NARROWER if span < self.window.width)
            return Step(more=list(ask_days(self.sources, days, self.depth, half)))
        if not is_last and not fatal:
            return Step(more=list(ask_days(self.sources, days, self.depth + 1)))
        return Step(partial(save_failure, self.sources.dataset.name, self._keys(), self.label, str(error)))

    def _keys(self) -> list[str]:
        return [str(day) for day in self.window.days]
