"""Training readiness and training status, as Garmin gives them."""

from typing import Any

from garminsync.schemas.base import Dated, at
from garminsync.schemas.values import BigId, Instant, Level, Number, Reading, Signed, Small, Text, Whole, offset_s


class ReadinessSnapshot(Dated):
    """metrics-service/metrics/trainingreadiness/{start}/{end} and /{date}: one of a day's snapshots. Scores and
    factors 0 to 100, recovery time in minutes, HRV in ms, `timestamp` in UTC."""

    device_id: BigId | None = at("deviceId")
    time: Instant | None = at("timestamp")
    local_time: Instant | None = at("timestampLocal", exclude=True)
    score: Level = at("score")
    level: Text | None = at("level")
    feedback: Text | None = at("feedbackShort")
    context: Text | None = at("inputContext")
    recovery_time_min: Whole | None = at("recoveryTime")
    sleep_score: Level = at("sleepScore")
    sleep_score_factor_percent: Reading = at("sleepScoreFactorPercent")
    sleep_history_factor_percent: Reading = at("sleepHistoryFactorPercent")
    recovery_time_factor_percent: Reading = at("recoveryTimeFactorPercent")
    acwr_factor_percent: Reading = at("acwrFactorPercent")
    stress_history_factor_percent: Reading = at("stressHistoryFactorPercent")
    hrv_factor_percent: Reading = at("hrvFactorPercent")
    hrv_weekly_avg_ms: Reading = at("hrvWeeklyAverage")
    acute_load: Number | None = at("acuteLoad")
    valid_sleep: bool | None = at("validSleep")
    primary_device: bool | None = at("primaryActivityTracker")

    def row(self) -> dict[str, Any]:
        return super().row() | {"utc_offset_s": offset_s(self.local_time, self.time)}


class StatusEntry(Dated):
    """mobile-gateway/usersummary/trainingstatus/*: a day of one device. Loads in Garmin's points, `timestamp` in
    milliseconds UTC. Older devices give the load tunnel beside the entry's other values, newer ones with the
    acute load."""

    device_id: BigId = at("deviceId", default=...)
    time: Instant | None = at("timestamp")
    status: Small | None = at("trainingStatus")
    phrase: Text | None = at("trainingStatusFeedbackPhrase")
    acute_load: Number | None = at("acuteTrainingLoadDTO.dailyTrainingLoadAcute")
    chronic_load: Number | None = at("acuteTrainingLoadDTO.dailyTrainingLoadChronic")
    load_tunnel_min: Number | None = at("acuteTrainingLoadDTO.minTrainingLoadChronic", "loadTunnelMin")
    load_tunnel_max: Number | None = at("acuteTrainingLoadDTO.maxTrainingLoadChronic", "loadTunnelMax")
    acwr: Number | None = at("acuteTrainingLoadDTO.dailyAcuteChronicWorkloadRatio")
    acwr_percent: Number | None = at("acuteTrainingLoadDTO.acwrPercent")
    acwr_status: Text | None = at("acuteTrainingLoadDTO.acwrStatus")
    fitness_trend: Signed | None = at("fitnessTrend")
    sport: Text | None = at("sport")
    paused: bool | None = at("trainingPaused")
    primary_device: bool | None = at("primaryTrainingDevice")
