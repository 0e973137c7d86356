"""What the ledger knows of a span of days: gaps, what failed, what may still come, what is parked; and of all else that
is in trouble."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from garminsync.datasets import DATASETS
from garminsync.models import Coverage
from garminsync.sync.ledger import Failure
from garminsync.sync.plan import OFFLOADED, REFUSED, YOUNG_DAYS

GAP, PROVISIONAL = "never asked", "provisional"


@dataclass(frozen=True)
class Stretch:
    """Days in a row that are alike."""

    state: str
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"


def survey(dataset: str, since: date, until: date, today: date) -> list[Stretch]:
    """The stretches that are not simply present or empty, oldest first."""
    covered = Coverage.objects.filter(dataset=dataset, key__gte=str(since), key__lte=str(until))
    ledger = {
        key: PROVISIONAL if reason == REFUSED else state
        for key, state, reason in covered.values_list("key", "state", "reason")
    }
    days = ((day, _state(ledger.get(str(day)), day, today)) for day in _each_day(since, until))
    return list(_stretches((day, state) for day, state in days if state))


def in_trouble(state: Coverage.State, but: Collection[str] = ()) -> list[str]:
    """What has failed or is parked, days in a row together, of all datasets `but` these. What stands in the place of a
    dataset is a note of ours."""
    found = Coverage.objects.filter(state=state, dataset__in=TITLES.keys() - but).exclude(reason=OFFLOADED)
    return told(Failure(row.dataset, row.key, row.reason) for row in found.order_by("dataset", "key"))


def told(failures: Iterable[Failure]) -> list[str]:
    """In words, days in a row that failed for the same reason together."""
    by_dataset: dict[str, list[Failure]] = {}
    for failure in failures:
        by_dataset.setdefault(failure.dataset, []).append(failure)
    words: list[str] = []
    for name, some in by_dataset.items():
        title = TITLES.get(name, name)
        days = sorted((date.fromisoformat(one.key), one.reason) for one in some if is_day(one.key))
        words += [f"{title} {stretch}: {stretch.state}" for stretch in _stretches(days)]
        words += [f"{one.label or f'{title} {one.key}'.strip()}: {one.reason}" for one in some if not is_day(one.key)]
    return words


TITLES = {dataset.name: dataset.title for dataset in DATASETS}
is_day = re.compile(r"\d{4}-\d\d-\d\d").fullmatch


def _state(known: str | None, day: date, today: date) -> str:
    """Today is half done, and watches upload late: what is empty now may still come."""
    if known is None:
        return GAP
    if known in (Coverage.State.FAILED, Coverage.State.PARKED, PROVISIONAL):
        return known
    young = day > today - timedelta(days=YOUNG_DAYS)
    return PROVISIONAL if day == today or (young and known == Coverage.State.EMPTY) else ""


def _each_day(since: date, until: date) -> Iterator[date]:
    return (since + timedelta(days=n) for n in range((until - since).days + 1))


def _stretches(days: Iterable[tuple[date, str]]) -> Iterator[Stretch]:
    current: Stretch | None = None
    for day, state in days:
        if current and current.state == state and current.end == day - timedelta(days=1):
            current = Stretch(state, current.start, day)
            continue
        if current:
            yield current
        current = Stretch(state, day, day)
    if current:
        yield current
