"""One night as Garmin writes it: a line of the statistics, and the whole night with its series."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from statistics import fmean
from typing import Any

from .dice import Dice
from .keys import nulls
from .nights import AWAKE, DEEP, LIGHT, NEED_MIN, REM, Night
from .times import gmt, local_millis, millis

Json = dict[str, Any]
AROUND = timedelta(minutes=60)
"""Movement is told from before the night to after it."""


def stats_line(night: Night, zone: tzinfo) -> Json:
    """An element of individualStats; seconds, but sleepNeed in minutes."""
    start, end = night.start(zone), night.end(zone)
    values = {
        "remTime": night.seconds(REM),
        "restingHeartRate": night.resting_hr,
        "totalSleepTimeInSeconds": night.asleep_s,
        "respiration": night.breaths,
        "localSleepEndTimeInMillis": local_millis(end, zone),
        "deepTime": night.seconds(DEEP),
        "awakeTime": night.seconds(AWAKE),
        "sleepScoreQuality": night.quality,
        "spO2": night.spo2,
        "localSleepStartTimeInMillis": local_millis(start, zone),
        "sleepNeed": NEED_MIN,
        "bodyBatteryChange": night.battery_gain,
        "gmtSleepStartTimeInMillis": millis(start),
        "gmtSleepEndTimeInMillis": millis(end),
        "hrvStatus": "BALANCED" if night.hrv > 46 else "UNBALANCED",
        "skinTempF": None if night.skin_c is None else round(night.skin_c * 1.8, 1),
        "sleepScore": night.score,
        "skinTempC": night.skin_c,
        "lightTime": night.seconds(LIGHT),
        "avgOvernightHrv": float(night.hrv),
        "avgHeartRate": float(night.avg_hr),
        "hrv7dAverage": float(night.week_hrv),
        "sleepAlignmentStatus": "ALIGNED",
        "sleepAlignmentOswStart": -30,
        "sleepAlignmentOswEnd": 420,
    }
    return {"calendarDate": night.date.isoformat(), "values": values}


def stats_answer(nights: list[Night], zone: tzinfo) -> Json:
    lines = [stats_line(night, zone) for night in nights]

    def mean(key: str) -> float | None:
        numbers = [line["values"][key] for line in lines if line["values"][key] is not None]
        return float(round(fmean(numbers))) if numbers else None

    def clock(moment: str) -> float | None:
        """Seconds from midnight of the calendar date; before it is negative."""
        offsets = []
        for night, line in zip(nights, lines, strict=True):
            midnight = (night.date - date(1970, 1, 1)).days * 86_400
            offsets.append(line["values"][f"localSleep{moment}TimeInMillis"] / 1000 - midnight)
        return float(round(fmean(offsets))) if offsets else None

    overall = {
        "averageSpO2": mean("spO2"),
        "meanAvgHeartRate": mean("avgHeartRate"),
        "averageLocalSleepStartTime": clock("Start"),
        "averageRespiration": mean("respiration"),
        "averageBodyBatteryChange": mean("bodyBatteryChange"),
        "averageSkinTempF": mean("skinTempF"),
        "averageSleepScore": mean("sleepScore"),
        "averageLocalSleepEndTime": clock("End"),
        "averageSkinTempC": mean("skinTempC"),
        "averageSleepSeconds": mean("totalSleepTimeInSeconds"),
        "averageSleepNeed": mean("sleepNeed"),
        "averageRestingHeartRate": mean("restingHeartRate"),
    }
    return {"overallStats": overall, "individualStats": lines}


def no_sleep(day: date, profile_id: int) -> Json:
    """dailySleepData of a day without a night (recorded)."""
    nothing = nulls(
        "id sleepTimeSeconds napTimeSeconds sleepWindowConfirmed sleepWindowConfirmationType"
        " sleepStartTimestampGMT sleepEndTimestampGMT sleepStartTimestampLocal sleepEndTimestampLocal"
        " autoSleepStartTimestampGMT autoSleepEndTimestampGMT sleepQualityTypePK sleepResultTypePK"
        " unmeasurableSleepSeconds deepSleepSeconds lightSleepSeconds remSleepSeconds awakeSleepSeconds"
    )
    known = {"userProfilePK": profile_id, "calendarDate": day.isoformat()}
    sheet = nothing | known | {"deviceRemCapable": False, "retro": False}
    return {"dailySleepDTO": sheet, "sleepMovement": [], "remSleepData": None, "sleepLevels": []}


def series(night: Night, zone: tzinfo, seed: int) -> Json:
    """Within the night: stages, movement by the minute, heart, stress, battery, HRV, breath."""
    start, end = night.start(zone), night.end(zone)
    dice = Dice(seed, "night", night.date)

    def every(minutes: int, around: timedelta = timedelta()) -> Iterator[tuple[datetime, float]]:
        at = start - around
        while at < end + around:
            yield at, dice.unit(f"series {minutes} {(at - start).seconds}")
            at += timedelta(minutes=minutes)

    levels: list[Json] = []
    at = start
    for stage, length in night.stages:
        until = at + timedelta(seconds=length)
        levels.append({"startGMT": gmt(at), "endGMT": gmt(until), "activityLevel": stage})
        at = until
    return {
        "sleepMovement": [
            {
                "startGMT": gmt(at),
                "endGMT": gmt(at + timedelta(minutes=1)),
                "activityLevel": round(6 * n**4, 4),
            }
            for at, n in every(1, AROUND)
        ],
        "sleepLevels": levels,
        "sleepRestlessMoments": [
            {"value": 1 + (n > 0.97), "startGMT": millis(at)} for at, n in list(every(5))[: night.restless]
        ],
        "sleepHeartRate": [{"value": round(night.avg_hr - 5 + 10 * n), "startGMT": millis(at)} for at, n in every(2)],
        "sleepStress": [
            {"value": round(night.stress * 2 * n) if n > 0.04 else -1, "startGMT": millis(at)} for at, n in every(3)
        ],
        "sleepBodyBattery": [
            {"value": round(20 + night.battery_gain * (at - start) / (end - start)), "startGMT": millis(at)}
            for at, _ in every(3)
        ],
        "hrvData": [{"value": round(night.hrv - 14 + 28 * n), "startGMT": millis(at)} for at, n in every(5)],
        "wellnessEpochRespirationDataDTOList": [
            {"startTimeGMT": millis(at), "respirationValue": float(round(night.breaths - 2 + 4 * n))}
            for at, n in every(2)
        ],
    }
