"""What the person weighs, drinks and measures: HRV of a night, weigh-ins, blood pressure, hydration."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from .account import Account
from .dice import Dice
from .keys import nulls
from .nights import Night
from .rhythm import moves
from .times import gmt, local, local_millis, millis

Json = dict[str, Any]

BASELINE_NEEDS = timedelta(days=21)
"""A watch knows what is usual after three weeks."""
GOAL_ONLY_APART = timedelta(days=2)
"""V2 may leave hydration out: here on the account's first days, so that the range of its own is needed."""
BEFORE_THE_WATCH = timedelta(days=400)
"""So long before the account's first day the person weighed and measured once."""
MEASURES = nulls("weight bmi bodyFat bodyWater boneMass muscleMass physiqueRating visceralFat metabolicAge")
NO_WEIGHT = MEASURES | nulls("samplePk date calendarDate sourceType timestampGMT weightDelta")
HEIGHT_M = 1.71


def hrv_summary(night: Night, zone: tzinfo, knows_baseline: bool) -> Json:
    """Recorded: an element of hrvSummaries. Its last time bears no zone and a fraction of two or three digits."""
    dice = Dice("hrv", night.date, night.hrv)
    usual = 57
    marker = round(0.5 + (night.week_hrv - usual) / 30, 8)
    status = "BALANCED" if night.week_hrv > 46 else "UNBALANCED"
    told = (night.end(zone) + timedelta(minutes=dice.whole("told", 5, 90))).astimezone(zone)
    return {
        "calendarDate": night.date.isoformat(),
        "weeklyAvg": night.week_hrv,
        "lastNightAvg": night.hrv,
        "lastNight5MinHigh": night.hrv + dice.whole("high", 15, 40),
        "baseline": {"lowUpper": 46, "balancedLow": 49, "balancedUpper": 66, "markerValue": marker}
        if knows_baseline
        else None,
        "status": status if knows_baseline else "NONE",
        "feedbackPhrase": f"HRV_{status}_{dice.whole('phrase', 1, 8)}" if knows_baseline else "ONBOARDING_1",
        "createTimeStamp": f"{told:%Y-%m-%dT%H:%M:%S}.{dice.whole('fraction', 10, 999)}",
    }


def weigh_ins(account: Account, day: date) -> list[Json]:
    """Recorded: the entries of one day, the newest first. What is typed in has a weight and nothing else."""
    entries: list[Json] = []
    seed, zone = account.options.seed, account.zone
    for name, hour, share in (("evening", 21, 0.15), ("morning", 6, 0.4)):
        dice = Dice(seed, "weight", day, name)
        at = _moment(day, hour, dice, zone)
        if _is_there(account, day, name, at, dice.chance("stands on it", share)):
            entries.append(_weigh_in(dice, at, zone, day, _grams(seed, day) + (700 if hour > 12 else 0)))
    return entries


def _weigh_in(dice: Dice, at: datetime, zone: tzinfo, day: date, grams: int) -> Json:
    by_hand = dice.chance("by hand", 0.12)
    fat = round(dice.bell("fat", 24.5, 1.2), 1)
    kilograms = grams / 1000
    composition: Json = {
        "bmi": round(kilograms / HEIGHT_M**2, 1),
        "bodyFat": fat,
        "bodyWater": round(73 * (1 - fat / 100), 1),
        "boneMass": round(grams * 0.052),
        "muscleMass": round(grams * 0.42),
    }
    rated = {"physiqueRating": 5, "visceralFat": 4.0, "metabolicAge": dice.whole("age", 29, 33)}
    return {
        **NO_WEIGHT,
        "samplePk": millis(at) + dice.whole("pk", 1000, 30_000),
        "date": local_millis(at, zone),
        "calendarDate": day.isoformat(),
        "weight": float(grams),
        **({} if by_hand else composition),
        # Only some scales tell these.
        **(rated if not by_hand and dice.chance("rated", 0.5) else {}),
        "sourceType": "MANUAL" if by_hand else "INDEX_SCALE",
        "timestampGMT": millis(at),
        "weightDelta": float(dice.whole("delta", -8, 8) * 100),
    }


def _grams(seed: int, day: date) -> int:
    """Drifts by the month."""
    month = Dice(seed, "month", day.year, day.month).between("weight", -120, 120)
    return 10 * round(6420 + month + Dice(seed, "weight", day).bell("grams", 0, 60))


def blood_pressures(account: Account, day: date) -> list[Json]:
    """Public knowledge (four clients): the measurements of one day, the newest first."""
    readings: list[Json] = []
    for name, hour, share in (("evening", 20, 0.08), ("morning", 7, 0.2)):
        dice = Dice(account.options.seed, "pressure", day, name)
        at = _moment(day, hour, dice, account.zone)
        if not _is_there(account, day, name, at, dice.chance("measures", share)):
            continue
        systolic = round(dice.bell("systolic", 119, 16))
        category = "NORMAL" if systolic < 120 else "ELEVATED" if systolic < 130 else "STAGE_1_HIGH"
        readings.append(
            {
                "version": millis(at) + dice.whole("version", 100, 900),
                "systolic": systolic,
                "diastolic": round(systolic * dice.between("diastolic", 0.6, 0.68)),
                "pulse": dice.whole("pulse", 52, 70) if dice.chance("pulse", 0.9) else None,
                "multiMeasurement": False,
                "notes": dice.pick("notes", (None, "", "left arm")),
                "sourceType": "MANUAL",
                "measurementTimestampLocal": local(at, account.zone),
                "measurementTimestampGMT": gmt(at),
                "category": {"NORMAL": 1, "ELEVATED": 2}.get(category, 3),
                "categoryName": category,
            }
        )
    return readings


def drunk(account: Account, day: date) -> tuple[float | None, float]:
    """Millilitres, None where nothing was logged, and the goal, which follows the sweat."""
    dice, move = Dice(account.options.seed, "hydration", day), moves(account.options.seed, day)
    logged = dice.chance("logs", 0.6) and account.first_day <= day <= account.today()
    return 250.0 * dice.whole("cups", 3, 12) if logged else None, round(2000 + 1500 * move, 3)


def hydration_group(account: Account, day: date) -> Json | None:
    """The same, as V2 tells it."""
    if account.options.basic or day < account.first_day + GOAL_ONLY_APART:
        return None
    consumed, goal = drunk(account, day)
    return {
        "goalInMl": round(goal),
        "goalInFractionalMl": goal,
        "consumedInMl": round(consumed or 0),
        "consumedInFractionalMl": consumed or 0.0,
    }


def _moment(day: date, hour: int, dice: Dice, zone: tzinfo) -> datetime:
    clock = datetime.combine(day, time(hour)) + timedelta(seconds=dice.whole("clock", 0, 5400))
    return clock.replace(tzinfo=zone).astimezone(UTC)


def _is_there(account: Account, day: date, name: str, at: datetime, by_chance: bool) -> bool:
    """A scale and a phone need no watch to upload."""
    if day == account.first_day - BEFORE_THE_WATCH:
        return name == "morning"
    return by_chance and at.astimezone(account.zone).date() >= account.first_day and at <= account.now()
