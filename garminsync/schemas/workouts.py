"""A workout as the list tells it, and the steps of which it is made."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.things import Limit
from garminsync.schemas.values import BigId, Instant, Number, Small, Text, Whole

# Garmin also writes the word.
TextOrNull = Annotated[Text | None, BeforeValidator(lambda value: None if value == "null" else value)]


class WorkoutItem(GarminModel):
    """workout-service/workouts[]: seconds and metres, 0 where unset; the pool in a unit of its own, whose factor is
    centimetres; the list says updateDate, a detail updatedDate."""

    workout_id: BigId = at("workoutId", default=...)
    name: Text | None = at("workoutName")
    description: Text | None = at("description")
    sport: Text | None = at("sportType.sportTypeKey")
    created_time: Instant | None = at("createdDate")
    updated_time: Instant | None = at("updateDate", "updatedDate")
    estimated_duration_s: Limit = at("estimatedDurationInSecs")
    estimated_distance_m: Limit = at("estimatedDistanceInMeters")
    pool_length_m: Limit = at("poolLength")
    pool_unit_cm: Limit = at("poolLengthUnit.factor", exclude=True)
    provider: TextOrNull = at("workoutProvider")

    def row(self) -> dict[str, Any]:
        length, unit = self.pool_length_m, self.pool_unit_cm or 100
        return {**super().row(), "pool_length_m": None if length is None else round(length * unit / 100, 6)}


class SegmentItem(GarminModel):
    """workout-service/workout/{id}.workoutSegments[]: the part of a workout that is one sport."""

    sport: Text | None = at("sportType.sportTypeKey")


class StepItem(GarminModel):
    """workout-service/workout/{id}, a step or a repeat: seconds, metres, kcal, m/s even for a pace, bpm, W; weights
    in grams. The ids of what is chosen from lists differ, so only the keys are read."""

    type: Text | None = at("stepType.stepTypeKey")
    repeats: Whole | None = at("numberOfIterations")
    skip_last_rest: bool | None = at("skipLastRestStep")
    ends_by: Text | None = at("endCondition.conditionTypeKey")
    end_value: Number | None = at("endConditionValue")
    target: Text | None = at("targetType.workoutTargetTypeKey")
    one: Number | None = at("targetValueOne", exclude=True)
    two: Number | None = at("targetValueTwo", exclude=True)
    target_zone: Small | None = at("zoneNumber")
    second_target: Text | None = at("secondaryTargetType.workoutTargetTypeKey")
    second_one: Number | None = at("secondaryTargetValueOne", exclude=True)
    second_two: Number | None = at("secondaryTargetValueTwo", exclude=True)
    second_target_zone: Small | None = at("secondaryZoneNumber")
    stroke: Text | None = at("strokeType.strokeTypeKey")
    equipment: Text | None = at("equipmentType.equipmentTypeKey")
    exercise_category: Text | None = at("category")
    exercise: Text | None = at("exerciseName")
    weight_g: Number | None = at("weightValue", exclude=True)
    text: Text | None = at("description")

    def row(self) -> dict[str, Any]:
        low, high = _low_and_high(self.target, self.one, self.two)
        second_low, second_high = _low_and_high(self.second_target, self.second_one, self.second_two)
        counts = self.ends_by not in ENDS_WITHOUT_VALUE
        return {
            **super().row(),
            "end_value": self.end_value if counts else None,
            "target_low": low,
            "target_high": high,
            "second_target_low": second_low,
            "second_target_high": second_high,
            "weight_kg": self.weight_g / 1000 if self.weight_g and self.weight_g > 0 else None,
        }


# What stands there is left over from another condition, or the number of repeats once more.
ENDS_WITHOUT_VALUE = ("lap.button", "iterations")


def _low_and_high(target: str | None, one: float | None, two: float | None) -> tuple[float | None, float | None]:
    """Of a pace the faster is told first, of a heart rate the lower; zeros stand for no target."""
    if target in (None, "no.target") or not (one or two):
        return None, None
    if one is None or two is None:
        return (one, None) if two is None else (None, two)
    return min(one, two), max(one, two)
