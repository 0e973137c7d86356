"""What a night's page lists besides its curves: oxygen and breath by the minute and by the hour, and disruptions."""

from datetime import timedelta, tzinfo
from itertools import pairwise
from typing import Any

from .dice import Dice
from .nights import Night
from .times import gmt, local, midnight, millis

Json = dict[str, Any]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NO_READING = -2.0


def epochs(night: Night, zone: tzinfo, seed: int, profile_id: int, watch: int) -> Json:
    return {
        "wellnessEpochSPO2DataDTOList": _oxygen(night, zone, seed, profile_id, watch),
        "wellnessEpochRespirationAveragesList": _breath_by_the_hour(night, zone),
        "breathingDisruptionData": _disruptions(night, zone, seed),
    }


def _oxygen(night: Night, zone: tzinfo, seed: int, profile_id: int, watch: int) -> list[Json]:
    """By the minute; the calendar date is that of the reading."""
    if night.spo2 is None:
        return []
    dice, start, level = Dice(seed, "night", night.date), night.start(zone), round(night.spo2)
    made = []
    for minute in range(night.in_bed_s // 60):
        at = start + minute * MINUTE
        day = at.astimezone(zone).date()
        made.append(
            {
                "userProfilePK": profile_id,
                "deviceId": watch,
                "epochTimestamp": gmt(at),
                "epochDuration": 60,
                "calendarDate": local(midnight(day, zone), zone),
                "spo2Reading": min(100, level - 7 + round(11 * dice.unit(f"oxygen {minute}"))),
                "readingConfidence": dice.whole(f"sure {minute}", 2, 5),
            }
        )
    return made


def _breath_by_the_hour(night: Night, zone: tzinfo) -> list[Json]:
    """At each full hour; the first and the last have no reading."""
    start, end = night.start(zone), night.end(zone)
    at = start.replace(minute=0, second=0, microsecond=0) + HOUR
    hours = []
    while at <= end + HOUR:
        hours.append(at)
        at += HOUR
    breaths = float(round(night.breaths))
    return [
        {
            "epochEndTimestampGmt": millis(hour),
            "respirationAverageValue": breaths if 0 < number < len(hours) - 1 else NO_READING,
            "respirationHighValue": breaths + 2 if 0 < number < len(hours) - 1 else None,
            "respirationLowValue": breaths - 2 if 0 < number < len(hours) - 1 else None,
        }
        for number, hour in enumerate(hours)
    ]


def _disruptions(night: Night, zone: tzinfo, seed: int) -> list[Json]:
    """Spans that cover the night; the first may have no length."""
    start, dice = night.start(zone), Dice(seed, "night", night.date)
    turns = [0, 0, night.in_bed_s // 3, night.in_bed_s // 2, night.in_bed_s]
    return [
        {
            "startGMT": millis(start + timedelta(seconds=first)),
            "endGMT": millis(start + timedelta(seconds=last)),
            "value": dice.whole(f"disruption {number}", 0, 1),
        }
        for number, (first, last) in enumerate(pairwise(turns))
    ]
