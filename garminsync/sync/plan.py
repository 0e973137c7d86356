"""What is missing, computed from the ledger alone, and how to ask for it in the fewest requests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Self

from django.db.models import Q
from django.utils import timezone

from garminsync.models import Coverage

YOUNG_DAYS = 14  # watches upload late
ASK_EMPTY_AGAIN_AFTER = timedelta(days=1)
ASK_PARKED_AGAIN_AFTER = timedelta(days=7)
OFFLOADED = "offloaded by Garmin"
# Of a day that is here and that answers do not tell any more.
LEFT_OUT = "left out"
# Of what looks empty because Garmin refused it among others; and when it did so again a day later.
REFUSED, REFUSED_TWICE = "refused", "refused twice"
# Of a day that is here, but not all that the watch has brought since.
BEHIND = "behind the watch"


@dataclass(frozen=True)
class Window:
    """The days asked for by one request: all of `days`, newest first, lie between `start` and `end`, both included.
    One that looks back starts before the oldest of them, for whatever there may be."""

    start: date
    end: date
    days: tuple[date, ...]

    @property
    def width(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def looks_back(self) -> bool:
        return self.start < self.days[-1]

    def from_before(self, so_far: timedelta) -> Self:
        return replace(self, start=min(self.start, self.end - so_far))

    def asks_for(self, day: date) -> bool:
        """One of its days, or one that it looks back to."""
        return day in self.days or self.start <= day < self.days[-1]

    def takes(self, day: date, *, by_hand: bool) -> bool:
        """Whether what comes of this day is kept: what is typed in `by_hand` also of days in between, which
        nothing else may tell."""
        return self.start <= day <= self.end if by_hand else self.asks_for(day)

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"


@dataclass(frozen=True)
class Freshness:
    """What has to be asked again: days from `again_from` on, because a watch has synced since, and all that
    Garmin did not have yet of the last fortnight; or, if that is None, only the latter, once a day."""

    today: date
    again_from: date | None
    full: bool = False
    # What was asked for since then was asked for by this very run.
    run_began: datetime | None = None

    def wants(self, day: date, state: str | None, asked_at: datetime | None, now: datetime, reason: str = "") -> bool:
        """By the state of the day in the ledger, None for one that was never asked for. What Garmin has offloaded
        does not come back by itself."""
        if state is None or asked_at is None:
            return True
        if self.run_began is not None and asked_at >= self.run_began:
            return False
        if self.full or state == Coverage.State.FAILED or reason == BEHIND:
            return True
        if state == Coverage.State.PARKED:
            return reason != OFFLOADED and now - asked_at >= ASK_PARKED_AGAIN_AFTER
        if self.again_from is not None and day >= self.again_from:
            return True
        if reason in (LEFT_OUT, REFUSED) and now - asked_at >= ASK_EMPTY_AGAIN_AFTER:
            return True
        return (
            state == Coverage.State.EMPTY
            and day > self.today - timedelta(days=YOUNG_DAYS)
            and (self.again_from is not None or now - asked_at >= ASK_EMPTY_AGAIN_AFTER)
        )


def is_believed(now: datetime) -> Q:
    """Whether the ledger's word that there is nothing needs no second look: not a day after Garmin refused it."""
    return ~Q(reason=REFUSED) | Q(asked_at__gt=now - ASK_EMPTY_AGAIN_AFTER)


def again_from(today: date, synced_before: date | None) -> date:
    """Watches upload late: ask 14 days again, or from 3 days before the previous device sync."""
    fortnight = today - timedelta(days=YOUNG_DAYS)
    return min(fortnight, synced_before - timedelta(days=3)) if synced_before else fortnight


@lru_cache(maxsize=1)
def _days(since: date, until: date) -> tuple[date, ...]:
    """Newest first. The plans of all datasets share them: ten years of each would be megabytes."""
    return tuple(until - timedelta(days=back) for back in range((until - since).days + 1))


def missing_days(dataset: str, since: date, until: date, fresh: Freshness) -> tuple[list[date], list[date]]:
    """The days to ask for, newest first: those that failed before, and all others."""
    now = timezone.now()
    covered = Coverage.objects.filter(dataset=dataset, key__gte=str(since), key__lte=str(until))
    ledger = {
        key: (state, asked_at, reason)
        for key, state, asked_at, reason in covered.values_list("key", "state", "asked_at", "reason")
    }
    failed: list[date] = []
    others: list[date] = []
    for day in _days(since, until):
        state, asked_at, reason = ledger.get(str(day), (None, None, ""))
        if fresh.wants(day, state, asked_at, now, reason):
            (failed if state in (Coverage.State.FAILED, Coverage.State.PARKED) else others).append(day)
    return failed, others


def windows(days: Iterable[date], span: int) -> Iterator[Window]:
    """Covers `days` (newest first) with windows of at most `span` days, the newest one first."""
    window: list[date] = []
    for day in days:
        if window and (window[0] - day).days >= span:
            yield Window(window[-1], window[0], tuple(window))
            window = []
        window.append(day)
    if window:
        yield Window(window[-1], window[0], tuple(window))
