"""A night's sleep, from the range of summaries or from its own page."""

from typing import Any

from pydantic import AliasChoices, AliasPath, Field

from garminsync.schemas.base import CalendarDate, Dated, Instant, Number, Signed, Small, Text, Whole, offset_s

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

    start_time: Instant | None = Field(None, validation_alias=AliasPath("values", "gmtSleepStartTimeInMillis"))
    end_time: Instant | None = Field(None, validation_alias=AliasPath("values", "gmtSleepEndTimeInMillis"))
    local_start: Instant | None = Field(
        None, validation_alias=AliasPath("values", "localSleepStartTimeInMillis"), exclude=True
    )
    sleep_s: Whole | None = Field(None, validation_alias=AliasPath("values", "totalSleepTimeInSeconds"))
    deep_s: Whole | None = Field(None, validation_alias=AliasPath("values", "deepTime"))
    light_s: Whole | None = Field(None, validation_alias=AliasPath("values", "lightTime"))
    rem_s: Whole | None = Field(None, validation_alias=AliasPath("values", "remTime"))
    awake_s: Whole | None = Field(None, validation_alias=AliasPath("values", "awakeTime"))
    score: Small | None = Field(None, validation_alias=AliasPath("values", "sleepScore"))
    score_quality: Text | None = Field(None, validation_alias=AliasPath("values", "sleepScoreQuality"))
    resting_hr_bpm: Small | None = Field(None, validation_alias=AliasPath("values", "restingHeartRate"))
    avg_hr_bpm: Number | None = Field(None, validation_alias=AliasPath("values", "avgHeartRate"))
    hrv_avg_ms: Number | None = Field(None, validation_alias=AliasPath("values", "avgOvernightHrv"))
    spo2_avg_percent: Number | None = Field(None, validation_alias=AliasPath("values", "spO2"))
    respiration_avg: Number | None = Field(None, validation_alias=AliasPath("values", "respiration"))
    body_battery_change: Signed | None = Field(None, validation_alias=AliasPath("values", "bodyBatteryChange"))
    skin_temperature_deviation_c: Number | None = Field(None, validation_alias=AliasPath("values", "skinTempC"))
    sleep_need_min: Whole | None = Field(None, validation_alias=AliasPath("values", "sleepNeed"), exclude=True)


class SleepPage(Sleep):
    """wellness-service/wellness/dailySleepData/{name}?date=: one night; `dailySleepDTO` and, beside it,
    what concerns the whole night. Times in milliseconds."""

    date: CalendarDate = Field(validation_alias=AliasPath("dailySleepDTO", "calendarDate"))
    start_time: Instant | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "sleepStartTimestampGMT"))
    end_time: Instant | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "sleepEndTimestampGMT"))
    local_start: Instant | None = Field(
        None, validation_alias=AliasPath("dailySleepDTO", "sleepStartTimestampLocal"), exclude=True
    )
    sleep_s: Whole | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "sleepTimeSeconds"))
    deep_s: Whole | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "deepSleepSeconds"))
    light_s: Whole | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "lightSleepSeconds"))
    rem_s: Whole | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "remSleepSeconds"))
    awake_s: Whole | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "awakeSleepSeconds"))
    score: Small | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "sleepScores", "overall", "value"))
    score_quality: Text | None = Field(
        None, validation_alias=AliasPath("dailySleepDTO", "sleepScores", "overall", "qualifierKey")
    )
    resting_hr_bpm: Small | None = Field(None, validation_alias="restingHeartRate")
    avg_hr_bpm: Number | None = Field(
        None,
        validation_alias=AliasChoices(
            AliasPath("dailySleepDTO", "avgHeartRate"), AliasPath("dailySleepDTO", "averageSpO2HRSleep")
        ),
    )
    hrv_avg_ms: Number | None = Field(None, validation_alias="avgOvernightHrv")
    spo2_avg_percent: Number | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "averageSpO2Value"))
    respiration_avg: Number | None = Field(None, validation_alias=AliasPath("dailySleepDTO", "averageRespirationValue"))
    body_battery_change: Signed | None = Field(None, validation_alias="bodyBatteryChange")
    skin_temperature_deviation_c: Number | None = Field(None, validation_alias="avgSkinTempDeviationC")
    sleep_need_min: Whole | None = Field(
        None, validation_alias=AliasPath("dailySleepDTO", "sleepNeed", "actual"), exclude=True
    )


def read_night(value: Any, notes: list[str]) -> SleepStats | SleepPage:
    """Either form, wherever it turns up."""
    page = isinstance(value, dict) and "dailySleepDTO" in value
    return (SleepPage if page else SleepStats).read(value, notes)
