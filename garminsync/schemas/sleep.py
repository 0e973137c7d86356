"""A night's sleep, from the range of summaries or from its own page."""

from typing import Any

from pydantic import Field

from garminsync.schemas.base import Dated, at
from garminsync.schemas.values import CalendarDate, Instant, Level, Number, Reading, Signed, Text, Whole, offset_s

# What a day may carry though nobody slept.
WITHOUT_A_NIGHT = {"date", "utc_offset_s", "resting_hr_bpm", "sleep_need_s", "body_battery_change"}


class Sleep(Dated):
    """What both forms share: names as the columns, but for a local time and a need in minutes."""

    start_time: Instant | None = None
    end_time: Instant | None = None
    local_start: Instant | None = Field(None, exclude=True)
    sleep_s: Whole | None = None
    sleep_need_min: Whole | None = Field(None, exclude=True)

    def row(self) -> dict[str, Any]:
        need = self.sleep_need_min
        return {
            **super().row(),
            "utc_offset_s": offset_s(self.local_start, self.start_time),
            "sleep_need_s": None if need is None else need * 60,
        }

    @property
    def has_night(self) -> bool:
        """Garmin also lists days with a sleep need or a nap and no night."""
        return any(value is not None for column, value in self.row().items() if column not in WITHOUT_A_NIGHT)


class SleepStats(Sleep):
    """sleep-service/stats/sleep/daily/{start}/{end}: individualStats[], everything in `values`.

    Times in milliseconds, the local ones as if they were UTC; totalSleepTimeInSeconds without awake time.
    """

    start_time: Instant | None = at("values.gmtSleepStartTimeInMillis")
    end_time: Instant | None = at("values.gmtSleepEndTimeInMillis")
    local_start: Instant | None = at("values.localSleepStartTimeInMillis", exclude=True)
    sleep_s: Whole | None = at("values.totalSleepTimeInSeconds")
    deep_s: Whole | None = at("values.deepTime")
    light_s: Whole | None = at("values.lightTime")
    rem_s: Whole | None = at("values.remTime")
    awake_s: Whole | None = at("values.awakeTime")
    score: Level = at("values.sleepScore")
    score_quality: Text | None = at("values.sleepScoreQuality")
    resting_hr_bpm: Level = at("values.restingHeartRate")
    avg_hr_bpm: Reading = at("values.avgHeartRate")
    hrv_avg_ms: Reading = at("values.avgOvernightHrv")
    spo2_avg_percent: Reading = at("values.spO2")
    respiration_avg: Reading = at("values.respiration")
    body_battery_change: Signed | None = at("values.bodyBatteryChange")
    skin_temperature_deviation_c: Number | None = at("values.skinTempC")
    sleep_need_min: Whole | None = at("values.sleepNeed", exclude=True)


class SleepPage(Sleep):
    """wellness-service/wellness/dailySleepData/{name}?date=: one night; `dailySleepDTO` and, beside it,
    what concerns the whole night. Times in milliseconds; oxygen and breath are rounded, in the range they are not."""

    date: CalendarDate = at("dailySleepDTO.calendarDate", default=...)
    start_time: Instant | None = at("dailySleepDTO.sleepStartTimestampGMT")
    end_time: Instant | None = at("dailySleepDTO.sleepEndTimestampGMT")
    local_start: Instant | None = at("dailySleepDTO.sleepStartTimestampLocal", exclude=True)
    sleep_s: Whole | None = at("dailySleepDTO.sleepTimeSeconds")
    deep_s: Whole | None = at("dailySleepDTO.deepSleepSeconds")
    light_s: Whole | None = at("dailySleepDTO.lightSleepSeconds")
    rem_s: Whole | None = at("dailySleepDTO.remSleepSeconds")
    awake_s: Whole | None = at("dailySleepDTO.awakeSleepSeconds")
    score: Level = at("dailySleepDTO.sleepScores.overall.value")
    score_quality: Text | None = at("dailySleepDTO.sleepScores.overall.qualifierKey")
    resting_hr_bpm: Level = at("restingHeartRate")
    avg_hr_bpm: Reading = at("dailySleepDTO.avgHeartRate", "dailySleepDTO.averageSpO2HRSleep")
    hrv_avg_ms: Reading = at("avgOvernightHrv")
    spo2_avg_percent: Reading = at("dailySleepDTO.averageSpO2Value")
    respiration_avg: Reading = at("dailySleepDTO.averageRespirationValue")
    body_battery_change: Signed | None = at("bodyBatteryChange")
    skin_temperature_deviation_c: Number | None = at("avgSkinTempDeviationC")
    sleep_need_min: Whole | None = at("dailySleepDTO.sleepNeed.actual", exclude=True)


def read_night(value: Any, notes: list[str]) -> SleepStats | SleepPage:
    """Either form, wherever it turns up."""
    page = isinstance(value, dict) and "dailySleepDTO" in value
    return (SleepPage if page else SleepStats).read(value, notes)
