"""Months of the calendar, where it stands in for the schedule of a period."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from garminsync.datasets import SCHEDULE
from garminsync.models import Coverage
from garminsync.sync.plan import ASK_EMPTY_AGAIN_AFTER

State = Coverage.State


def months_due(today: date, asked: Mapping[str, Coverage]) -> Sequence[date]:
    """What failed before, and once a day this one and that which was not asked for the longest. `asked` is the ledger
    by its key."""
    this_month, never = today.replace(day=1), datetime.min.replace(tzinfo=UTC)

    def asked_at(month: date) -> datetime:
        row = asked.get(key_of(month))
        return row.asked_at if row else never

    failed = [month for month in months(today) if (row := asked.get(key_of(month))) and row.state == State.FAILED]
    if timezone.now() - asked_at(this_month) < ASK_EMPTY_AGAIN_AFTER:
        return failed
    others = (month for month in months(today) if month != this_month)
    return list(dict.fromkeys([*failed, this_month, min(others, key=asked_at)]))


def months(today: date) -> Iterator[date]:
    """The first of each month in reach."""
    for step in range(-SCHEDULE.months_back, SCHEDULE.months_ahead + 1):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        yield date(year, month + 1, 1)


def key_of(month: date) -> str:
    return f"{month:%Y-%m}"


def last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
