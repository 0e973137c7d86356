"""What the watch thinks of the body's form: values that depend only on the seed and the day."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from .dice import Dice
from .rhythm import moves, resting_rate

Json = dict[str, Any]


@lru_cache(maxsize=8192)
def loads(seed: int, day: date) -> tuple[int, int]:
    """The training load of the last 7 days, and that of 28 days by the week."""
    daily = [140 * moves(seed, day - timedelta(days=back)) for back in range(28)]
    return round(sum(daily[:7])), round(sum(daily) / 4)


@lru_cache(maxsize=8192)
def form(seed: int, day: date) -> float:
    """VO2 max of this day, measured or not; drifts by the month."""
    drift = Dice(seed, "month", day.year, day.month).between("form", -1.5, 1.5)
    return round(48 + drift + Dice(seed, "day", day).bell("form", 0, 1), 1)


def vo2max_part(seed: int, day: date, sport: str) -> Json | None:
    """`generic` is measured on every third run or so, `cycling` more rarely."""
    often, less, category = (0.3, 0.0, 0) if sport == "generic" else (0.15, 5.0, 1)
    if not Dice(seed, "day", day).chance(f"{sport} measured", often):
        return None
    precise = round(form(seed, day) - less, 1)
    return {
        "calendarDate": day.isoformat(),
        "vo2MaxPreciseValue": precise,
        "vo2MaxValue": float(round(precise)),
        "fitnessAge": None,
        "fitnessAgeDescription": None,
        "maxMetCategory": category,
    }


def acclimation(seed: int, day: date) -> Json | None:
    """Warm in every second week, and in the mountains in every third; null when there is nothing to tell."""
    dice, week = Dice(seed, "day", day), day.isocalendar().week
    if dice.chance("no acclimation", 0.1):
        return None
    heat = dice.whole("heat", 5, 60) if week % 2 else 0
    height = dice.whole("height", 1200, 2300) if week % 3 == 0 else dice.whole("height", 30, 60)
    acclimated = height - 200 if height > 1000 else 0
    return {
        "calendarDate": day.isoformat(),
        "altitudeAcclimationDate": day.isoformat(),
        "previousAltitudeAcclimationDate": (day - timedelta(days=1)).isoformat(),
        "heatAcclimationDate": day.isoformat(),
        "previousHeatAcclimationDate": (day - timedelta(days=1)).isoformat(),
        "altitudeAcclimation": acclimated,
        "previousAltitudeAcclimation": acclimated,
        "heatAcclimationPercentage": heat,
        "previousHeatAcclimationPercentage": max(heat - 4, 0),
        "heatTrend": "ACCLIMATIZING" if heat else None,
        "altitudeTrend": "ACCLIMATIZING" if acclimated else None,
        "currentAltitude": height,
        "previousAltitude": height,
        "acclimationPercentage": 64 if acclimated else 0,
        "previousAcclimationPercentage": 58 if acclimated else 0,
        "altitudeAcclimationLocalTimestamp": f"{day.isoformat()}T23:57:03.0",
    }


def race_times(seed: int, day: date) -> Json:
    five = round(1490 * 48 / form(seed, day))
    return {
        "time5K": five,
        "time10K": round(five * 2.12),
        "timeHalfMarathon": round(five * 4.75),
        "timeMarathon": round(five * 10.2),
    }


def fitness_age(seed: int, day: date) -> Json | None:
    """Counted on most days. In every third week there is no new body fat, and the BMI stands in."""
    dice = Dice(seed, "day", day)
    if not dice.chance("fitness age", 0.8):
        return None
    body = {"bmi": 23.4} if day.isocalendar().week % 3 == 0 else {"bodyFat": round(dice.bell("body fat", 18, 1), 1)}
    return {
        "fitnessAge": round(84 - form(seed, day), 1),
        "achievableFitnessAge": round(82 - form(seed, day), 1),
        "vigorousDaysAvg": round(dice.between("vigorous days", 1, 4), 1),
        "rhr": resting_rate(seed, day),
        **body,
    }


def endurance(seed: int, day: date) -> int:
    return round(3000 + 55 * form(seed, day) + loads(seed, day)[1] / 10)


def hill_score(seed: int, day: date) -> Json:
    dice = Dice(seed, "week", *day.isocalendar()[:2])
    strength, lasting = dice.whole("hill strength", 10, 30), dice.whole("hill endurance", 12, 40)
    return {
        "strengthScore": strength,
        "enduranceScore": lasting,
        "hillScoreClassificationId": 2,
        "overallScore": min(100, strength + lasting // 2),
        "hillScoreFeedbackPhraseId": 42,
    }


def threshold(seed: int, day: date, quantity: str) -> float | None:
    """A new one of running every three weeks or so, of cycling every two."""
    dice = Dice(seed, "day", day)
    every, value = {
        "lactateThresholdSpeed": (23, round(0.3 + form(seed, day) / 1000, 4)),
        "lactateThresholdHeartRate": (23, float(dice.whole("threshold", 160, 170))),
        "functionalThresholdPower": (13, float(dice.whole("ftp", 215, 235))),
    }[quantity]
    return value if day.toordinal() % every == seed % every else None


def tolerance(seed: int, day: date) -> Json | None:
    if not Dice(seed, "day", day).chance("tolerance", 0.9):
        return None
    distance = sum(round(9000 * moves(seed, day - timedelta(days=back))) for back in range(0, 7, 2))
    return {
        "acuteDistance": distance,
        "acuteImpactLoad": round(distance * 1.12),
        "acuteTolerance": 41_000,
        "runningToleranceFeedBackPhrase": "OPTIMAL_1",
    }
