"""The activities of an account: those of the seed, those added since, and what was edited or deleted."""

from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Literal, Protocol

from .activities import Activity, invent, slots
from .options import Options
from .sports import SPORTS

_ADDED = 3000
"""Number in the day of the first activity added by hand; keeps its id apart."""


class Clock(Protocol):
    """What the log asks its account: what time it is, and what of it is to be seen."""

    options: Options
    made: datetime
    first_day: date

    @property
    def zone(self) -> tzinfo: ...
    def now(self) -> datetime: ...
    def today(self) -> date: ...
    def synced(self) -> datetime: ...


class ActivityLog:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.names: dict[int, str | Literal[False] | None] = {}
        self.types: dict[int, str] = {}
        self.deleted: set[int] = set()
        self.added: list[Activity] = []

    @cached_property
    def _seeded(self) -> list[Activity]:
        options = self._clock.options
        today = self._clock.made.astimezone(self._clock.zone).date()
        if options.activities is None:
            return [invent(options.seed, *slot) for slot in slots(options.seed, self._clock.first_day, today, None)]
        # So many that had ended when the account was made, whatever the hour of the day.
        spare = 2 + options.activities // max(options.days, 1)
        found = slots(options.seed, self._clock.first_day, today, options.activities + spare)
        made = (invent(options.seed, *slot) for slot in found)
        return [each for each in made if each.end(self._clock.zone) <= self._clock.synced()][: options.activities]

    def _since(self) -> list[Activity]:
        """Those of the days the clock was moved on by; none if the number was given."""
        first = self._clock.made.astimezone(self._clock.zone).date() + timedelta(days=1)
        if self._clock.options.activities is not None or first > self._clock.today():
            return []
        seed = self._clock.options.seed
        return [invent(seed, *slot) for slot in slots(seed, first, self._clock.today(), None)]

    def activities(self) -> list[Activity]:
        """Newest first; only what has ended and was uploaded."""
        seen = [
            self._edited(each)
            for each in (*self._seeded, *self._since(), *self.added)
            if each.id not in self.deleted and self._uploaded(each)
        ]
        return sorted(seen, key=lambda each: (each.start(self._clock.zone), each.id), reverse=True)

    def _uploaded(self, activity: Activity) -> bool:
        if activity in self.added:
            return True
        return activity.end(self._clock.zone) <= (self._clock.now() if activity.manual else self._clock.synced())

    def _edited(self, activity: Activity) -> Activity:
        if activity.id in self.names:
            activity = replace(activity, name=self.names[activity.id])
        if activity.id in self.types:
            activity = replace(activity, sport=SPORTS[self.types[activity.id]])
        return activity

    def original(self, number: int) -> Activity | None:
        """As the watch made it: an edit on the web does not touch the file."""
        if number in self.deleted:
            return None
        everything = (*self._seeded, *self._since(), *self.added)
        return next((each for each in everything if each.id == number), None)

    def add_activity(self) -> Activity:
        """One that ended just now."""
        today = self._clock.today()
        extra = invent(self._clock.options.seed, today, _ADDED + len(self.added))
        wall = self._clock.now().astimezone(self._clock.zone).replace(tzinfo=None, microsecond=0)
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
