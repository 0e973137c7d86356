"""The activities of the account, each a function of the seed, its day and its number in the day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from .dice import Dice
from .sports import CYCLE, SPORTS, Sport
from .workout_steps import workout_id

Slot = tuple[date, int]
POOL_M = 25.0
POWERED = ("running", "trail_running", "cycling")
RUN_WORKOUTS = (0, 4)
"""Numbers in the library."""
_FIRST_ID_DAY = date(2010, 1, 1).toordinal()


@dataclass(frozen=True)
class Activity:
    """Metres, seconds, beats a minute, kcal. `begins` is on the wall clock."""

    id: int
    begins: datetime
    sport: Sport
    name: str | Literal[False] | None
    """None is null, False is a key that is not there at all."""
    manual: bool
    duration_s: float
    pause_s: int
    distance_m: float | None
    ascent_m: int
    avg_hr: int
    max_hr: int
    calories: int
    cadence: int | None
    power: int | None
    latitude: float | None
    longitude: float | None
    parent_id: int | None = None
    """The multisport activity that this is a part of."""
    workout_id: int | None = None
    """The workout that it was done with."""

    def start(self, zone: tzinfo) -> datetime:
        return self.begins.replace(tzinfo=zone).astimezone(UTC)

    def end(self, zone: tzinfo) -> datetime:
        return self.start(zone) + timedelta(seconds=self.elapsed_s)

    @property
    def elapsed_s(self) -> float:
        return round(self.duration_s + self.pause_s, 3)

    @property
    def avg_speed(self) -> float | None:
        return None if self.distance_m is None else round(self.distance_m / self.duration_s, 3)

    @property
    def lengths(self) -> int:
        """Of the pool; 0 on land."""
        return round((self.distance_m or 0) / POOL_M) if self.sport.key == "lap_swimming" else 0

    @property
    def lap_m(self) -> float | None:
        if self.distance_m is None:
            return None
        return {"cycling": 5000.0, "lap_swimming": 500.0}.get(self.sport.key, 1000.0)


def natural_slot(seed: int, day: date) -> bool:
    """Every two days hold one activity: on the first or on the second of them."""
    pair, second = divmod(day.toordinal(), 2)
    return Dice(seed, "pair", pair).chance("second", 0.5) == bool(second)


def slots(seed: int, first: date, last: date, count: int | None) -> list[Slot]:
    """Newest first. More than the days naturally hold are put beside the natural ones."""
    length = (last - first).days + 1
    days = [last - timedelta(days=back) for back in range(length)]
    chosen = [(day, 0) for day in days if natural_slot(seed, day)]
    if count is None:
        return chosen
    layer = 1
    while days and len(chosen) < count:
        chosen += [(day, layer) for day in days]
        layer += 1
    return sorted(chosen[:count], reverse=True)


@lru_cache(maxsize=4096)
def invent(seed: int, day: date, number: int) -> Activity:
    """The activity of one slot. Which sport, and the odd cases, come round by turns, so that every
    account of some size has them: no name, null name, empty name, typed in by hand."""
    turn = day.toordinal() // 2 + 7 * number
    dice = Dice(seed, "activity", day, number)
    sport = SPORTS[CYCLE[turn % len(CYCLE)]]
    manual = turn % 11 == 5
    minutes = dice.between("minutes", *sport.minutes)
    duration = round(60 * minutes + dice.unit("millis"), 3)
    speed = dice.between("speed", *sport.speed) if sport.speed else None
    distance = None if speed is None else round(speed * duration, 2)
    if sport.key == "lap_swimming" and distance is not None:
        distance = POOL_M * round(distance / POOL_M)
    heart = dice.whole("heart", *sport.heart)
    outdoors = sport.outdoors and not manual
    planned = outdoors and sport.key == "running" and dice.chance("planned", 0.5)
    climb = dice.between("climb", 0.4, 1.6) * sport.hilly
    names: dict[int, str | Literal[False] | None] = {3: None, 8: False, 11: ""}
    clock = time(6 + (5 * number + dice.whole("hour", 0, 13)) % 14, dice.whole("minute", 0, 59))
    return Activity(
        id=_id(dice, day, number),
        begins=datetime.combine(day, clock) + timedelta(seconds=dice.whole("second", 0, 59)),
        sport=sport,
        name=names.get(turn % 13, dice.pick("name", sport.names)),
        manual=manual,
        duration_s=duration,
        pause_s=0 if manual else dice.whole("pause", 0, 240),
        distance_m=distance,
        ascent_m=round(climb * distance / 1000) if outdoors and distance else 0,
        avg_hr=heart,
        max_hr=heart + dice.whole("peak", 12, 26),
        calories=round(minutes * (heart - 55) / 9),
        cadence=dice.whole("cadence", *sport.cadence) if sport.cadence else None,
        power=dice.whole("power", 140, 230) if sport.key in POWERED and outdoors else None,
        latitude=round(dice.between("north", 52.42, 52.56), 6) if outdoors else None,
        longitude=round(dice.between("east", 13.10, 13.60), 6) if outdoors else None,
        workout_id=workout_id(seed, dice.pick("workout", RUN_WORKOUTS)) if planned else None,
    )


def _id(dice: Dice, day: date, number: int) -> int:
    """Rises with the day; never the same for two slots."""
    rank = (day.toordinal() - _FIRST_ID_DAY) * 4000 + number
    return 15_000_000_000 + rank * 250 + dice.whole("id", 0, 249)
