"""The curves of one day, made so that their sums and extremes are those of its summary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from math import sin

from .day_part import DayPart

WALKING, RUNNING = 6, 1
OFF_WRIST, MOVING = -1, -2
STEPS_EVERY, STRESS_EVERY, BREATHS_EVERY, OXYGEN_EVERY = (timedelta(minutes=n) for n in (15, 3, 2, 10))
HEART_EVERY = timedelta(minutes=1)

type Curve = list[tuple[datetime, int]]


@dataclass(frozen=True)
class Counted:
    """What the watch has counted since midnight of one kind of activity."""

    at: datetime
    kind: int
    steps: int


@dataclass(frozen=True)
class Curves:
    """In the order of time. `stress` has OFF_WRIST and MOVING where the watch could not tell; breaths in hundredths,
    negative where it could not."""

    steps: list[Counted]
    heart: Curve
    stress: Curve
    battery: Curve
    breaths: Curve
    oxygen: Curve


@lru_cache(maxsize=256)
def curves(part: DayPart) -> Curves:
    battery, stress = _battery(part), _stress(part)
    return Curves(_steps(part), _heart(part), stress, battery, _breaths(part), _oxygen(part))


def _settled(values: list[int], mean: float, low: int, high: int, fixed: Mapping[int, int]) -> list[int]:
    """`values` between `low` and `high` with this mean, those at `fixed` places as told, as far as that is possible."""
    made = [fixed.get(place, min(high, max(low, value))) for place, value in enumerate(values)]
    free = [place for place in range(len(made)) if place not in fixed]
    gap, moved = round(mean * len(made)) - sum(made), True
    while gap and moved:
        moved, step = False, 1 if gap > 0 else -1
        for place in free:
            if gap and low <= made[place] + step <= high:
                made[place] += step
                gap -= step
                moved = True
    return made


def _steps(part: DayPart) -> list[Counted]:
    """Few at night; what is vigorous is run in the evening."""
    ends = [*list(part.ticks(STEPS_EVERY))[1:], part.until]
    hours = [(at - part.start) / timedelta(hours=1) for at in ends]
    awake = [7 < hour <= 23 for hour in hours]
    weights = [part.dice.between(f"steps {n}", 0.2, 1.8) if is_awake else 0.02 for n, is_awake in enumerate(awake)]
    counted, total, done = [], sum(weights), 0.0
    counts, before = {WALKING: 0, RUNNING: 0}, 0
    for at, hour, weight in zip(ends, hours, weights, strict=True):
        done += weight
        so_far = round(part.day.steps * min(done / total, 1)) if at < part.until else part.day.steps
        kind = RUNNING if part.day.vigorous_min and 17 < hour <= 18 else WALKING
        counts[kind] += so_far - before
        before = so_far
        kinds = (WALKING, RUNNING) if at == part.end else (kind,)
        counted += [Counted(at, each, counts[each]) for each in kinds]
    return counted


def _heart(part: DayPart) -> Curve:
    day, dice = part.day, part.dice
    ticks = list(part.ticks(HEART_EVERY))
    made = []
    for n, at in enumerate(ticks):
        above = 4 if part.is_asleep(at) else 22 + 10 * sin(n / 40)
        value = round(day.resting_hr + above * 2 * dice.unit(f"heart {n}"))
        made.append(min(day.max_hr, max(day.min_hr, value)))
    for share, value in ((0.15, day.min_hr), (0.75, day.max_hr)):
        made[int(share * len(made))] = value
    return list(zip(ticks, made, strict=True))


def _stress(part: DayPart) -> Curve:
    day, dice = part.day, part.dice
    ticks = list(part.ticks(STRESS_EVERY))
    thrown = [dice.unit(f"stress {n}") for n in range(len(ticks))]
    lost = {n: OFF_WRIST if one < 0.02 else MOVING for n, one in enumerate(thrown) if one < 0.08}
    told = [n for n in range(len(ticks)) if n not in lost]
    peak = {int(0.7 * len(told)): day.stress_max}
    levels = _settled([round(2 * day.stress_avg * thrown[n]) for n in told], day.stress_avg, 0, day.stress_max, peak)
    found = lost | dict(zip(told, levels, strict=True))
    return [(at, found[n]) for n, at in enumerate(ticks)]


def _battery(part: DayPart) -> Curve:
    """Down to the lowest, up by sleep to the highest, down to where it stands."""
    day = part.day
    ticks = list(part.ticks(STRESS_EVERY))
    turns = [
        (0, min(day.battery_low + 6, day.battery_high)),
        (int(0.05 * len(ticks)), day.battery_low),
        (int(0.35 * len(ticks)), day.battery_high),
        (len(ticks) - 1, day.battery_now),
    ]
    made = [day.battery_now] * len(ticks)
    for (first, low), (last, high) in pairwise(turns):
        for n in range(first, last + 1):
            made[n] = round(low + (high - low) * (n - first) / max(last - first, 1))
    return list(zip(ticks, made, strict=True))


def _breaths(part: DayPart) -> Curve:
    """Waking ones have the mean of the summary, its highest and its lowest."""
    day, dice = part.day, part.dice
    ticks = list(part.ticks(BREATHS_EVERY))
    thrown = [dice.unit(f"breaths {n}") for n in range(len(ticks))]
    low, high = round(100 * day.breaths_low), round(100 * day.breaths_high)
    made = {n: round(1150 + 400 * thrown[n]) for n, at in enumerate(ticks) if part.is_asleep(at)}
    made |= {n: -100 for n in range(len(ticks)) if n not in made and thrown[n] < 0.03}
    waking = [n for n in range(len(ticks)) if n not in made]
    extremes = {int(0.3 * len(waking)): low, int(0.6 * len(waking)): high}
    values = [round(100 * day.waking_breaths + 600 * (thrown[n] - 0.5)) for n in waking]
    made |= dict(zip(waking, _settled(values, 100 * day.waking_breaths, low, high, extremes), strict=True))
    return [(at, made[n]) for n, at in enumerate(ticks)]


def _oxygen(part: DayPart) -> Curve:
    """In the small hours; the last one is the latest of the summary."""
    day, dice = part.day, part.dice
    if day.spo2_avg is None or day.spo2_low is None or day.spo2_now is None:
        return []
    ticks = [at for at in part.ticks(OXYGEN_EVERY) if at < part.start + timedelta(hours=6)]
    values = [round(day.spo2_avg + 4 * (dice.unit(f"oxygen {n}") - 0.5)) for n in range(len(ticks))]
    fixed = {len(ticks) // 2: day.spo2_low, len(ticks) - 1: day.spo2_now}
    return list(zip(ticks, _settled(values, day.spo2_avg, day.spo2_low, 100, fixed), strict=True))
