"""Whether a feature was never used. Garmin refuses such a one, or lacks it, which may also be said of a source alone.

It takes two answers to believe it: of a feature that was never used no day is asked for in vain.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from garminsync.client import GarminError
from garminsync.datasets import Source
from garminsync.models import Coverage, Day
from garminsync.sync.asks import Ask, Step, is_unused
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER, OFFLOADED, Window
from garminsync.sync.sources import DaySources

REFUSALS_OF_A_FEATURE = 2
# Days back from the newest on which the watch was worn.
PROBES = (1, 8)


def looks_unused(sources: DaySources, error: GarminError) -> bool:
    return sources.dataset.optional and not sources.was_used and is_unused(error)


def refused(sources: DaySources, source: Source, again: Iterable[Ask]) -> Step:
    """The second refusal is that of another window or, when all else is asked, of this one `again`."""
    sources.doubt.refusals += 1
    is_sure = sources.doubt.refusals >= REFUSALS_OF_A_FEATURE
    return _never_used(sources, source) if is_sure else Step(more=list(again))


def probe(sources: DaySources, source: Source, window: Window, ask: Callable[[list[date]], Iterable[Ask]]) -> Step:
    """Garmin lacks either the feature or the range alone: the dear source knows, and is asked for two days, as far
    as is known such on which the watch was worn, and neither of them today, which may not have it yet."""
    is_first = not sources.doubt.days
    sources.dead.add(source.name)
    sources.doubt.days.extend(window.days)
    if not is_first:
        return Step()
    worn = [day for day in window.days if Day.objects.filter(date=day).exists()] or [*window.days]
    likely = {worn[min(back, len(worn) - 1)] for back in PROBES}
    sources.doubt.probes = len(likely)
    return Step(more=[each for day in likely for each in ask([day])])


def probe_was_empty(sources: DaySources, source: Source) -> Step:
    sources.doubt.refusals += 1
    return _never_used(sources, source) if sources.doubt.refusals == sources.doubt.probes else Step()


def probe_failed(sources: DaySources, window: Window, error: GarminError) -> set[date]:
    """The days that fail with it: all that wait, with the first probe that fails."""
    if sources.doubt.stays_because:
        return set()
    sources.doubt.stays_because = str(error)
    return {*sources.doubt.days, *window.days}


def take_waiting(sources: DaySources, *, but: Window) -> list[date]:
    """The days that waited for the probes, newest first. As the feature is used, the range may have had but a bad
    moment: it is no longer dead."""
    days = sorted(set(sources.doubt.days).difference(but.days), reverse=True)
    if days:
        sources.dead.clear()
    sources.doubt.days.clear()
    return days


def _never_used(sources: DaySources, source: Source) -> Step:
    dataset = sources.dataset
    sources.dead.update(each.name for each in dataset.sources)
    return Step(partial(save_never_used, dataset.name, source.name))


def save_never_used(dataset: str, source: str, tally: Tally) -> None:
    """What failed before has failed for the same reason; what Garmin has offloaded was there."""
    ledger = Coverage.objects.filter(dataset=dataset).exclude(reason=OFFLOADED)
    ledger.filter(state__in=(Coverage.State.FAILED, Coverage.State.PARKED)).delete()
    save_coverage(dataset, [""], Coverage.State.EMPTY, source)


def unused_lately() -> set[str]:
    """Features that this account did not have when they were last asked for, less than a week ago."""
    return features_without_data(asked_at__gt=timezone.now() - ASK_PARKED_AGAIN_AFTER)


def features_without_data(**when: datetime) -> set[str]:
    """Those that Garmin said this account does not have, and of which there is nothing."""
    refused = Coverage.objects.filter(key="", state=Coverage.State.EMPTY, **when)
    names = set(refused.values_list("dataset", flat=True))
    used = Coverage.objects.filter(dataset__in=names, state=Coverage.State.PRESENT)
    return names - set(used.values_list("dataset", flat=True).distinct())
