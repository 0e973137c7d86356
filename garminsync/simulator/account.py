"""The account: what the options say, what was changed since, and what is to be seen now."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any, Literal

from .activities import Activity, invent, slots
from .activity_answers import device_id
from .battery import battery_events
from .days import Day, begun_day, whole_day
from .journey import watch_zone, zone_name
from .nights import Night, whole_night
from .options import Options, parse_instant
from .sports import SPORTS
from .summaries import empty_day, flat_day
from .times import midnight

SYNC_EVERY = timedelta(hours=6)
BEFORE_NOW = timedelta(minutes=7)
_ADDED = 3000
"""Number in the day of the first activity added by hand; keeps its id apart."""


class Account:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.hidden = {date.fromisoformat(day) for day in options.hide_days}
        self.broken = {date.fromisoformat(day) for day in options.broken_days}
        self.names: dict[int, str | Literal[False] | None] = {}
        self.types: dict[int, str] = {}
        self.deleted: set[int] = set()
        self.added: list[Activity] = []
        self.touched_workouts: dict[int, datetime] = {}
        self.deleted_workouts: set[int] = set()
        self.planned: dict[date, int | None] = {}
        """Workouts a person has put on a day of the calendar or, if None, taken away from it."""
        self._now = parse_instant(options.now) if options.now else None
        self._made = self.now()
        self._synced = parse_instant(options.device_sync) if options.device_sync else self._made - BEFORE_NOW
        self.first_day = self.today() - timedelta(days=options.days - 1)

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

    @cached_property
    def _seeded(self) -> list[Activity]:
        options = self.options
        today = self._made.astimezone(self.zone).date()
        if options.activities is None:
            return [invent(options.seed, *slot) for slot in slots(options.seed, self.first_day, today, None)]
        # So many that had ended when the account was made, whatever the hour of the day.
        spare = 2 + options.activities // max(options.days, 1)
        found = slots(options.seed, self.first_day, today, options.activities + spare)
        made = (invent(options.seed, *slot) for slot in found)
        return [each for each in made if each.end(self.zone) <= self.synced()][: options.activities]

    def _since(self) -> list[Activity]:
        """Those of the days the clock was moved on by; none if the number was given."""
        first = self._made.astimezone(self.zone).date() + timedelta(days=1)
        if self.options.activities is not None or first > self.today():
            return []
        seed = self.options.seed
        return [invent(seed, *slot) for slot in slots(seed, first, self.today(), None)]

    def activities(self) -> list[Activity]:
        """Newest first; only what has ended and was uploaded."""
        seen = [
            self._edited(each)
            for each in (*self._seeded, *self._since(), *self.added)
            if each.id not in self.deleted and self._uploaded(each)
        ]
        return sorted(seen, key=lambda each: (each.start(self.zone), each.id), reverse=True)

    def _uploaded(self, activity: Activity) -> bool:
        if activity in self.added:
            return True
        return activity.end(self.zone) <= (self.now() if activity.manual else self.synced())

    def _edited(self, activity: Activity) -> Activity:
        if activity.id in self.names:
            activity = replace(activity, name=self.names[activity.id])
        if activity.id in self.types:
            activity = replace(activity, sport=SPORTS[self.types[activity.id]])
        return activity

    def activity(self, number: int) -> Activity | None:
        return next((each for each in self.activities() if each.id == number), None)

    def original(self, number: int) -> Activity | None:
        """As the watch made it: an edit on the web does not touch the file."""
        if number in self.deleted:
            return None
        everything = (*self._seeded, *self._since(), *self.added)
        return next((each for each in everything if each.id == number), None)

    def add_activity(self) -> Activity:
        """One that ended just now."""
        today = self.today()
        extra = invent(self.options.seed, today, _ADDED + len(self.added))
        wall = self.now().astimezone(self.zone).replace(tzinfo=None, microsecond=0)
        begins = wall - timedelta(seconds=round(extra.elapsed_s) + 60)
        extra = replace(extra, begins=begins, manual=False)
        self.added.append(extra)
        return extra

    def add_multisport(self) -> list[Activity]:
        """A triathlon that ended just now: the whole of it, and its three parts one after the other."""
        whole = self.add_activity()
        third = whole.duration_s / 3
        whole = replace(whole, sport=SPORTS["multi_sport"], cadence=None, power=None, pause_s=0, workout_id=None)
        self.added[-1] = whole
        for number, key in enumerate(("lap_swimming", "cycling", "running")):
            part = replace(
                whole,
                id=whole.id + 250 * (number + 1),
                parent_id=whole.id,
                begins=whole.begins + timedelta(seconds=round(number * third)),
                sport=SPORTS[key],
                duration_s=round(third, 3),
                distance_m=None if whole.distance_m is None else round(whole.distance_m / 3, 2),
            )
            self.added.append(part)
        return self.added[-4:]
