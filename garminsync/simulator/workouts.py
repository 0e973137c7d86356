"""Planned workouts: a library of a few, each a function of the seed and its number."""

from datetime import datetime, timedelta
from typing import Any

from .account import Account
from .dice import Dice
from .keys import nulls
from .sports import SPORTS
from .workout_steps import segments, workout_id

Json = dict[str, Any]
_NAMES = (
    *(
        "5 × 1 km",
        "Locker 45 min",
        "Sweet Spot 3 × 12",
        "Technik 🏊 1500 m",
        "Ganzkörper",
        "Pyramide 1-2-3-2-1",
    ),
    *("Lange Ausfahrt", "Hügel – 8 × 90 s", "Regeneration", "Test 20 min"),
)
_SPORTS = {"running": 1, "cycling": 2, "lap_swimming": 4, "strength_training": 5}
_BY = {"WORKOUT_NAME": "workoutName", "CREATED_DATE": "createdDate", "UPDATE_DATE": "updateDate"}


def library(account: Account, order_by: str = "WORKOUT_NAME", descending: bool = False) -> list[Json]:
    numbers = range(account.options.workouts)
    found = [_summary(account, number) for number in numbers]
    kept = [each for each in found if each["workoutId"] not in account.deleted_workouts]
    key = _BY.get(order_by, "workoutName")
    return sorted(kept, key=lambda each: (each[key], each["workoutId"]), reverse=descending)


def detail(account: Account, number: int) -> Json | None:
    """The list says updateDate, the detail updatedDate."""
    found = next((each for each in library(account) if each["workoutId"] == number), None)
    if found is None:
        return None
    full = {name: value for name, value in found.items() if name != "updateDate"}
    steps = segments(found["sportType"], account.options.seed, number)
    return full | {"updatedDate": found["updateDate"], "workoutSegments": steps}


def _summary(account: Account, number: int) -> Json:
    options = account.options
    dice = Dice(options.seed, "workout", number)
    own_id = workout_id(options.seed, number)
    created = datetime(2024, 1, 8, 18) + timedelta(hours=dice.whole("created", 0, 9000))
    updated = created + timedelta(hours=dice.whole("updated", 1, 4000))
    if own_id in account.touched_workouts:
        updated = account.touched_workouts[own_id].replace(tzinfo=None)
    key = list(_SPORTS)[number % len(_SPORTS)]
    minutes = dice.whole("minutes", 25, 90)
    speed = sum(SPORTS[key].speed or (0, 0)) / 2
    nobody = dict.fromkeys(("profileImgNameLarge", "profileImgNameMedium", "profileImgNameSmall"))
    author = {"userProfilePk": options.profile_id, "displayName": options.display_name}
    nothing = nulls(
        "trainingPlanId estimateType workoutProvider workoutSourceId consumer atpPlanId subSportType"
        " workoutNameI18nKey descriptionI18nKey workoutThumbnailUrl"
    )
    return nothing | {
        "workoutId": own_id,
        "ownerId": options.profile_id,
        "workoutName": _NAMES[number % len(_NAMES)] + (f" ({number})" if number >= len(_NAMES) else ""),
        "description": dice.pick("description", (None, None, "Ruhig anfangen.\nLetzte Wiederholung voll.")),
        "updateDate": updated.strftime("%Y-%m-%dT%H:%M:%S.0"),
        "createdDate": created.strftime("%Y-%m-%dT%H:%M:%S.0"),
        "sportType": {
            "sportTypeId": _SPORTS[key],
            "sportTypeKey": _sport_key(key),
            "displayOrder": _SPORTS[key],
        },
        "author": author | nobody | {"fullName": options.full_name, "userPro": False, "vivokidUser": False},
        "estimatedDurationInSecs": minutes * 60,
        "estimatedDistanceInMeters": float(round(minutes * 60 * speed)) if speed else None,
        "estimatedDistanceUnit": {"unitId": None, "unitKey": None, "factor": None},
        "poolLength": 25.0 if key == "lap_swimming" else 0.0,
        "poolLengthUnit": {"unitId": 1, "unitKey": "meter", "factor": 100.0},
        "shared": False,
        "estimated": True,
    }


def _sport_key(key: str) -> str:
    """Workouts know swimming, not its kinds."""
    return {"lap_swimming": "swimming"}.get(key, key)
