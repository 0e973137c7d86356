"""What day and night have in common, so that both tell the same story."""

from datetime import date, timedelta
from functools import lru_cache

from .dice import Dice


@lru_cache(maxsize=8192)
def moves(seed: int, day: date) -> float:
    """How much this day moved, 0 lazy to 1 long: steps, heart, energy and stress all follow it."""
    weekend = 0.12 if day.weekday() >= 5 else 0.0
    return min(1.0, max(0.0, Dice(seed, "day", day).bell("moves", 0.42 + weekend, 0.5)))


@lru_cache(maxsize=8192)
def resting_rate(seed: int, day: date) -> int:
    """Beats a minute; drifts by the month, rises a little after a long day."""
    fitness = Dice(seed, "month", day.year, day.month).between("fitness", -2.5, 2.5)
    tired = 3 * moves(seed, day - timedelta(days=1))
    return round(47 + fitness + tired + Dice(seed, "day", day).bell("rest", 0, 2))


def slept(seed: int, day: date) -> bool:
    """False for the nights in which the watch lay in a drawer (about one in twenty)."""
    return not Dice(seed, "night", day).chance("drawer", 0.05)
