"""What the list tells of the activities of one sport alone."""

from collections.abc import Sequence
from typing import Any

from .activities import POOL_M, Activity
from .dice import Dice
from .laps import Lap
from .running import running_values

Json = dict[str, Any]


def sport_values(activity: Activity, dice: Dice, laps: Sequence[Lap]) -> Json:
    cadence = float(activity.cadence or 0)
    match activity.sport.key:
        case "running" | "trail_running" | "hiking":
            steps = round(cadence * activity.duration_s / 60)
            stepped = {
                "averageRunningCadenceInStepsPerMinute": cadence,
                "maxRunningCadenceInStepsPerMinute": cadence + 14,
                "maxDoubleCadence": cadence + 14,
                "steps": steps,
                "avgStrideLength": round(100 * (activity.distance_m or 0) / max(steps, 1), 2),
            }
            return stepped if activity.sport.key == "hiking" else stepped | running_values(activity, dice, laps)
        case "cycling":
            return {
                "averageBikingCadenceInRevPerMinute": cadence,
                "maxBikingCadenceInRevPerMinute": cadence + 20,
            }
        case "lap_swimming":
            return {
                "averageSwimCadenceInStrokesPerMinute": cadence,
                "maxSwimCadenceInStrokesPerMinute": cadence + 6,
                "averageSwolf": float(dice.whole("swolf", 38, 52)),
                "strokes": float(12 * activity.lengths),
                "activeLengths": activity.lengths,
                "poolLength": POOL_M,
                "unitOfPoolLength": {"unitId": 1, "unitKey": "meter", "factor": 100.0},
            }
        case "strength_training":
            return {"totalSets": 12, "activeSets": 12, "totalReps": 120, "summarizedExerciseSets": []}
    return {}
