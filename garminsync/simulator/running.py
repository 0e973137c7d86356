"""What a watch knows of a run beside its length: form, power, best kilometres, runs and walks."""

from collections.abc import Sequence
from typing import Any

from .activities import Activity
from .dice import Dice
from .laps import Lap, quickest

Json = dict[str, Any]
_BESTS = (1000, 1609, 5000, 10_000)


def running_values(activity: Activity, dice: Dice, laps: Sequence[Lap]) -> Json:
    """Keys of the list (recorded). Centimetres, milliseconds, watts, seconds."""
    distance, speed = activity.distance_m or 0.0, activity.avg_speed or 0.0
    stride = dice.between("bounce", 6.8, 9.2)
    values: Json = {
        "avgVerticalOscillation": round(stride, 2),
        "avgGroundContactTime": round(dice.between("contact", 245, 320), 1),
        "avgVerticalRatio": round(stride / 1.05, 2),
        "avgGradeAdjustedSpeed": round(speed * 1.06, 3),
        "maxVerticalSpeed": round(dice.between("climbing", 0.3, 1.1), 3),
        "vO2MaxValue": float(dice.whole("vo2max", 44, 52)),
        "hasSplits": True,
        "splitSummaries": splits(activity),
    }
    for metres in _BESTS:
        if distance >= metres:
            values[f"fastestSplit_{metres}"] = round(quickest(laps, metres), 3)
    return values


def splits(activity: Activity) -> list[Json]:
    """Of each kind of split one line: the whole, what was run, what was walked."""
    running = 0.82 if activity.sport.key == "trail_running" else 0.97
    kinds = (("RWD_WALK", 9, 1 - running), ("INTERVAL_ACTIVE", 1, 1.0), ("RWD_RUN", 8, running))
    distance, speed = activity.distance_m or 0.0, activity.avg_speed or 0.0
    return [
        {
            "noOfSplits": number,
            "totalAscent": round(activity.ascent_m * share, 1),
            "duration": round(activity.duration_s * share, 3),
            "splitType": kind,
            "numClimbSends": 0,
            "maxElevationGain": round(activity.ascent_m * share / number, 1),
            "averageElevationGain": round(activity.ascent_m * share / number / 2, 1),
            "maxDistance": round(distance * share / number * 1.4),
            "distance": round(distance * share, 2),
            "averageSpeed": speed,
            "maxSpeed": round(speed * 1.35, 3),
            "numFalls": 0,
            "elevationLoss": round(activity.ascent_m * share, 1),
        }
        for kind, number, share in kinds
    ]


_DETAIL = {
    "noOfSplits": "noOfSplits",
    "totalAscent": "elevationGain",
    "duration": "duration",
    "splitType": "splitType",
    "maxElevationGain": "maxElevationGain",
    "averageElevationGain": "averageElevationGain",
    "maxDistance": "maxDistance",
    "distance": "distance",
    "averageSpeed": "averageSpeed",
    "maxSpeed": "maxSpeed",
    "elevationLoss": "elevationLoss",
}


def detail_splits(activity: Activity, listed: list[Json]) -> list[Json]:
    """The same lines under the names of the detail (recorded)."""
    heart = {"averageHR": float(activity.avg_hr), "maxHR": float(activity.max_hr), "totalExerciseReps": 0}
    return [{new: line[old] for old, new in _DETAIL.items()} | heart for line in listed]
