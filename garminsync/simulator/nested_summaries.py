"""The V2 form of a day, made from the flat one so that the two cannot disagree.

Public knowledge: calendarDate, movement.steps (value, goal, distanceInMeters), movement.floorsAscended
and the names of the groups; lengths in milliseconds. The names within the groups are those of one TypeScript
client's schema. Nobody tells of the durations in `movement`: these are a guess.
"""

from typing import Any

Json = dict[str, Any]


def nested_day(flat: Json, hydration: Json | None = None) -> Json:
    """A group without readings is left out."""
    day = {
        "uuid": flat["uuid"],
        "userProfilePk": flat["userProfileId"],
        "calendarDate": flat["calendarDate"],
        "source": flat["source"],
        "includesWellnessData": flat["includesWellnessData"],
        "includesActivityData": flat["includesActivityData"],
        "wellnessChronology": {
            "startTimestampGmt": flat["wellnessStartTimeGmt"],
            "startTimestampLocal": flat["wellnessStartTimeLocal"],
            "endTimestampGmt": flat["wellnessEndTimeGmt"],
            "endTimestampLocal": flat["wellnessEndTimeLocal"],
            "totalDurationInMillis": flat["durationInMilliseconds"],
        },
        "movement": _movement(flat),
        "calories": {
            "burnedResting": flat["bmrKilocalories"],
            "burnedActive": flat["activeKilocalories"],
            "burnedTotal": flat["totalKilocalories"],
            "consumedGoal": flat["netCalorieGoal"],
            "consumedRemaining": flat["remainingKilocalories"],
        },
        "heartRate": {
            "minValue": flat["minHeartRate"],
            "maxValue": flat["maxHeartRate"],
            "restingValue": flat["restingHeartRate"],
        },
        "intensityMinutes": {
            "goal": flat["intensityMinutesGoal"],
            "moderate": flat["moderateIntensityMinutes"],
            "vigorous": flat["vigorousIntensityMinutes"],
        },
        "stress": _stress(flat),
        "bodyBattery": _body_battery(flat),
        "hydration": hydration,
        "respiration": {
            "avgValue": flat["avgWakingRespirationValue"],
            "maxValue": flat["highestRespirationValue"],
            "minValue": flat["lowestRespirationValue"],
            "latestValue": flat["latestRespirationValue"],
            "latestTimestampGmt": flat["latestRespirationTimeGMT"],
            "algorithmVersion": flat["respirationAlgorithmVersion"],
        },
        "pulseOx": {
            "avgValue": flat["averageSpo2"],
            "minValue": flat["lowestSpo2"],
            "latestValue": flat["latestSpo2"],
            "latestTimestampGmt": flat["latestSpo2ReadingTimeGmt"],
            "latestTimestampLocal": flat["latestSpo2ReadingTimeLocal"],
            "avgAltitudeInMeters": flat["averageMonitoringEnvironmentAltitude"],
        },
    }
    measured = {"heartRate": "minHeartRate", "stress": "totalStressDuration", "pulseOx": "averageSpo2"}
    without = {group for group, reading in measured.items() if flat[reading] is None}
    return {name: value for name, value in day.items() if value is not None and name not in without}


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
        "sedentaryDurationInMillis": _ms(flat["sedentarySeconds"]),
        "activeDurationInMillis": _ms(flat["activeSeconds"]),
        "highlyActiveDurationInMillis": _ms(flat["highlyActiveSeconds"]),
    }


def _stress(flat: Json) -> Json:
    kinds = {
        "rest": "rest",
        "activity": "activity",
        "uncategorized": "uncategorized",
        "low": "lowStress",
        "medium": "mediumStress",
        "high": "highStress",
    }
    group = {
        "avgLevel": flat["averageStressLevel"],
        "maxLevel": flat["maxStressLevel"],
        "qualifier": (flat["stressQualifier"] or "unknown").lower(),
        "totalDurationInMillis": _ms(flat["totalStressDuration"]),
    }
    for kind, name in kinds.items():
        share = flat[f"{kind}StressPercentage"]
        group[f"{name}Proportion"] = None if share is None else round(share / 100, 4)
        group[f"{name}DurationInMillis"] = _ms(flat[f"{kind}StressDuration"])
    return group


def _body_battery(flat: Json) -> Json:
    events = flat["bodyBatteryActivityEventList"] or []
    return {
        "minValue": flat["bodyBatteryLowestValue"],
        "maxValue": flat["bodyBatteryHighestValue"],
        "chargedValue": flat["bodyBatteryChargedValue"],
        "drainedValue": flat["bodyBatteryDrainedValue"],
        "latestValue": flat["bodyBatteryMostRecentValue"],
        "featureVersion": str(flat["bodyBatteryVersion"]),
        "dynamicFeedbackEvent": flat["bodyBatteryDynamicFeedbackEvent"],
        "endOfDayDynamicFeedbackEvent": flat["endOfDayBodyBatteryDynamicFeedbackEvent"],
        "activityEvents": [_event(event) for event in events],
    }


def _event(event: Json) -> Json:
    same = ("eventType", "eventStartTimeGmt", "bodyBatteryImpact", "feedbackType", "shortFeedback", "deviceId")
    return {name: event[name] for name in same} | {"durationInMillis": event["durationInMilliseconds"]}


def _ms(seconds: int | None) -> int | None:
    return None if seconds is None else seconds * 1000
