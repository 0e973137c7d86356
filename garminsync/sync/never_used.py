"""Whether a feature was never used. Garmin refuses such a one, or lacks it, which may also be said of a source alone.

It takes two refusals a day apart to believe it; until then, too, no other day of that feature is asked for.
"""

from datetime import date, datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone

from garminsync.client import GarminError
from garminsync.datasets import Source
from garminsync.models import Coverage, Day
from garminsync.sync.asks import Step, is_unused
from garminsync.sync.ledger import Tally, save_empty
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER, OFFLOADED, REFUSED, Window, is_believed
from garminsync.sync.sources import DaySources

REFUSED_DAYS = 20


def looks_unused(sources: DaySources, error: GarminError) -> bool:
    return sources.dataset.optional and is_unused(error) and not sources.is_used()


def is_refused_for_long(sources: DaySources) -> bool:
    """Whether one more day that Garmin refuses, of what never gave anything, is one too many."""
    sources.refused_days += 1
    return sources.refused_days >= REFUSED_DAYS and not sources.was_used


def wait_for_probe(sources: DaySources, source: Source, window: Window) -> list[date]:
    """Garmin lacks either the feature or the range alone: the dear source knows. Until it tells, the window waits.
    Returns the day to ask for, as far as is known one on which the watch was worn, and not the newest, which may not
    have it yet; none where it is asked for already."""
    is_first = not sources.doubt.days
    sources.dead.add(source.name)
    sources.doubt.days.extend(window.days)
    if not is_first:
        return []
    worn = [day for day in window.days if Day.objects.filter(date=day).exists()] or [*window.days]
    return [worn[min(1, len(worn) - 1)]]


def probe_failed(sources: DaySources, window: Window, error: GarminError) -> set[date]:
    """The days that fail with it: all that wait."""
    sources.doubt.stays_because = str(error)
    return {*sources.doubt.days, *window.days}


def take_waiting(sources: DaySources, *, but: Window) -> list[date]:
    """The days that waited for the probe, newest first. As the feature is used, the range may have had but a bad
    moment: it is no longer dead."""
    days = sorted(set(sources.doubt.days).difference(but.days), reverse=True)
    if days:
        sources.dead.clear()
    sources.doubt.days.clear()
    return days


def never_used(sources: DaySources) -> Step:
    sources.is_unused = True
    return Step(partial(save_never_used, sources.dataset.name))


def save_never_used(dataset: str, tally: Tally) -> None:
    """What failed or was empty before was so for the same reason; what Garmin has offloaded was there."""
    ledger = Coverage.objects.filter(dataset=dataset).exclude(reason=OFFLOADED).exclude(key="")
    ledger.filter(state__in=(Coverage.State.FAILED, Coverage.State.PARKED, Coverage.State.EMPTY)).delete()
    save_empty(dataset, [""], REFUSED)


def not_asked_for() -> set[str]:
    """Features that this account did not have when they were last asked for. It is asked again a day after the first
    refusal, and once a week from then on."""
    now = timezone.now()
    return features_without_data(is_believed(now), asked_at__gt=now - ASK_PARKED_AGAIN_AFTER)


def features_without_data(*which: Q, **when: datetime) -> set[str]:
    """Those that Garmin said this account does not have, and of which there is nothing."""
    refused = Coverage.objects.filter(*which, key="", state=Coverage.State.EMPTY, **when)
    names = set(refused.values_list("dataset", flat=True))
    used = Coverage.objects.filter(dataset__in=names, state=Coverage.State.PRESENT)
    return names - set(used.values_list("dataset", flat=True).distinct())
