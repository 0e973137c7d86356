"""One day as Garmin writes it: flat (recorded) and nested (V2, undocumented)."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from .days import FLOOR_M, Day
from .dice import Dice
from .keys import words
from .times import gmt, local, midnight

Json = dict[str, Any]

EMPTY_KEYS = words(
    "totalKilocalories activeKilocalories bmrKilocalories wellnessKilocalories burnedKilocalories"
    " consumedKilocalories remainingKilocalories totalSteps netCalorieGoal totalDistanceMeters"
    " wellnessDistanceMeters wellnessActiveKilocalories netRemainingKilocalories uuid dailyStepGoal"
    " wellnessStartTimeGmt wellnessStartTimeLocal wellnessEndTimeGmt wellnessEndTimeLocal"
    " durationInMilliseconds wellnessDescription highlyActiveSeconds activeSeconds sedentarySeconds"
    " sleepingSeconds moderateIntensityMinutes vigorousIntensityMinutes floorsAscendedInMeters"
    " floorsDescendedInMeters floorsAscended floorsDescended intensityMinutesGoal userFloorsAscendedGoal"
    " minHeartRate maxHeartRate restingHeartRate lastSevenDaysAvgRestingHeartRate source"
    " averageStressLevel maxStressLevel stressDuration restStressDuration activityStressDuration"
    " uncategorizedStressDuration totalStressDuration lowStressDuration mediumStressDuration"
    " highStressDuration stressPercentage restStressPercentage activityStressPercentage"
    " uncategorizedStressPercentage lowStressPercentage mediumStressPercentage highStressPercentage"
    " stressQualifier measurableAwakeDuration measurableAsleepDuration lastSyncTimestampGMT"
    " minAvgHeartRate maxAvgHeartRate bodyBatteryChargedValue bodyBatteryDrainedValue"
    " bodyBatteryHighestValue bodyBatteryLowestValue bodyBatteryMostRecentValue bodyBatteryDuringSleep"
    " bodyBatteryAtWakeTime bodyBatteryVersion abnormalHeartRateAlertsCount averageSpo2 lowestSpo2"
    " latestSpo2 latestSpo2ReadingTimeGmt latestSpo2ReadingTimeLocal averageMonitoringEnvironmentAltitude"
    " restingCaloriesFromActivity bodyBatteryDynamicFeedbackEvent"
    " endOfDayBodyBatteryDynamicFeedbackEvent bodyBatteryActivityEventList avgWakingRespirationValue"
    " highestRespirationValue lowestRespirationValue latestRespirationValue latestRespirationTimeGMT"
    " respirationAlgorithmVersion"
)


def empty_day(day: date, profile_id: int) -> Json:
    """A day on which Garmin has nothing: the keys of a full one, null."""
    return dict.fromkeys(EMPTY_KEYS) | {
        "userProfileId": profile_id,
        "userDailySummaryId": profile_id,
        "calendarDate": day.isoformat(),
        "rule": {"typeId": 2, "typeKey": "private"},
        "includesWellnessData": False,
        "includesActivityData": False,
        "includesCalorieConsumedData": False,
        "privacyProtected": False,
    }


def flat_day(day: Day, until: datetime, zone: tzinfo, seed: int, profile_id: int) -> Json:
    """usersummary/daily. `until` is the end of the day, or the watch's last upload."""
    start = midnight(day.date, zone)
    stress = day.low_stress_s + day.medium_stress_s + day.high_stress_s
    total = stress + day.rest_stress_s + day.activity_stress_s + day.uncategorized_stress_s
    spo2_at = start + timedelta(hours=5, minutes=41) if day.spo2_now is not None else None
    seconds = {
        "stressDuration": stress,
        "restStressDuration": day.rest_stress_s,
        "activityStressDuration": day.activity_stress_s,
        "uncategorizedStressDuration": day.uncategorized_stress_s,
        "lowStressDuration": day.low_stress_s,
        "mediumStressDuration": day.medium_stress_s,
        "highStressDuration": day.high_stress_s,
    }
    shares = {
        name.replace("Duration", "Percentage"): round(100 * value / max(total, 1), 2) for name, value in seconds.items()
    }
    calories = day.active_kcal + day.bmr_kcal
    return (
        empty_day(day.date, profile_id)
        | seconds
        | shares
        | {
            "totalKilocalories": calories,
            "activeKilocalories": day.active_kcal,
            "bmrKilocalories": day.bmr_kcal,
            "wellnessKilocalories": calories,
            "totalSteps": day.steps,
            "totalDistanceMeters": day.distance_m,
            "wellnessDistanceMeters": day.distance_m,
            "wellnessActiveKilocalories": day.active_kcal,
            "netRemainingKilocalories": day.active_kcal,
            "uuid": Dice(seed, "day", day.date).hexadecimal("uuid"),
            "dailyStepGoal": day.step_goal,
            "wellnessStartTimeGmt": gmt(start),
            "wellnessStartTimeLocal": local(start, zone),
            "wellnessEndTimeGmt": gmt(until),
            "wellnessEndTimeLocal": local(until, zone),
            "durationInMilliseconds": round((until - start).total_seconds() * 1000),
            "highlyActiveSeconds": day.highly_active_s,
            "activeSeconds": day.active_s,
            "sedentarySeconds": day.sedentary_s,
            "sleepingSeconds": day.sleeping_s,
            "includesWellnessData": True,
            "includesActivityData": day.vigorous_min > 0,
            "moderateIntensityMinutes": day.moderate_min,
            "vigorousIntensityMinutes": day.vigorous_min,
            "floorsAscendedInMeters": round(day.floors_up * FLOOR_M, 3),
            "floorsDescendedInMeters": round(day.floors_down * FLOOR_M, 3),
            "floorsAscended": day.floors_up,
            "floorsDescended": day.floors_down,
            "intensityMinutesGoal": 150,
            "userFloorsAscendedGoal": 10,
            "minHeartRate": day.min_hr,
            "maxHeartRate": day.max_hr,
            "restingHeartRate": day.resting_hr,
            "lastSevenDaysAvgRestingHeartRate": day.week_resting_hr,
            "source": "GARMIN",
            "averageStressLevel": day.stress_avg,
            "maxStressLevel": day.stress_max,
            "totalStressDuration": total,
            "stressQualifier": "BALANCED" if day.stress_avg < 36 else "STRESSFUL",
            "measurableAwakeDuration": max(0, total - day.sleeping_s),
            "measurableAsleepDuration": day.sleeping_s,
            "minAvgHeartRate": day.min_hr + 1,
            "maxAvgHeartRate": day.max_hr - 2,
            "bodyBatteryChargedValue": day.battery_charged,
            "bodyBatteryDrainedValue": int(day.battery_drained),
            "bodyBatteryHighestValue": day.battery_high,
            "bodyBatteryLowestValue": day.battery_low,
            "bodyBatteryMostRecentValue": day.battery_now,
            "bodyBatteryDuringSleep": day.battery_in_sleep,
            "bodyBatteryAtWakeTime": day.battery_high if day.battery_in_sleep is not None else None,
            "bodyBatteryVersion": 3.0,
            "averageSpo2": day.spo2_avg,
            "lowestSpo2": day.spo2_low,
            "latestSpo2": day.spo2_now,
            "latestSpo2ReadingTimeGmt": gmt(spo2_at) if spo2_at else None,
            "latestSpo2ReadingTimeLocal": local(spo2_at, zone) if spo2_at else None,
            "averageMonitoringEnvironmentAltitude": float(Dice(seed, "account").whole("altitude", 20, 600)),
            "avgWakingRespirationValue": day.waking_breaths,
            "highestRespirationValue": day.breaths_high,
            "lowestRespirationValue": day.breaths_low,
            "latestRespirationValue": day.breaths_now,
            "latestRespirationTimeGMT": gmt(until - timedelta(minutes=3)),
            "respirationAlgorithmVersion": 200,
        }
    )
