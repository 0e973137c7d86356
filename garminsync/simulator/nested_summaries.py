"""The V2 form of a day, made from the flat one so that the two cannot disagree.

Public knowledge: calendarDate, movement.steps (value, goal, distanceInMeters), movement.floorsAscended
and the names of the groups; lengths in milliseconds. All other names are invented in the same style.
"""

from typing import Any

Json = dict[str, Any]


def _ms(seconds: int | None) -> int | None:
    return None if seconds is None else seconds * 1000


def nested_day(flat: Json) -> Json:
    return {
        "calendarDate": flat["calendarDate"],
        "userProfilePk": flat["userProfileId"],
        "includesWellnessData": flat["includesWellnessData"],
        "source": flat["source"],
        "startTimestampGmt": flat["wellnessStartTimeGmt"],
        "endTimestampGmt": flat["wellnessEndTimeGmt"],
        "startTimestampLocal": flat["wellnessStartTimeLocal"],
        "endTimestampLocal": flat["wellnessEndTimeLocal"],
        "durationInMillis": flat["durationInMilliseconds"],
        "movement": _movement(flat),
        "calories": {
            "total": flat["totalKilocalories"],
            "active": flat["activeKilocalories"],
            "bmr": flat["bmrKilocalories"],
            "consumed": flat["consumedKilocalories"],
            "goal": flat["netCalorieGoal"],
        },
        "heartRate": {
            "resting": flat["restingHeartRate"],
            "min": flat["minHeartRate"],
            "max": flat["maxHeartRate"],
            "lastSevenDaysAvgResting": flat["lastSevenDaysAvgRestingHeartRate"],
        },
        "stress": _stress(flat),
        "bodyBattery": {
            "charged": flat["bodyBatteryChargedValue"],
            "drained": flat["bodyBatteryDrainedValue"],
            "highest": flat["bodyBatteryHighestValue"],
            "lowest": flat["bodyBatteryLowestValue"],
            "mostRecent": flat["bodyBatteryMostRecentValue"],
            "atWakeTime": flat["bodyBatteryAtWakeTime"],
            "duringSleep": flat["bodyBatteryDuringSleep"],
        },
        "pulseOx": {
            "average": flat["averageSpo2"],
            "lowest": flat["lowestSpo2"],
            "latest": flat["latestSpo2"],
            "latestTimestampGmt": flat["latestSpo2ReadingTimeGmt"],
        },
        "respiration": {
            "avgWaking": flat["avgWakingRespirationValue"],
            "highest": flat["highestRespirationValue"],
            "lowest": flat["lowestRespirationValue"],
            "latest": flat["latestRespirationValue"],
            "latestTimestampGmt": flat["latestRespirationTimeGMT"],
        },
    }


def _movement(flat: Json) -> Json:
    return {
        "steps": {
            "value": flat["totalSteps"],
            "goal": flat["dailyStepGoal"],
            "distanceInMeters": flat["totalDistanceMeters"],
        },
        "floorsAscended": {
            "value": flat["floorsAscended"],
            "goal": flat["userFloorsAscendedGoal"],
            "distanceInMeters": flat["floorsAscendedInMeters"],
        },
        "floorsDescended": {
            "value": flat["floorsDescended"],
            "distanceInMeters": flat["floorsDescendedInMeters"],
        },
        "intensityMinutes": {
            "moderate": flat["moderateIntensityMinutes"],
            "vigorous": flat["vigorousIntensityMinutes"],
            "goal": flat["intensityMinutesGoal"],
        },
        "sedentaryDurationInMillis": _ms(flat["sedentarySeconds"]),
        "activeDurationInMillis": _ms(flat["activeSeconds"]),
        "highlyActiveDurationInMillis": _ms(flat["highlyActiveSeconds"]),
        "sleepingDurationInMillis": _ms(flat["sleepingSeconds"]),
    }


def _stress(flat: Json) -> Json:
    return {
        "average": flat["averageStressLevel"],
        "max": flat["maxStressLevel"],
        "qualifier": flat["stressQualifier"],
        "totalDurationInMillis": _ms(flat["totalStressDuration"]),
        "stressDurationInMillis": _ms(flat["stressDuration"]),
        "restDurationInMillis": _ms(flat["restStressDuration"]),
        "activityDurationInMillis": _ms(flat["activityStressDuration"]),
        "uncategorizedDurationInMillis": _ms(flat["uncategorizedStressDuration"]),
        "lowDurationInMillis": _ms(flat["lowStressDuration"]),
        "mediumDurationInMillis": _ms(flat["mediumStressDuration"]),
        "highDurationInMillis": _ms(flat["highStressDuration"]),
    }
