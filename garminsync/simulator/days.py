"""What the watch measured on one day: plausible, connected, invented."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache

from .dice import Dice
from .nights import whole_night
from .rhythm import moves, resting_rate

STRIDE_M = 0.77
FLOOR_M = 3.048


@dataclass(frozen=True)
class Day:
    """Lengths in seconds, distances in metres, rates per minute, energy in kcal."""

    date: date
    steps: int
    step_goal: int
    distance_m: int
    floors_up: float
    floors_down: float
    active_kcal: float
    bmr_kcal: float
    moderate_min: int
    vigorous_min: int
    highly_active_s: int
    active_s: int
    sedentary_s: int
    sleeping_s: int
    resting_hr: int
    min_hr: int
    max_hr: int
    week_resting_hr: int
    stress_avg: int
    stress_max: int
    rest_stress_s: int
    low_stress_s: int
    medium_stress_s: int
    high_stress_s: int
    activity_stress_s: int
    uncategorized_stress_s: int
    battery_charged: int
    battery_drained: int
    battery_high: int
    battery_low: int
    battery_now: int
    battery_in_sleep: int | None
    spo2_avg: float | None
    spo2_low: int | None
    spo2_now: int | None
    waking_breaths: float
    breaths_high: float
    breaths_low: float
    breaths_now: float


GROWING = {
    *("steps", "distance_m", "floors_up", "floors_down", "active_kcal", "bmr_kcal", "moderate_min"),
    *("vigorous_min", "highly_active_s", "active_s", "sedentary_s", "rest_stress_s", "low_stress_s"),
    *("medium_stress_s", "high_stress_s", "activity_stress_s", "uncategorized_stress_s", "battery_drained"),
}
"""What adds up over a day; half-way through it there is half as much."""


@lru_cache(maxsize=8192)
def whole_day(seed: int, day: date) -> Day:
    """The day as it stands once it is over."""
    dice = Dice(seed, "day", day)
    move = moves(seed, day)
    steps = round(2600 + 13_500 * move + dice.bell("steps", 0, 900))
    floors = max(0.0, 2 + 18 * move * dice.between("hilly", 0.4, 1.3))
    resting = resting_rate(seed, day)
    week = [resting_rate(seed, day - timedelta(days=back)) for back in range(7)]
    vigorous = round(max(0.0, 90 * (move - 0.5)))
    stress = round(min(60.0, max(14.0, 22 + 14 * move + dice.bell("stress", 0, 12))))
    night = whole_night(seed, day)
    sleeping = night.asleep_s if night else 0
    highly = round(300 + 4200 * move)
    active = round(3000 + 6800 * move)
    measured = 80_000 - round(dice.between("bare", 0, 5000))
    stressed = round(measured * (stress - 6) / 100)
    moving = round(measured * (0.06 + 0.14 * move))
    unknown = round(measured * 0.07)
    charged = (night.battery_gain if night else 25) + dice.whole("nap", 0, 4)
    low = round(max(5.0, 34 - 22 * move + dice.bell("low", 0, 9)))
    has_spo2 = dice.chance("spo2", 0.85)
    spo2 = round(dice.bell("spo2 level", 95, 3))
    return Day(
        date=day,
        steps=steps,
        step_goal=10 * Dice(seed, "week", *day.isocalendar()[:2]).whole("goal", 700, 900),
        distance_m=round(steps * STRIDE_M),
        floors_up=round(floors, 5),
        floors_down=round(floors * dice.between("down", 0.85, 1.1), 5),
        active_kcal=float(round(90 + 900 * move)),
        bmr_kcal=float(1760 + Dice(seed, "account").whole("bmr", -150, 150)),
        moderate_min=round(60 * move),
        vigorous_min=vigorous,
        highly_active_s=highly,
        active_s=active,
        sedentary_s=86_400 - sleeping - active - highly,
        sleeping_s=sleeping,
        resting_hr=resting,
        min_hr=resting - dice.whole("min", 1, 4),
        max_hr=round(resting + 50 + 75 * move + dice.bell("max", 0, 8)),
        week_resting_hr=round(sum(week) / 7),
        stress_avg=stress,
        stress_max=min(100, stress + dice.whole("peak", 45, 68)),
        rest_stress_s=measured - stressed - moving - unknown,
        low_stress_s=stressed - round(stressed * 0.27) - round(stressed * 0.06),
        medium_stress_s=round(stressed * 0.27),
        high_stress_s=round(stressed * 0.06),
        activity_stress_s=moving,
        uncategorized_stress_s=unknown,
        battery_charged=charged,
        battery_drained=round(40 + 35 * move),
        battery_high=min(100, low + charged),
        battery_low=low,
        battery_now=low + dice.whole("evening", 0, 5),
        battery_in_sleep=night.battery_gain if night else None,
        spo2_avg=float(spo2) if has_spo2 else None,
        spo2_low=spo2 - dice.whole("spo2 dip", 3, 10) if has_spo2 else None,
        spo2_now=min(100, spo2 + dice.whole("spo2 now", -1, 2)) if has_spo2 else None,
        waking_breaths=float(dice.whole("breaths", 12, 16)),
        breaths_high=float(dice.whole("breaths high", 19, 24)),
        breaths_low=float(dice.whole("breaths low", 6, 10)),
        breaths_now=float(dice.whole("breaths now", 10, 17)),
    )


def begun_day(day: Day, share: float) -> Day:
    """The same day after `share` of it; what adds up has only come so far."""
    if share >= 1:
        return day
    grown: dict[str, int | float] = {}
    for column in fields(day):
        if column.name in GROWING:
            value = getattr(day, column.name) * share
            grown[column.name] = round(value, 5) if column.name.startswith("floors") else int(value)
    grown |= {"active_kcal": float(grown["active_kcal"]), "bmr_kcal": float(grown["bmr_kcal"])}
    now = max(day.battery_low, round(day.battery_high - grown["battery_drained"]))
    # The names come from the fields themselves; mypy cannot see that they fit.
    return replace(day, battery_now=now, **grown)  # type: ignore[arg-type]
