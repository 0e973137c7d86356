"""Asking for days: ranges from the cheap source, single days from the dear one where that fails."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

from garminsync.client import ENDS_THE_RUN, GarminClient, GarminError, NotFound, Refused, Unavailable
from garminsync.datasets import DayDataset, Source
from garminsync.models import Coverage
from garminsync.schemas.base import NotUnderstood, read_json
from garminsync.sync.asks import DAYS, Ask, Step
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_nothing, save_problems
from garminsync.sync.making import Drift, receive
from garminsync.sync.plan import Window, windows

NARROWER = (28, 14, 7, 1)
NARROWEST_IN_TROUBLE = 7


@dataclass
class DayAsks:
    """All asks for one dataset in one run. It learns: how wide a span Garmin takes, which source is dead."""

    dataset: DayDataset
    display_name: str
    spans: dict[str, int] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.drift = Drift(self.dataset)

    def span(self, source: Source) -> int:
        return self.spans.get(source.name, source.span)

    def asks(self, days: Iterable[date], depth: int = 0, widest: int = 366) -> Iterator["WindowAsk"]:
        """Asks the `depth`-th source for these days (newest first)."""
        source = self.dataset.sources[depth]
        for window in windows(days, min(self.span(source), widest)):
            blanks = {
                "start": str(window.start),
                "end": str(window.end),
                "name": quote(self.display_name, safe=""),
            }
            yield WindowAsk(
                path=source.path.format(**blanks),
                params={name: value.format(**blanks) for name, value in source.params.items()},
                label=f"{self.dataset.title} {window}",
                rank=DAYS,
                all=self,
                depth=depth,
                window=window,
            )


@dataclass(kw_only=True)
class WindowAsk(Ask):
    """One window of one source."""

    all: DayAsks
    depth: int
    window: Window

    @property
    def source(self) -> Source:
        return self.all.dataset.sources[self.depth]

    def fetch(self, client: GarminClient) -> bytes:
        # Planned before an earlier answer taught us better: do not ask in vain.
        if self.source.name in self.all.dead:
            raise NotFound("Garmin does not have this source")
        if self.window.width > self.all.span(self.source):
            raise Refused(400)
        return super().fetch(client)

    def read(self, content: bytes) -> Step:
        dataset, source, drift = self.all.dataset, self.source, self.all.drift
        parts: dict[str, Any] = {}
        undated: list[str] = []
        for index, part in enumerate(source.parts(read_json(content))):
            if (day := source.day(part)) is None:
                undated.append(f"item {index} has no date")
            elif source.many:
                parts.setdefault(str(day), []).append(part)
            else:
                parts[str(day)] = part
        if undated and not parts:
            raise NotUnderstood("an answer without dates")
        received = receive(dataset, source.name, {key: parts[key] for key in self._keys() if key in parts}, drift)
        present = received.present
        rest = [key for key in self._keys() if key not in present]

        def save(tally: Tally) -> None:
            received.save(drift, tally)
            save_coverage(dataset.name, present, Coverage.State.PRESENT)
            save_nothing(dataset, rest, by=source.name)
            of_window = {f"{self.window.start} to {self.window.end}": undated}
            tally.problems += save_problems(source.name, of_window)

        return Step(save)

    def give_up(self, error: GarminError) -> Step:
        days, source = self.window.days, self.source
        if isinstance(error, Refused) and error.status == 400 and self.window.width > 1:
            # Refused as it was sent, or, if an earlier refusal taught us, not sent at all.
            width = min(self.window.width, self.all.span(source) + 1)
            self.all.spans[source.name] = next(span for span in NARROWER if span < width)
            return Step(_nothing, list(self.all.asks(days, self.depth)))
        if isinstance(error, NotFound) and self.window.width == 1 and source.span == 1:
            dataset, keys = self.all.dataset, self._keys()
            return Step(lambda tally: save_nothing(dataset, keys, by=source.name))
        if isinstance(error, NotFound):
            self.all.dead.add(source.name)
        fatal = isinstance(error, ENDS_THE_RUN) or (isinstance(error, Refused) and error.status == 401)
        if isinstance(error, Unavailable) and not fatal and self.window.width > NARROWEST_IN_TROUBLE:
            # Too wide for a server that hangs up instead of saying so, or one bad day among good ones.
            half = next(span for span in NARROWER if span < self.window.width)
            return Step(_nothing, list(self.all.asks(days, self.depth, half)))
        if self.depth + 1 < len(self.all.dataset.sources) and not fatal:
            return Step(_nothing, list(self.all.asks(days, self.depth + 1)))
        return Step(partial(save_failure, self.all.dataset.name, self._keys(), self.label, str(error)))

    def _keys(self) -> list[str]:
        return [str(day) for day in self.window.days]


def _nothing(tally: Tally) -> None:
    pass
