"""activity-service/activity/{id}: the same values as in the list, under other names (recorded)."""

from typing import Any

from .activities import Activity
from .activity_answers import EVENT_TYPE, PRIVATE, device_id, list_item
from .dice import Dice
from .journey import watch_zone, zone_name
from .keys import nulls
from .options import Options
from .running import detail_splits

Json = dict[str, Any]

SUMMARY_NAMES = {
    "startLatitude": "startLatitude",
    "startLongitude": "startLongitude",
    "distance": "distance",
    "duration": "duration",
    "movingDuration": "movingDuration",
    "elapsedDuration": "elapsedDuration",
    "elevationGain": "elevationGain",
    "elevationLoss": "elevationLoss",
    "maxElevation": "maxElevation",
    "minElevation": "minElevation",
    "averageSpeed": "averageSpeed",
    "maxSpeed": "maxSpeed",
    "calories": "calories",
    "bmrCalories": "bmrCalories",
    "averageHR": "averageHR",
    "maxHR": "maxHR",
    "averageRunningCadenceInStepsPerMinute": "averageRunCadence",
    "maxRunningCadenceInStepsPerMinute": "maxRunCadence",
    "averageBikingCadenceInRevPerMinute": "averageBikeCadence",
    "averageSwimCadenceInStrokesPerMinute": "averageSwimCadence",
    "avgPower": "averagePower",
    "maxPower": "maxPower",
    "normPower": "normalizedPower",
    "avgStrideLength": "strideLength",
    "avgVerticalOscillation": "verticalOscillation",
    "avgGroundContactTime": "groundContactTime",
    "avgVerticalRatio": "verticalRatio",
    "avgGradeAdjustedSpeed": "avgGradeAdjustedSpeed",
    "maxVerticalSpeed": "maxVerticalSpeed",
    "aerobicTrainingEffect": "trainingEffect",
    "anaerobicTrainingEffect": "anaerobicTrainingEffect",
    "aerobicTrainingEffectMessage": "aerobicTrainingEffectMessage",
    "anaerobicTrainingEffectMessage": "anaerobicTrainingEffectMessage",
    "trainingEffectLabel": "trainingEffectLabel",
    "activityTrainingLoad": "activityTrainingLoad",
    "endLatitude": "endLatitude",
    "endLongitude": "endLongitude",
    "waterEstimated": "waterEstimated",
    "minActivityLapDuration": "minActivityLapDuration",
    "moderateIntensityMinutes": "moderateIntensityMinutes",
    "vigorousIntensityMinutes": "vigorousIntensityMinutes",
    "steps": "steps",
    "differenceBodyBattery": "differenceBodyBattery",
    "minTemperature": "minTemperature",
    "maxTemperature": "maxTemperature",
    "poolLength": "poolLength",
    "activeLengths": "numberOfActiveLengths",
    "totalReps": "totalExerciseReps",
    "activeSets": "activeSets",
}


def activity_detail(activity: Activity, options: Options) -> Json:
    """A key that does not apply to the sport is left out, as Garmin does."""
    item = list_item(activity, options)
    summary = {detail: item[listed] for listed, detail in SUMMARY_NAMES.items() if item.get(listed) is not None}
    summary["startTimeLocal"] = item["startTimeLocal"].replace(" ", "T") + ".0"
    summary["startTimeGMT"] = item["startTimeGMT"].replace(" ", "T") + ".0"
    where = zone_name(options, activity.start(watch_zone(options)))
    identifier = Dice(options.seed, "activity", activity.id).hexadecimal("uuid")
    return {
        "activityId": activity.id,
        "activityUUID": {"uuid": identifier},
        "activityName": activity.name or None,
        "userProfileId": options.profile_id,
        "isMultiSportParent": False,
        "activityTypeDTO": activity.sport.activity_type,
        "eventTypeDTO": EVENT_TYPE,
        "accessControlRuleDTO": PRIVATE,
        "timeZoneUnitDTO": {
            "unitId": item["timeZoneId"],
            "unitKey": where,
            "factor": 0.0,
            "timeZone": where,
        },
        "metadataDTO": _metadata(activity, item, options),
        "summaryDTO": summary,
        "locationName": item.get("locationName"),
        "splitSummaries": detail_splits(activity, item["splitSummaries"]),
    }


def _metadata(activity: Activity, item: Json, options: Options) -> Json:
    uploaded = item["endTimeGMT"].replace(" ", "T") + ".0"
    watch = {"deviceId": str(device_id(options)), "deviceTypePk": 37_001, "deviceVersionPk": 1_000_001}
    nothing = nulls(
        "agentApplicationInstallationId agentString associatedCourseId videoUrl sensors diveNumber"
        " isAtpActivity eBikeMaxAssistModes eBikeBatteryUsage eBikeBatteryRemaining"
        " eBikeAssistModeInfoDTOList calendarEventInfo groupRideUUID hasRunPowerWindData"
    )
    return nothing | {
        "isOriginal": not activity.manual,
        "deviceApplicationInstallationId": None if activity.manual else 1_000_001,
        "fileFormat": None if activity.manual else {"formatId": 7, "formatKey": "fit"},
        "lastUpdateDate": uploaded,
        "uploadedDate": uploaded,
        "hasPolyline": item["hasPolyline"],
        "hasChartData": not activity.manual,
        "hasHrTimeInZones": not activity.manual,
        "hasPowerTimeInZones": False,
        "userInfoDto": {
            "userProfilePk": options.profile_id,
            "displayname": options.display_name,
            "fullname": options.full_name,
            "profileImageUrlLarge": None,
            "profileImageUrlMedium": None,
            "profileImageUrlSmall": None,
            "userPro": False,
        },
        "childIds": [],
        "childActivityTypes": [],
        "activityImages": [],
        "manufacturer": None if activity.manual else "GARMIN",
        "lapCount": item.get("lapCount"),
        "associatedWorkoutId": item.get("workoutId"),
        "deviceMetaDataDTO": None if activity.manual else watch,
        "hasIntensityIntervals": False,
        "hasSplits": item["hasSplits"],
        "hasHeatMap": False,
        "personalRecord": False,
        "elevationCorrected": False,
        "autoCalcCalories": False,
        "favorite": False,
        "runPowerWindDataEnabled": None,
        "trimmed": False,
        "manualActivity": activity.manual,
        "gcj02": False,
    }
