"""The laps of an activity: the steps of the workout that it was done with or else its kilometres."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from math import ceil, inf

from .activities import Activity
from .dice import Dice
from .workout_steps import steps_of_a_run

_SPEEDS = {"warmup": 0.88, "interval": 1.15, "recovery": 0.78, "rest": 0.5, "cooldown": 0.83}


@dataclass(frozen=True)
class Lap:
    """A plan of one has 0 for what it does not ask for."""

    seconds: float
    metres: float
    kind: str = "interval"
    ended_by: str = "distance"
    step: int | None = None
    """FIT's number of the workout's step."""

    def of(self, activity: Activity) -> Activity:
        """This part of it. Heart and power rise and fall with the speed, so their means are those of the whole."""
        covered = self.seconds / activity.duration_s
        effort = self.metres / activity.distance_m / covered if activity.distance_m else 1.0
        heart = activity.avg_hr + round(40 * (effort - 1))
        return replace(
            activity,
            duration_s=self.seconds,
            pause_s=activity.pause_s if self.ended_by == "session_end" else 0,
            distance_m=None if activity.distance_m is None else self.metres,
            ascent_m=round(activity.ascent_m * covered),
            avg_hr=heart,
            max_hr=min(activity.max_hr, heart + activity.max_hr - activity.avg_hr),
            calories=round(activity.calories * covered),
            power=None if activity.power is None else round(activity.power * effort),
        )


@lru_cache(maxsize=4096)
def laps_of(activity: Activity, seed: int) -> tuple[Lap, ...]:
    """At the speed at which they are together as long and as far as the activity."""
    length, far = activity.duration_s, activity.distance_m or 0.0
    laps, speed, plan = [Lap(length, far)], far / length, _plan(activity, seed)
    for _ in range(12 if far else 0):
        laps = _at_speed(speed, plan, length)
        speed *= far / sum(lap.metres for lap in laps)
    seconds, metres = marks(laps[:-1])
    last = replace(laps[-1], seconds=round(length - seconds[-1], 3), metres=max(round(far - metres[-1], 2), 0.0))
    return (*laps[:-1], replace(last, ended_by="session_end"))


def _plan(activity: Activity, seed: int) -> list[tuple[float, Lap]]:
    """Each with how fast it is beside the others."""
    dice = Dice(seed, "laps", activity.id)
    if activity.workout_id is None:
        each = activity.lap_m or inf
        # The lengths of a pool are all swum alike.
        low = 1.0 if activity.lengths else 0.93
        return [(dice.between(str(n), low, 1), Lap(0, each)) for n in range(ceil((activity.distance_m or 0) / each))]
    plan = []
    for number, (index, step) in enumerate(steps_of_a_run(seed, activity.workout_id)):
        kind, until = step["stepType"]["stepTypeKey"], step["endCondition"]["conditionTypeKey"]
        asked = {until: step["endConditionValue"]}
        ended_by = "manual" if until == "lap.button" else until
        lap = Lap(asked.get("time", 0), asked.get("distance", 0), kind, ended_by, index)
        plan.append((_SPEEDS[kind] * dice.between(str(number), 0.97, 1), lap))
    return plan


def _at_speed(speed: float, plan: Sequence[tuple[float, Lap]], length: float) -> list[Lap]:
    """What it is too short for was not done; if it is longer, it goes on in a lap without a step."""
    known = [round(lap.seconds or lap.metres / (speed * beside), 3) for beside, lap in plan]
    # An open step is ended when the rest can still be done, after 5 to 15 minutes.
    spare = min(max(round(length - sum(known), 3), 300.0), 900.0)
    laps: list[Lap] = []
    for (beside, lap), seconds in zip([*plan, (0.9, Lap(0, inf))], [*known, inf], strict=True):
        left = round(length - sum(each.seconds for each in laps), 3)
        seconds = min(seconds or spare, left)
        if left > 0.01:
            laps.append(replace(lap, seconds=seconds, metres=round(seconds * speed * beside, 2)))
    return laps


def marks(laps: Sequence[Lap]) -> tuple[list[float], list[float]]:
    """Seconds and metres at the start of each lap and at the end of the last one."""
    seconds = accumulate((lap.seconds for lap in laps), initial=0.0)
    metres = accumulate((lap.metres for lap in laps), initial=0.0)
    return [round(mark, 3) for mark in seconds], [round(mark, 2) for mark in metres]


def between(at: float, known: Sequence[float], sought: Sequence[float]) -> float:
    """What is sought, at a place between two marks of what is known."""
    after = min(bisect(known, at), len(known) - 1)
    share = (at - known[after - 1]) / ((known[after] - known[after - 1]) or 1)
    return sought[after - 1] + share * (sought[after] - sought[after - 1])


def quickest(laps: Sequence[Lap], metres: float) -> float:
    """Seconds of the fastest stretch of so many: it begins or ends where a lap does."""
    seconds, far = marks(laps)
    starts = [start for mark in far for start in (mark, mark - metres) if 0 <= start <= far[-1] - metres]
    return min(between(start + metres, far, seconds) - between(start, far, seconds) for start in starts)
