"""dailySleepData: the sheet of one night. Key set as recorded, values invented."""

from datetime import timedelta, tzinfo
from typing import Any

from .keys import words
from .nights import AWAKE, DEEP, LIGHT, NEED_MIN, REM, Night
from .sleep_answers import series
from .sleep_epochs import epochs
from .times import gmt, local_millis, millis

Json = dict[str, Any]
SERIES = words(
    "sleepMovement sleepLevels sleepRestlessMoments sleepHeartRate sleepStress sleepBodyBattery"
    " hrvData wellnessEpochRespirationDataDTOList wellnessEpochSPO2DataDTOList"
    " wellnessEpochRespirationAveragesList breathingDisruptionData"
)


def sleep_detail(night: Night, zone: tzinfo, seed: int, profile_id: int, with_series: bool) -> Json:
    """Old nights come without their series: Garmin has offloaded them."""
    watch = profile_id + 3_389_000_001
    inside: Json = {name: [] for name in SERIES}
    restless = night.restless
    if with_series:
        inside = series(night, zone, seed) | epochs(night, zone, seed, profile_id, watch)
        restless = sum(moment["value"] for moment in inside["sleepRestlessMoments"])
    oxygen = None
    if night.spo2 is not None:
        oxygen = {
            "userProfilePk": profile_id,
            "deviceId": watch,
            "sleepMeasurementStartGMT": gmt(night.start(zone)),
            "sleepMeasurementEndGMT": gmt(night.end(zone)),
            "alertThresholdValue": None,
            "numberOfEventsBelowThreshold": None,
            "durationOfEventsBelowThreshold": None,
            "averageSPO2": float(round(night.spo2)),
            "averageSpO2HR": float(night.avg_hr),
            "lowestSPO2": round(night.spo2) - 7,
        }
    return inside | {
        "dailySleepDTO": _sheet(night, zone, profile_id),
        "remSleepData": True,
        "restlessMomentsCount": restless,
        "wellnessSpO2SleepSummaryDTO": oxygen,
        "skinTempDataExists": night.skin_c is not None,
        "avgSkinTempDeviationC": night.skin_c,
        "avgSkinTempDeviationF": None if night.skin_c is None else round(night.skin_c * 1.8, 1),
        "avgOvernightHrv": float(night.hrv),
        "hrvStatus": "BALANCED" if night.hrv > 46 else "UNBALANCED",
        "bodyBatteryChange": night.battery_gain,
        "restingHeartRate": night.resting_hr,
        "respirationVersion": 200,
    }


def _sheet(night: Night, zone: tzinfo, profile_id: int) -> Json:
    start, end = night.start(zone), night.end(zone)
    oxygen = None if night.spo2 is None else round(night.spo2)
    breaths = round(night.breaths)
    return {
        "id": millis(start),
        "userProfilePK": profile_id,
        "calendarDate": night.date.isoformat(),
        "sleepTimeSeconds": night.asleep_s,
        "napTimeSeconds": 0,
        "sleepWindowConfirmed": True,
        "sleepWindowConfirmationType": "enhanced_confirmed_final",
        "sleepStartTimestampGMT": millis(start),
        "sleepEndTimestampGMT": millis(end),
        "sleepStartTimestampLocal": local_millis(start, zone),
        "sleepEndTimestampLocal": local_millis(end, zone),
        "autoSleepStartTimestampGMT": None,
        "autoSleepEndTimestampGMT": None,
        "sleepQualityTypePK": None,
        "sleepResultTypePK": None,
        "unmeasurableSleepSeconds": 0,
        "deepSleepSeconds": night.seconds(DEEP),
        "lightSleepSeconds": night.seconds(LIGHT),
        "remSleepSeconds": night.seconds(REM),
        "awakeSleepSeconds": night.seconds(AWAKE),
        "deviceRemCapable": True,
        "retro": False,
        "sleepFromDevice": True,
        "averageSpO2Value": None if oxygen is None else float(oxygen),
        "lowestSpO2Value": None if oxygen is None else oxygen - 7,
        "highestSpO2Value": None if oxygen is None else min(100, oxygen + 4),
        "averageSpO2HRSleep": None if oxygen is None else float(night.avg_hr),
        "averageRespirationValue": float(breaths),
        "lowestRespirationValue": float(breaths - 4),
        "highestRespirationValue": float(breaths + 4),
        "awakeCount": sum(1 for stage, _ in night.stages if stage == AWAKE),
        "avgSleepStress": float(night.stress),
        "avgHeartRate": float(night.avg_hr),
        "ageGroup": "ADULT",
        "sleepScoreFeedback": "POSITIVE_DEEP" if night.score >= 80 else "NEGATIVE_SHORT",
        "sleepScoreInsight": "NONE",
        "sleepScorePersonalizedInsight": "NOT_AVAILABLE",
        "sleepScores": _scores(night),
        "sleepVersion": 2,
        "sleepNeed": _need(night, profile_id, 0),
        "nextSleepNeed": _need(night, profile_id, 1),
        "breathingDisruptionSeverity": "NONE",
    }


def _scores(night: Night) -> Json:
    shares = {
        "remPercentage": (REM, 21.0, 31.0),
        "lightPercentage": (LIGHT, 30.0, 64.0),
        "deepPercentage": (DEEP, 16.0, 33.0),
    }
    scores: Json = {
        "totalDuration": {"qualifierKey": night.quality, "optimalStart": 28_800.0, "optimalEnd": 28_800.0},
        "stress": {"qualifierKey": "GOOD", "optimalStart": 0.0, "optimalEnd": 15.0},
        "awakeCount": {"qualifierKey": "GOOD", "optimalStart": 0.0, "optimalEnd": 1.0},
        "overall": {"value": night.score, "qualifierKey": night.quality},
        "restlessness": {"qualifierKey": "FAIR", "optimalStart": 0.0, "optimalEnd": 5.0},
    }
    for name, (stage, low, high) in shares.items():
        scores[name] = {
            "value": round(100 * night.seconds(stage) / night.asleep_s),
            "qualifierKey": "GOOD",
            "optimalStart": low,
            "optimalEnd": high,
            "idealStartInSeconds": round(low * night.asleep_s / 100, 1),
            "idealEndInSeconds": round(high * night.asleep_s / 100, 1),
        }
    return scores


def _need(night: Night, profile_id: int, later: int) -> Json:
    """Minutes."""
    unchanged = dict.fromkeys(
        ("trainingFeedback", "sleepHistoryAdjustment", "hrvAdjustment", "napAdjustment"), "NO_CHANGE"
    )
    return unchanged | {
        "userProfilePk": profile_id,
        "calendarDate": (night.date + timedelta(days=later)).isoformat(),
        "deviceId": profile_id + 3_389_000_001,
        "timestampGmt": night.bed.isoformat(),
        "baseline": NEED_MIN,
        "actual": NEED_MIN,
        "feedback": "NO_CHANGE_NO_ADJUSTMENTS",
        "displayedForTheDay": False,
        "preferredActivityTracker": True,
    }
