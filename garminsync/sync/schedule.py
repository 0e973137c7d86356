"""What is planned for which day, past and future: once a day, in one request where Garmin knows the period form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from garminsync.client import GarminError, Refused
from garminsync.datasets import SCHEDULE
from garminsync.models import Account, Coverage, ScheduledWorkout
from garminsync.schemas.answers import NotUnderstood, read_json
from garminsync.sync.asks import LISTS, Ask, Step, filled_in, is_unused
from garminsync.sync.came_short import is_in_doubt, save_in_doubt
from garminsync.sync.dated import UNDATED, WITHOUT_DATE, by_content
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import Tally, save_coverage, save_empty, save_failure
from garminsync.sync.making import contents_of, delete_rows
from garminsync.sync.months import key_of, last_of, months, months_due
from garminsync.sync.places import forget_places
from garminsync.sync.plan import ASK_EMPTY_AGAIN_AFTER, ASK_PARKED_AGAIN_AFTER, REFUSED
from garminsync.sync.receiving import receive

State = Coverage.State


def plan_schedule(account: Account, full: bool) -> Iterator[Ask]:
    """The whole period, or, where Garmin has no such form or has not given it for days, months of the calendar."""
    today, now = account.today(), timezone.now()
    asked = {row.key: row for row in Coverage.objects.filter(dataset=SCHEDULE.name)}
    period = asked.get("")
    is_sure = period is not None and period.state != State.PRESENT and period.reason != REFUSED
    pause = ASK_PARKED_AGAIN_AFTER if is_sure else ASK_EMPTY_AGAIN_AFTER
    if full or period is None or period.state == State.FAILED or now - period.asked_at >= pause:
        yield _ask_period(today)
    elif period.state in (State.EMPTY, State.PARKED):
        yield from map(_ask_month, months_due(today, asked))


def _ask_period(today: date) -> Ask:
    first, *_, last = months(today)
    start, end = first, last_of(last)
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
        label=f"{SCHEDULE.title} of {key_of(month)}",
        rank=LISTS,
        start=month,
        end=last_of(month),
        key=key_of(month),
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
        told = {str(day): days[day] for day in sorted(filter(None, days)) if self.start <= day <= self.end}
        better_known = self._told_by_period() if self.key else set()
        parts: dict[str, Any] = {day: told[day] for day in told if day not in better_known}
        undated = by_content(f"{UNDATED}{self.key}", days.get(None, []))
        received = receive(SCHEDULE, SCHEDULE.name, parts | undated, drift)
        received = received.with_notes(SCHEDULE.name, dict.fromkeys(undated, WITHOUT_DATE))
        known = [day for day in self._days_here() if day not in better_known]
        is_told = bool(told) or (not days and SCHEDULE.is_list(answer))
        if is_told and is_in_doubt(SCHEDULE.name, self.key, len(received.rows), len(known)):
            return Step(partial(save_in_doubt, SCHEDULE.name, self.key))
        vanished = set(known) - parts.keys() if is_told else set()

        def save(tally: Tally) -> None:
            forget_places(SCHEDULE, f"{UNDATED}{self.key}", undated)
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
        return Step(partial(save_failure, SCHEDULE.name, [self.key], self.label, str(error)))

    def _days_here(self) -> list[str]:
        """One for each row."""
        here = ScheduledWorkout.objects.filter(date__gte=self.start, date__lte=self.end)
        return [str(day) for day in here.values_list("date", flat=True)]

    def _told_by_period(self) -> set[str]:
        """Days of which the calendar would only take away."""
        kept = contents_of(SCHEDULE, sorted(set(self._days_here())))
        return {day for day, by_name in kept.items() if SCHEDULE.is_of_period(read_json(by_name[SCHEDULE.name]))}

    def _another_way(self, why: str) -> Step:
        """Of a period that once was told this is a failure, until it is parked."""
        if not self.key and self._told_by_period():
            return Step(partial(save_failure, SCHEDULE.name, [""], self.label, why))
        more = [_ask_month(self.this_month)] if self.this_month else []
        return Step(lambda tally: save_empty(SCHEDULE.name, [self.key], why), more)
