"""What a run learns of the sources of a dataset: how wide a span Garmin takes, which is dead or down.

Each group of what it learns is the subject of one module, named above it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from garminsync.client import GarminError, NotFound, Refused, Unavailable
from garminsync.datasets import DayDataset, Source
from garminsync.models import Coverage
from garminsync.sync.drift import Drift
from garminsync.sync.families import ToldColumns
from garminsync.sync.plan import Window

NARROWER = (90, 28, 14, 7, 1)
# A dozen bad days in a row are met in the field; more says that the source is down.
TROUBLES_OF_A_SOURCE = 15
# Of one that never gave anything there is less to lose.
TROUBLES_OF_AN_UNUSED_SOURCE = 5


@dataclass(frozen=True)
class Reach:
    """How far back one answer to a range went: to the `oldest` day with data, so many `days` from its end; the days
    before that one that are `missing`, newest first; and the longest time between two days that have some."""

    days: int
    oldest: date
    missing: tuple[date, ...]
    longest_gap: int


@dataclass
class Doubt:
    """Whether a feature that gave nothing was ever used. Where Garmin lacks the range, the dear source is asked for one
    day as a probe: the `days` wait for it; `stays_because` says why it could not tell."""

    days: list[date] = field(default_factory=list)
    stays_because: str = ""


@dataclass
class DaySources:
    """Those of one dataset. The fetching thread reads what the other one has learned: too late is a request, no
    more."""

    dataset: DayDataset
    display_name: str
    # another_way: the spans that Garmin takes where they are narrower than the table says, what it does not have and
    # what it may not have, and the answers in a row that it did not give, by source.
    spans: dict[str, int] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)
    put_off: set[str] = field(default_factory=set)
    troubles: Counter[str] = field(default_factory=Counter)
    # never_used: whether it is taken for that, the single days that Garmin refused, and what is in doubt.
    is_unused: bool = False
    refused_days: int = 0
    doubt: Doubt = field(default_factory=Doubt)
    # shortened: of the answers of the cheap source that had something; and its span once it is sure that it was cut.
    reaches: list[Reach] = field(default_factory=list)
    cut_to: int = 0
    # empty_ranges: the days of its answers that had nothing at all; and whether it is taken for gone, so that such an
    # answer says nothing.
    empty_days: list[date] = field(default_factory=list)
    is_gone: bool = False
    # untold: the columns that the answers of each source told by themselves.
    told: dict[str, ToldColumns] = field(default_factory=lambda: defaultdict(ToldColumns))
    # silence: whether the sample of this run was asked for.
    is_sampled: bool = False
    # before_a_watch: whether what is older than the first day is still to be asked for.
    looks_back: bool = False

    def __post_init__(self) -> None:
        self.drift = Drift(self.dataset)
        self.was_used = False
        self.is_used()

    def is_used(self) -> bool:
        """Whether Garmin ever gave anything of it; what rides on another may have come with that meanwhile."""
        present = Coverage.objects.filter(dataset=self.dataset.name, state=Coverage.State.PRESENT)
        self.was_used = self.was_used or present.exists()
        return self.was_used

    def is_last(self, depth: int) -> bool:
        return depth + 1 == len(self.dataset.sources)

    def span(self, source: Source) -> int:
        return self.spans.get(source.name, source.span)

    def cut(self, source: Source) -> None:
        """It is sure that its ranges are cut short: from now on asks for no more than it ever gave."""
        self.narrow(source, max(reach.days for reach in self.reaches) + 1)
        self.cut_to = self.span(source)

    def take_for_gone(self) -> None:
        """It told nothing in this run, though there is something."""
        self.is_gone = True
        self.dead.add(self.dataset.sources[0].name)

    def has_answered(self, source: Source) -> None:
        self.troubles[source.name] = 0
        self.put_off.discard(source.name)

    def is_down(self, source: Source) -> bool:
        is_in_doubt = self.dataset.optional and not self.was_used
        return self.troubles[source.name] >= (TROUBLES_OF_AN_UNUSED_SOURCE if is_in_doubt else TROUBLES_OF_A_SOURCE)

    def narrow(self, source: Source, below: int) -> None:
        """From now on asks for fewer days than `below`."""
        self.spans[source.name] = min(self.span(source), next(span for span in NARROWER if span < below))

    def check(self, source: Source, window: Window, is_again: bool) -> None:
        """Planned before an earlier answer taught us better: raises what Garmin would say, without asking."""
        if error := self._known_answer(source, window, is_again):
            error.sent = False
            raise error

    def _known_answer(self, source: Source, window: Window, is_again: bool) -> GarminError | None:
        if self.is_unused or source.name in self.dead or (source.name in self.put_off and not is_again):
            return NotFound("Garmin does not have this source")
        if self.is_down(source):
            return Unavailable("Garmin failed to answer this so often that it was not asked again")
        is_too_wide = source.name in self.spans if window.looks_back else window.width > self.span(source)
        return Refused(400) if is_too_wide else None
