"""A workout as the list tells it."""

from pydantic import AliasChoices, AliasPath, Field

from garminsync.schemas.base import BigId, GarminModel, Instant, Number, Text


class WorkoutItem(GarminModel):
    """workout-service/workouts[]: seconds and metres; the list says updateDate, a detail updatedDate."""

    workout_id: BigId = Field(validation_alias="workoutId")
    name: Text | None = Field(None, validation_alias="workoutName")
    description: Text | None = Field(None, validation_alias="description")
    sport: Text | None = Field(None, validation_alias=AliasPath("sportType", "sportTypeKey"))
    created_time: Instant | None = Field(None, validation_alias="createdDate")
    updated_time: Instant | None = Field(None, validation_alias=AliasChoices("updateDate", "updatedDate"))
    estimated_duration_s: Number | None = Field(None, validation_alias="estimatedDurationInSecs")
    estimated_distance_m: Number | None = Field(None, validation_alias="estimatedDistanceInMeters")
    pool_length_m: Number | None = Field(None, validation_alias="poolLength")
    provider: Text | None = Field(None, validation_alias="workoutProvider")
