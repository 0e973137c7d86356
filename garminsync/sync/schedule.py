"""What is planned for which day, past and future: once a day, in one request where Garmin knows the period form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from garminsync.client import GarminError, Refused
from garminsync.datasets import SCHEDULE
from garminsync.models import Account, Coverage, ScheduledWorkout
from garminsync.schemas.answers import NotUnderstood, read_json
from garminsync.sync.asks import LISTS, Ask, Step, filled_in, is_unused
from garminsync.sync.came_short import is_in_doubt, save_in_doubt
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import Tally, save_coverage, save_failure
from garminsync.sync.making import delete_rows
from garminsync.sync.plan import ASK_EMPTY_AGAIN_AFTER, ASK_PARKED_AGAIN_AFTER
from garminsync.sync.receiving import receive

State = Coverage.State


def plan_schedule(account: Account, full: bool) -> Iterator[Ask]:
    """The whole period, or, where Garmin did not give that in the last week, months of the calendar: what failed
    before, and once a day this one and that which was not asked for the longest."""
    today, now = account.today(), timezone.now()
    asked = {row.key: row for row in Coverage.objects.filter(dataset=SCHEDULE.name)}
    period = asked.get("")
    pause = ASK_EMPTY_AGAIN_AFTER if period and period.state == State.PRESENT else ASK_PARKED_AGAIN_AFTER
    if full or period is None or period.state == State.FAILED or now - period.asked_at >= pause:
        yield _ask_period(today)
    elif period.state == State.EMPTY:
        yield from map(_ask_month, _months_due(today, asked))


def _months_due(today: date, asked: Mapping[str, Coverage]) -> Sequence[date]:
    """`asked` is the ledger by its key."""
    this_month, never = today.replace(day=1), datetime.min.replace(tzinfo=UTC)

    def asked_at(month: date) -> datetime:
        row = asked.get(_key(month))
        return row.asked_at if row else never

    failed = [month for month in _months(today) if (row := asked.get(_key(month))) and row.state == State.FAILED]
    if timezone.now() - asked_at(this_month) < ASK_EMPTY_AGAIN_AFTER:
        return failed
    others = (month for month in _months(today) if month != this_month)
    return list(dict.fromkeys([*failed, this_month, min(others, key=asked_at)]))


def _months(today: date) -> Iterator[date]:
    """The first of each month in reach."""
    for step in range(-SCHEDULE.months_back, SCHEDULE.months_ahead + 1):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        yield date(year, month + 1, 1)


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _ask_period(today: date) -> Ask:
    first, *_, last = _months(today)
    start, end = first, _last_of(last)
    blanks = {"start": str(start), "end": str(end)}
    return ScheduleAsk(
        path=SCHEDULE.path,
        params=filled_in(SCHEDULE.params, blanks),
        label=SCHEDULE.title,
        rank=LISTS,
        start=start,
        end=end,
        this_month=today.replace(day=1),
    )


def _ask_month(month: date) -> Ask:
    return ScheduleAsk(
        path=SCHEDULE.month.format(year=month.year, month=month.month - 1),
        label=f"{SCHEDULE.title} of {_key(month)}",
        rank=LISTS,
        start=month,
        end=_last_of(month),
        key=_key(month),
    )


@dataclass(kw_only=True)
class ScheduleAsk(Ask):
    """The days from `start` to `end`: all in reach, or, with a `key`, those of one month. A day on which nothing
    is planned any more is gone."""

    start: date
    end: date
    key: str = ""
    this_month: date | None = None

    @property
    def dataset_name(self) -> str:
        return SCHEDULE.name

    def read(self, content: bytes) -> Step:
        answer, drift = read_json(content), Drift(SCHEDULE)
        if isinstance(answer, dict) and answer.keys() & {"error", "errors"}:
            raise NotUnderstood("Garmin answered with an error document")
        days = SCHEDULE.days_of_month(answer) if self.key else SCHEDULE.days_of_period(answer)
        if days is None and self.key:
            raise NotUnderstood("an answer in no known form")
        if days is None:
            return self._another_way("an answer in no known form")
        parts: dict[str, Any] = {str(day): days[day] for day in sorted(days) if self.start <= day <= self.end}
        received = receive(SCHEDULE, SCHEDULE.name, parts, drift)
        before = ScheduledWorkout.objects.filter(date__gte=self.start, date__lte=self.end)
        known = [str(day) for day in before.values_list("date", flat=True)]
        is_told = bool(parts) or (not days and SCHEDULE.is_list(answer))
        if is_told and is_in_doubt(SCHEDULE.name, self.key, len(received.rows), len(known)):
            return Step(partial(save_in_doubt, SCHEDULE.name, self.key))
        vanished = set(known) - parts.keys() if is_told else set()

        def save(tally: Tally) -> None:
            received.save(drift, tally)
            delete_rows(SCHEDULE, vanished)
            tally.changed += len(vanished)
            save_coverage(SCHEDULE.name, received.present, State.PRESENT)
            save_coverage(SCHEDULE.name, vanished, State.GONE)
            save_coverage(SCHEDULE.name, [self.key], State.PRESENT)

        return Step(save)

    def give_up(self, error: GarminError) -> Step:
        if is_unused(error) or (isinstance(error, Refused) and error.status == 400):
            return self._another_way(str(error))
        return Step(lambda tally: save_failure(SCHEDULE.name, [self.key], self.label, str(error), tally))

    def _another_way(self, why: str) -> Step:
        more = [_ask_month(self.this_month)] if self.this_month else []
        return Step(lambda tally: save_coverage(SCHEDULE.name, [self.key], State.EMPTY, why), more)
