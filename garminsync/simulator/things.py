"""Devices and gear of the account: public knowledge, as several clients have recorded them."""

from datetime import timedelta
from typing import Any

from .account import Account
from .activities import Activity
from .activity_answers import device_id
from .dice import Dice
from .keys import words
from .times import gmt, midnight, millis

Json = dict[str, Any]
_ABLE = words(
    "abnormalHeartRateAlertCapable activitySummFitFileCapable bloodEfficacyCapable bodyBatteryCapable"
    " courseCapable golfCapable hybrid incidentDetectionSupported musicCapable primary respirationCapable"
    " sleepCapable stressCapable vO2MaxRunCapable wifi workoutCapable"
)
_DEVICES = (
    (0, "Uhr ⌚", "Venu 3", 39_201, "006-B4260-00", "12.26", ["FITNESS", "WELLNESS"], "active"),
    (17, None, "Edge 840", 38_704, "006-B4062-00", "24.16", ["FITNESS", "DEDICATED_BIKE_COMPUTER"], "active"),
    (34, "Bad", "Index S2", 36_055, "006-B3449-00", "3.50", ["WELLNESS"], "new"),
)
_GEAR = (
    ("SHOES", "ACTIVE", "Ghost 15", "Brooks", ("running", "trail_running"), 700_000.0),
    ("BIKE", "RETIRED", None, "Canyon", ("cycling",), 0.0),
)


def devices(account: Account) -> list[Json]:
    """The same keys for each; `primary` is true for all."""
    found = []
    for number, nickname, model, kind, part, firmware, categories, status in _DEVICES:
        unit = device_id(account.options) + number
        known = {
            "deviceId": unit,
            "unitId": unit,
            "serialNumber": f"7AB{unit % 1_000_000:06d}",
            "displayName": nickname or model,
            "productDisplayName": model,
            "shortName": None,
            "partNumber": part,
            "deviceTypePk": kind,
            "deviceTypeSimpleName": None,
            "deviceCategories": categories,
            "currentFirmwareVersion": firmware,
            "deviceStatus": status,
            "activeInd": 1,
            "registeredDate": millis(midnight(account.first_day - timedelta(days=9 + number), account.zone)),
            "primaryActivityTrackerIndicator": number == 0,
            "isPrimaryUser": "Index" in model,
            "weightScale": "Index" in model,
            "hasOpticalHeartRate": number == 0,
        }
        found.append(dict.fromkeys(_ABLE, True) | known)
    return found


def gear(account: Account, statuses: list[str]) -> list[Json]:
    """What was never set is missing; no limit is 0."""
    found = []
    for number, (kind, status, name, brand, _, limit) in enumerate(_GEAR):
        used = gear_activities(account, number)
        first = account.first_day - timedelta(days=3)
        item: Json = {
            "uuid": gear_uuid(account, number),
            "userProfilePk": account.options.profile_id,
            "gearType": kind,
            "status": status,
            "brand": brand,
            "model": "Unknown Shoes" if kind == "SHOES" else "Ultimate",
            "usageType": "DISTANCE",
            "maxUsageDistanceMeters": limit,
            "maxUsageDurationSeconds": 0 if limit else 3_600_000,
            "firstUseDate": first.isoformat(),
            "numActivitiesLinked": len(used),
            "durationUsedSeconds": round(sum(each.duration_s for each in used)),
            "distanceUsedMeters": round(sum(each.distance_m or 0.0 for each in used), 2),
            "daysUsed": len({each.begins.date() for each in used}),
            "processing": False,
            "createdDate": gmt(midnight(first, account.zone)),
        }
        if status in statuses:
            found.append(item if name is None else item | {"name": name})
    return found


def gear_uuid(account: Account, number: int) -> str:
    """With dashes, as the newer addresses have it."""
    text = Dice(account.options.seed, "gear", number).hexadecimal("uuid")
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def gear_activities(account: Account, number: int) -> list[Activity]:
    sports = _GEAR[number][4]
    return [each for each in account.activities() if each.sport.key in sports]


def heart_rate_zones(account: Account) -> list[Json]:
    """By default of the reserve; for cycling of the greatest rate."""
    dice = Dice(account.options.seed, "zones")
    most, least, threshold = (
        dice.whole("max", 178, 196),
        dice.whole("resting", 44, 58),
        dice.whole("threshold", 160, 172),
    )
    reserve = [round(least + (most - least) * share) for share in (0.5, 0.6, 0.7, 0.8, 0.9)]
    of_max = [round(most * share) for share in (0.5, 0.6, 0.7, 0.8, 0.9)]
    return [
        {
            "trainingMethod": method,
            "restingHeartRateUsed": resting,
            "lactateThresholdHeartRateUsed": threshold,
            **{f"zone{number}Floor": floor for number, floor in enumerate(floors, start=1)},
            "maxHeartRateUsed": most,
            "restingHrAutoUpdateUsed": False,
            "sport": sport,
            "changeState": "UNCHANGED",
        }
        for sport, method, resting, floors in (
            ("DEFAULT", "HR_RESERVE", least, reserve),
            ("CYCLING", "HR_MAX", 0, of_max),
        )
    ]
