"""Days of which the answers that a dataset rides on say nothing of it, though they tell the day.

Whether there is something the range of its own knows, but that is thirteen requests a year, in vain for whoever logs
little. So one window of such days is asked for as a sample, if possible one with days that those answers do tell.
Where it has something, all are asked for. Where it has nothing among days with some, silence is believed, of all days
between such. Of others it says nothing: of them each later run asks for one window, the oldest first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from garminsync.datasets import DayDataset, Ride
from garminsync.models import Coverage, Payload
from garminsync.sync.asks import Step
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.plan import windows
from garminsync.sync.sources import DaySources
from garminsync.sync.windows import WindowAsk, ask_days


def ask_all_but_silent(sources: DaySources, days: Sequence[date]) -> Iterator[WindowAsk]:
    """Asks for these days (newest first), but of the silent ones only for those that come with others and, once a run,
    for a sample and for one window that it says nothing of."""
    ride = sources.dataset.rides_on
    if ride is None or sources.reaches or not days:
        yield from ask_days(sources, days)
        return
    silent = _silent(sources.dataset.name, days, ride)
    if sources.is_sampled:
        yield from ask_days(sources, [day for day in days if day not in silent])
        return
    sources.is_sampled = True
    found = list(windows(days, sources.span(sources.dataset.sources[0])))
    apart = [window for window in found if silent.issuperset(window.days)]
    told = _told_days(sources.dataset.name)
    among = next((w for w in found if not silent.isdisjoint(w.days) and any(w.start <= d <= w.end for d in told)), None)
    sample = among or (apart or found)[0]
    waits = [window for window in apart if window is not sample]
    # The sample speaks for none of these. A new day each morning, sampled first, would keep them waiting for ever.
    others = [w for w in waits if not among or not told[0] <= w.start <= w.end <= told[-1]]
    oldest = others[-1] if others and _was_sampled(sources.dataset) else None
    waiting = [day for window in waits if window is not oldest for day in window.days]
    yield from ask_days(sources, sorted({*days}.difference(waiting, sample.days), reverse=True))
    [ask] = ask_days(sources, sample.days)
    yield SampleAsk(**vars(ask), ride=ride, waiting=waiting, told=told if among else [])


@dataclass(kw_only=True)
class SampleAsk(WindowAsk):
    """The window of the dataset's own range that tells whether silence is to be believed, of the days that are
    `waiting` for it, too."""

    ride: Ride
    waiting: list[date]
    # The days with some, where the sample is among them.
    told: list[date]

    def read(self, content: bytes) -> Step:
        step = super().read(content)
        if self.sources.reaches:
            return step.and_also(Step(self._disbelieve, self.asks(self.waiting, self.depth)))
        return step.and_also(Step(self._believe)) if self.told else step

    def _believe(self, tally: Tally) -> None:
        between = [str(day) for day in self.waiting if self.told[0] <= day <= self.told[-1]]
        save_coverage(self.dataset_name, between, Coverage.State.EMPTY, self.ride.source)

    def _disbelieve(self, tally: Tally) -> None:
        """What an earlier run believed is asked for, too, when what rides on others is looked at once more."""
        told, empty = Payload.objects.filter(dataset=self.ride.source), Coverage.State.EMPTY
        believed = Coverage.objects.filter(dataset=self.dataset_name, state=empty, reason=self.ride.source)
        believed.filter(key__in=told.values("key")).delete()


def _silent(dataset: str, days: Sequence[date], ride: Ride) -> set[date]:
    """Those that were never asked for, and that an answer tells."""
    span = {"key__gte": str(days[-1]), "key__lte": str(days[0])}
    covered = set(Coverage.objects.filter(dataset=dataset, **span).values_list("key", flat=True))
    told = set(Payload.objects.filter(dataset=ride.source, **span).values_list("key", flat=True))
    return {day for day in days if str(day) in told - covered}


def _was_sampled(dataset: DayDataset) -> bool:
    """By an earlier run, in vain."""
    return Coverage.objects.filter(dataset=dataset.name, reason__in=dataset.payloads).exists()


def _told_days(dataset: str) -> list[date]:
    """Those that have some, oldest first: that there was none on a day says nothing of silent ones."""
    present = Coverage.objects.filter(dataset=dataset, state=Coverage.State.PRESENT, key__gt="").order_by("key")
    return [date.fromisoformat(key) for key in present.values_list("key", flat=True)]
