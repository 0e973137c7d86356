"""One activity as Garmin writes it in the list (recorded) and alone (recorded)."""

from typing import Any

from .activities import Activity
from .dice import Dice
from .journey import watch_zone
from .keys import words
from .laps import laps_of
from .options import Options
from .sport_values import sport_values
from .times import gmt, local, millis, spaced

Json = dict[str, Any]
EVENT_TYPE = {"typeId": 9, "typeKey": "uncategorized", "sortOrder": 10}
PRIVATE = {"typeId": 2, "typeKey": "private"}
NEVER = words(
    "qualifyingDive parent decoDive autoCalcCalories elevationCorrected atpActivity favorite purposeful"
    " pr userPro hasVideo hasImages hasHeatMap hasSplits"
)


def device_id(options: Options) -> int:
    return options.profile_id + 3_389_000_001


def list_item(activity: Activity, options: Options) -> Json:
    zone = watch_zone(options)
    start, end = activity.start(zone), activity.end(zone)
    item: Json = dict.fromkeys(NEVER, False) | {
        "activityId": activity.id,
        "activityName": activity.name,
        "startTimeLocal": spaced(local(start, zone)),
        "startTimeGMT": spaced(gmt(start)),
        "activityType": activity.sport.activity_type,
        "eventType": EVENT_TYPE,
        "distance": activity.distance_m,
        "duration": activity.duration_s,
        "elapsedDuration": activity.elapsed_s,
        "movingDuration": round(activity.duration_s * 0.985, 3),
        "averageSpeed": activity.avg_speed,
        "maxSpeed": None if activity.avg_speed is None else round(activity.avg_speed * 1.35, 3),
        "hasPolyline": activity.latitude is not None,
        "ownerId": options.profile_id,
        "ownerDisplayName": options.display_name,
        "ownerFullName": options.full_name,
        "ownerProfileImageUrlSmall": None,
        "ownerProfileImageUrlMedium": None,
        "ownerProfileImageUrlLarge": None,
        "calories": float(activity.calories),
        "bmrCalories": float(round(activity.elapsed_s / 49)),
        "averageHR": float(activity.avg_hr),
        "maxHR": float(activity.max_hr),
        "userRoles": ["SCOPE_CONNECT_READ", "SCOPE_CONNECT_WRITE", "ROLE_CONNECTUSER"],
        "privacy": PRIVATE,
        "timeZoneId": 120,
        "beginTimestamp": millis(start),
        "sportTypeId": activity.sport.sport_id,
        "endTimeGMT": spaced(gmt(end)),
        "manualActivity": activity.manual,
        "parent": activity.sport.key == "multi_sport",
        "parentId": activity.parent_id,
        "summarizedDiveInfo": {"summarizedDiveGases": []},
        "splitSummaries": [],
    }
    if activity.name is False:
        del item["activityName"]
    if not activity.manual:
        item |= _measured(activity, options)
    return item


def _measured(activity: Activity, options: Options) -> Json:
    """What only a device knows."""
    dice = Dice(options.seed, "list item", activity.id)
    laps = laps_of(activity, options.seed)
    effect = round(dice.between("effect", 1.2, 4.3), 1)
    hard = max(0, round(activity.duration_s / 60 * (activity.avg_hr - 125) / 30))
    values: Json = {
        "deviceId": device_id(options),
        "manufacturer": "GARMIN",
        "aerobicTrainingEffect": effect,
        "anaerobicTrainingEffect": round(dice.between("anaerobic", 0, 2), 1),
        "aerobicTrainingEffectMessage": "IMPROVING_AEROBIC_BASE_8",
        "anaerobicTrainingEffectMessage": "NO_ANAEROBIC_BENEFIT_0",
        "trainingEffectLabel": "AEROBIC_BASE",
        "activityTrainingLoad": round(effect * 31 + dice.between("load", 0, 20), 3),
        "lapCount": len(laps),
        "waterEstimated": float(round(activity.duration_s / 6)),
        "minActivityLapDuration": min(lap.seconds for lap in laps),
        "moderateIntensityMinutes": max(0, round(activity.duration_s / 60) - hard),
        "vigorousIntensityMinutes": min(hard, round(activity.duration_s / 60)),
        "differenceBodyBattery": -round(activity.duration_s / 420),
    }
    for number, share in enumerate((0.2, 0.45, 0.25, 0.08, 0.02), 1):
        values[f"hrTimeInZone_{number}"] = round(share * activity.duration_s, 3)
        if activity.power is not None:
            values[f"powerTimeInZone_{number}"] = round(share * activity.duration_s, 3)
    if activity.power is not None:
        values |= {"avgPower": float(activity.power), "maxPower": activity.power * 2.0}
        values["normPower"] = float(round(activity.power * 1.07))
    if activity.workout_id is not None:
        values["workoutId"] = activity.workout_id
    if activity.latitude is not None and activity.longitude is not None:
        base = dice.between("height", 30, 60)
        values |= {
            "startLatitude": activity.latitude,
            "startLongitude": activity.longitude,
            "endLatitude": activity.latitude,
            "endLongitude": activity.longitude,
            "locationName": "Berlin",
            "elevationGain": float(activity.ascent_m),
            "elevationLoss": float(activity.ascent_m),
            "minElevation": round(base, 1),
            "maxElevation": round(base + activity.ascent_m / 4, 1),
            "minTemperature": float(dice.whole("cold", 2, 12)),
            "maxTemperature": float(dice.whole("warm", 13, 29)),
        }
    return values | sport_values(activity, dice, laps)
