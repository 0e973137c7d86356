"""The menstrual cycle that the account keeps a calendar of."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .dice import Dice

FIRST = date(2015, 1, 5)
LENGTH = 28


def first_day(seed: int, number: int) -> date:
    """Where the cycle of this number begins."""
    return FIRST + timedelta(days=LENGTH * number + Dice(seed, "cycle", number).whole("early or late", -2, 2))


def overlapping(seed: int, first: date, last: date, today: date) -> Iterator[dict[str, Any]]:
    """The cycles of which a part lies between these days. Those to come are predicted."""
    number = (first - FIRST).days // LENGTH - 2
    while (begins := first_day(seed, number)) <= last:
        number += 1
        if first_day(seed, number) > first:
            yield {
                "startDate": begins.isoformat(),
                "periodLength": Dice(seed, "cycle", number).whole("period", 4, 6),
                "fertileWindowStart": 10,
                "lengthOfFertileWindow": 6,
                "predictedCycle": begins > today,
                "predictedCycleLength": LENGTH,
                "cycleType": "REGULAR",
                "pregnancyCycle": False,
                "dueDate": None,
            }


def logged(seed: int, day: date, what: str) -> bool:
    return Dice(seed, "day", day).chance(f"logged {what}", 0.08)
