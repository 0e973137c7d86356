"""Whether a feature was never used. Garmin refuses such a one, or lacks it, which may also be said of a source alone.

It takes two answers to believe it: of a feature that was never used no day is asked for in vain.
"""

from collections.abc import Callable, Iterable
from datetime import date

from garminsync.client import GarminError
from garminsync.datasets import Source
from garminsync.models import Coverage, Day
from garminsync.sync.asks import Ask, Step, is_unused
from garminsync.sync.ledger import save_coverage
from garminsync.sync.plan import Window
from garminsync.sync.sources import DaySources

# Days back from the newest on which the watch was worn.
PROBES = (1, 8)


def looks_unused(sources: DaySources, error: GarminError) -> bool:
    return sources.dataset.optional and not sources.was_used and is_unused(error)


def refused(sources: DaySources, source: Source, again: Iterable[Ask]) -> Step:
    """The second refusal is that of another window or, when all else is asked, of this one `again`."""
    sources.refusals += 1
    return _never_used(sources, source) if sources.refusals > 1 else Step(more=list(again))


def probe(sources: DaySources, source: Source, window: Window, ask: Callable[[list[date]], Iterable[Ask]]) -> Step:
    """Garmin lacks either the feature or the range alone: the dear source knows, and is asked for two days, as far
    as is known such on which the watch was worn, and neither of them today, which may not have it yet."""
    first = not sources.undecided
    sources.dead.add(source.name)
    sources.undecided.extend(window.days)
    if not first:
        return Step()
    worn = [day for day in window.days if Day.objects.filter(date=day).exists()] or [*window.days]
    likely = {worn[min(back, len(worn) - 1)] for back in PROBES}
    sources.probes = len(likely)
    return Step(more=[each for day in likely for each in ask([day])])


def probe_was_empty(sources: DaySources, source: Source) -> Step:
    sources.refusals += 1
    return _never_used(sources, source) if sources.refusals == sources.probes else Step()


def take_undecided(sources: DaySources, *, but: Window) -> list[date]:
    """The days that waited for the probes, newest first."""
    days = sorted(set(sources.undecided).difference(but.days), reverse=True)
    sources.undecided.clear()
    return days


def _never_used(sources: DaySources, source: Source) -> Step:
    dataset = sources.dataset
    sources.dead.update(each.name for each in dataset.sources)
    return Step(lambda tally: save_coverage(dataset.name, [""], Coverage.State.EMPTY, source.name))
