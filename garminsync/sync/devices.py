"""When a watch last synced, and since when the account has data: what decides which days to ask for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from garminsync.client import GarminError, NotFound
from garminsync.schemas.answers import NotUnderstood, alone, held, read_json
from garminsync.schemas.watch import LastUpload, Week
from garminsync.sync.asks import LISTS, Ask, Step
from garminsync.sync.uploads import save_no_watch

type Then[Value] = Callable[[Value], Sequence[Ask]]


@dataclass(kw_only=True)
class DeviceSyncAsk(Ask):
    """device-service/deviceservice/mylastused: `then` gets the instant of the last device sync, or None where there
    was no answer or it tells of no watch."""

    then: Then[datetime | None]

    def read(self, content: bytes) -> Step:
        answer = alone(read_json(content))
        synced_at = LastUpload.read(answer, []).synced_at if isinstance(answer, dict) else None
        return Step(more=self.then(synced_at)) if synced_at else Step(save_no_watch, self.then(None))

    def give_up(self, error: GarminError) -> Step:
        more = self.then(None)
        return Step(save_no_watch, more) if isinstance(error, NotFound) else Step(more=more)


def ask_device_sync(then: Then[datetime | None]) -> Ask:
    return DeviceSyncAsk(
        path="/device-service/deviceservice/mylastused", label="last device sync", rank=LISTS, then=then
    )


@dataclass(kw_only=True)
class FirstDayAsk(Ask):
    """usersummary-service/stats/steps/weekly/{end}/52: a year's weeks, those without data left out.

    Asks year by year into the past, until two of them are empty: a watch may have lain in a drawer for one.
    `then` gets the first day of the first week with data, or None when there is none.
    """

    end: date
    found: date | None
    empty_years: int
    then: Then[date | None]

    def read(self, content: bytes) -> Step:
        weeks = read_json(content) or []
        if not isinstance(weeks, list):
            raise NotUnderstood("an answer that is no list")
        starts = [first for week in held(weeks) if (first := _first_day(week)) and first <= self.end]
        found = min([*starts, *([self.found] if self.found else [])], default=None)
        empty_years = 0 if starts else self.empty_years + 1
        if empty_years == 2:
            return Step(more=self.then(found))
        return Step(more=[ask_first_day(self.end - timedelta(weeks=52), self.then, found, empty_years)])

    def give_up(self, error: GarminError) -> Step:
        return Step(more=self.then(None))


def ask_first_day(end: date, then: Then[date | None], found: date | None = None, empty_years: int = 0) -> Ask:
    return FirstDayAsk(
        path=f"/usersummary-service/stats/steps/weekly/{end}/52",
        label=f"weeks with data before {end}",
        rank=LISTS,
        end=end,
        found=found,
        empty_years=empty_years,
        then=then,
    )


def _first_day(week: object) -> date | None:
    try:
        told = Week.read(week, [])
    except NotUnderstood:
        return None
    return told.first_day if told.has_data else None
