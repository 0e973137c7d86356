"""A workout as the list tells it, and the steps of which it is made."""

from typing import Annotated, Any

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field

from garminsync.schemas.base import BigId, GarminModel, Instant, Number, Small, Text, Whole
from garminsync.schemas.things import Limit

# Garmin also writes the word.
TextOrNull = Annotated[Text | None, BeforeValidator(lambda value: None if value == "null" else value)]


class WorkoutItem(GarminModel):
    """workout-service/workouts[]: seconds and metres, 0 where unset; the pool in a unit of its own, whose factor is
    centimetres; the list says updateDate, a detail updatedDate."""

    workout_id: BigId = Field(validation_alias="workoutId")
    name: Text | None = Field(None, validation_alias="workoutName")
    description: Text | None = Field(None, validation_alias="description")
    sport: Text | None = Field(None, validation_alias=AliasPath("sportType", "sportTypeKey"))
    created_time: Instant | None = Field(None, validation_alias="createdDate")
    updated_time: Instant | None = Field(None, validation_alias=AliasChoices("updateDate", "updatedDate"))
    estimated_duration_s: Limit = Field(None, validation_alias="estimatedDurationInSecs")
    estimated_distance_m: Limit = Field(None, validation_alias="estimatedDistanceInMeters")
    pool_length_m: Limit = Field(None, validation_alias="poolLength")
    pool_unit_cm: Limit = Field(None, validation_alias=AliasPath("poolLengthUnit", "factor"), exclude=True)
    provider: TextOrNull = Field(None, validation_alias="workoutProvider")

    def row(self) -> dict[str, Any]:
        length, unit = self.pool_length_m, self.pool_unit_cm or 100
        return {**super().row(), "pool_length_m": None if length is None else round(length * unit / 100, 6)}


class SegmentItem(GarminModel):
    """workout-service/workout/{id}.workoutSegments[]: the part of a workout that is one sport."""

    sport: Text | None = Field(None, validation_alias=AliasPath("sportType", "sportTypeKey"))


class StepItem(GarminModel):
    """workout-service/workout/{id}, a step or a repeat: seconds, metres, kcal, m/s even for a pace, bpm, W; weights
    in grams. The ids of what is chosen from lists differ, so only the keys are read."""

    type: Text | None = Field(None, validation_alias=AliasPath("stepType", "stepTypeKey"))
    repeats: Whole | None = Field(None, validation_alias="numberOfIterations")
    skip_last_rest: bool | None = Field(None, validation_alias="skipLastRestStep")
    ends_by: Text | None = Field(None, validation_alias=AliasPath("endCondition", "conditionTypeKey"))
    end_value: Number | None = Field(None, validation_alias="endConditionValue")
    target: Text | None = Field(None, validation_alias=AliasPath("targetType", "workoutTargetTypeKey"))
    one: Number | None = Field(None, validation_alias="targetValueOne", exclude=True)
    two: Number | None = Field(None, validation_alias="targetValueTwo", exclude=True)
    target_zone: Small | None = Field(None, validation_alias="zoneNumber")
    second_target: Text | None = Field(None, validation_alias=AliasPath("secondaryTargetType", "workoutTargetTypeKey"))
    second_one: Number | None = Field(None, validation_alias="secondaryTargetValueOne", exclude=True)
    second_two: Number | None = Field(None, validation_alias="secondaryTargetValueTwo", exclude=True)
    second_target_zone: Small | None = Field(None, validation_alias="secondaryZoneNumber")
    stroke: Text | None = Field(None, validation_alias=AliasPath("strokeType", "strokeTypeKey"))
    equipment: Text | None = Field(None, validation_alias=AliasPath("equipmentType", "equipmentTypeKey"))
    exercise_category: Text | None = Field(None, validation_alias="category")
    exercise: Text | None = Field(None, validation_alias="exerciseName")
    weight_g: Number | None = Field(None, validation_alias="weightValue", exclude=True)
    text: Text | None = Field(None, validation_alias="description")

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
