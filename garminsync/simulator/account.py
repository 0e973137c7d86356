"""The account: what the options say, what was changed since, and what is to be seen now."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from .activities import Activity
from .activity_answers import device_id
from .activity_log import ActivityLog
from .battery import battery_events
from .days import Day, begun_day, whole_day
from .journey import watch_zone, zone_name
from .nights import Night, whole_night
from .options import Options, parse_instant
from .summaries import empty_day, flat_day
from .times import midnight

SYNC_EVERY = timedelta(hours=6)
BEFORE_NOW = timedelta(minutes=7)


class Account:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.hidden = {date.fromisoformat(day) for day in options.hide_days}
        self.broken = {date.fromisoformat(day) for day in options.broken_days}
        self.touched_workouts: dict[int, datetime] = {}
        self.deleted_workouts: set[int] = set()
        self.planned: dict[date, int | None] = {}
        """Workouts a person has put on a day of the calendar or, if None, taken away from it."""
        self._now = parse_instant(options.now) if options.now else None
        self.made = self.now()
        self._synced = parse_instant(options.device_sync) if options.device_sync else self.made - BEFORE_NOW
        self.first_day = self.today() - timedelta(days=options.days - 1)
        self.log = ActivityLog(self)

    # The clock and the watch

    @property
    def zone(self) -> tzinfo:
        """Of the watch, at whatever time."""
        return watch_zone(self.options)

    def now(self) -> datetime:
        return self._now or datetime.now(UTC)

    def profile_zone(self) -> str:
        options = self.options
        return zone_name(options, self.now()) if options.profile_travels else options.time_zone

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def set_clock(self, instant: datetime) -> None:
        self._now = instant

    def synced(self) -> datetime:
        """When the watch uploaded last. Nothing it measured later is to be seen."""
        if self._now is None and self.options.device_sync is None:
            # A demo that runs for days needs a watch that uploads by itself.
            missed = (self.now() - BEFORE_NOW - self._synced) // SYNC_EVERY
            self._synced += max(missed, 0) * SYNC_EVERY  # none when it has just synced on demand
        return min(self._synced, self.now())

    def set_synced(self, instant: datetime) -> None:
        self._synced = instant

    # Days and nights

    def shows(self, day: date) -> bool:
        last = self.synced().astimezone(self.zone).date()
        return self.first_day <= day <= min(last, self.today()) and day not in self.hidden

    def day_end(self, day: date) -> datetime:
        """The end of the day, or of what the watch has uploaded of it."""
        return min(midnight(day + timedelta(days=1), self.zone), self.synced())

    def day(self, day: date) -> Day | None:
        if not self.shows(day):
            return None
        start, end = midnight(day, self.zone), midnight(day + timedelta(days=1), self.zone)
        known = begun_day(whole_day(self.options.seed, day), (self.day_end(day) - start) / (end - start))
        if self.night(day) is None:
            # Not slept, or not over yet.
            known = replace(known, sleeping_s=0, battery_in_sleep=None)
        return known

    def flat(self, day: date) -> dict[str, Any]:
        known = self.day(day)
        if known is None:
            return empty_day(day, self.options.profile_id)
        options = self.options
        end = self.day_end(day)
        told = battery_events(self.night(day), end, self.zone, device_id(options))
        return flat_day(known, end, self.zone, options.seed, options.profile_id) | told

    def night(self, day: date) -> Night | None:
        night = whole_night(self.options.seed, day) if self.shows(day) else None
        return night if night and night.end(self.zone) <= self.synced() else None

    # Activities

    def activities(self) -> list[Activity]:
        """Newest first; only what has ended and was uploaded."""
        return self.log.activities()

    def activity(self, number: int) -> Activity | None:
        return next((each for each in self.activities() if each.id == number), None)
