"""Training readiness and training status, as Garmin gives them."""

from typing import Any

from pydantic import AliasChoices, AliasPath, Field

from garminsync.schemas.base import BigId, Dated, Instant, Level, Number, Signed, Small, Text, Whole, offset_s


class ReadinessSnapshot(Dated):
    """metrics-service/metrics/trainingreadiness/{start}/{end} and /{date}: one of a day's snapshots. Scores and
    factors 0 to 100, recovery time in minutes, HRV in ms, `timestamp` in UTC."""

    device_id: BigId | None = Field(None, validation_alias="deviceId")
    time: Instant | None = Field(None, validation_alias="timestamp")
    local_time: Instant | None = Field(None, validation_alias="timestampLocal", exclude=True)
    score: Level = Field(None, validation_alias="score")
    level: Text | None = Field(None, validation_alias="level")
    feedback: Text | None = Field(None, validation_alias="feedbackShort")
    context: Text | None = Field(None, validation_alias="inputContext")
    recovery_time_min: Whole | None = Field(None, validation_alias="recoveryTime")
    sleep_score: Level = Field(None, validation_alias="sleepScore")
    sleep_score_factor_percent: Number | None = Field(None, validation_alias="sleepScoreFactorPercent")
    sleep_history_factor_percent: Number | None = Field(None, validation_alias="sleepHistoryFactorPercent")
    recovery_time_factor_percent: Number | None = Field(None, validation_alias="recoveryTimeFactorPercent")
    acwr_factor_percent: Number | None = Field(None, validation_alias="acwrFactorPercent")
    stress_history_factor_percent: Number | None = Field(None, validation_alias="stressHistoryFactorPercent")
    hrv_factor_percent: Number | None = Field(None, validation_alias="hrvFactorPercent")
    hrv_weekly_avg_ms: Number | None = Field(None, validation_alias="hrvWeeklyAverage")
    acute_load: Number | None = Field(None, validation_alias="acuteLoad")
    valid_sleep: bool | None = Field(None, validation_alias="validSleep")
    primary_device: bool | None = Field(None, validation_alias="primaryActivityTracker")

    def row(self) -> dict[str, Any]:
        return super().row() | {"utc_offset_s": offset_s(self.local_time, self.time)}


class StatusEntry(Dated):
    """mobile-gateway/usersummary/trainingstatus/*: a day of one device. Loads in Garmin's points, `timestamp` in
    milliseconds UTC. Older devices give the load tunnel beside the entry's other values, newer ones with the
    acute load."""

    device_id: BigId = Field(validation_alias="deviceId")
    time: Instant | None = Field(None, validation_alias="timestamp")
    status: Small | None = Field(None, validation_alias="trainingStatus")
    phrase: Text | None = Field(None, validation_alias="trainingStatusFeedbackPhrase")
    acute_load: Number | None = Field(
        None, validation_alias=AliasPath("acuteTrainingLoadDTO", "dailyTrainingLoadAcute")
    )
    chronic_load: Number | None = Field(
        None, validation_alias=AliasPath("acuteTrainingLoadDTO", "dailyTrainingLoadChronic")
    )
    load_tunnel_min: Number | None = Field(
        None,
        validation_alias=AliasChoices(AliasPath("acuteTrainingLoadDTO", "minTrainingLoadChronic"), "loadTunnelMin"),
    )
    load_tunnel_max: Number | None = Field(
        None,
        validation_alias=AliasChoices(AliasPath("acuteTrainingLoadDTO", "maxTrainingLoadChronic"), "loadTunnelMax"),
    )
    acwr: Number | None = Field(
        None, validation_alias=AliasPath("acuteTrainingLoadDTO", "dailyAcuteChronicWorkloadRatio")
    )
    acwr_percent: Number | None = Field(None, validation_alias=AliasPath("acuteTrainingLoadDTO", "acwrPercent"))
    acwr_status: Text | None = Field(None, validation_alias=AliasPath("acuteTrainingLoadDTO", "acwrStatus"))
    fitness_trend: Signed | None = Field(None, validation_alias="fitnessTrend")
    sport: Text | None = Field(None, validation_alias="sport")
    paused: bool | None = Field(None, validation_alias="trainingPaused")
    primary_device: bool | None = Field(None, validation_alias="primaryTrainingDevice")
