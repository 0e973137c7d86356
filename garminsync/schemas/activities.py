"""An activity as the list tells it."""

from typing import Any

from pydantic import AliasPath, Field

from garminsync.schemas.base import BigId, GarminModel, Instant, Number, Text, Whole, offset_s


class ActivityItem(GarminModel):
    """activitylist-service/activities/search/activities[]: metres, seconds, m/s; times without a zone."""

    activity_id: BigId = Field(validation_alias="activityId")
    name: Text | None = Field(None, validation_alias="activityName")
    type: Text | None = Field(None, validation_alias=AliasPath("activityType", "typeKey"))
    event_type: Text | None = Field(None, validation_alias=AliasPath("eventType", "typeKey"))
    start_time: Instant | None = Field(None, validation_alias="startTimeGMT")
    local_start: Instant | None = Field(None, validation_alias="startTimeLocal", exclude=True)
    distance_m: Number | None = Field(None, validation_alias="distance")
    duration_s: Number | None = Field(None, validation_alias="duration")
    elapsed_s: Number | None = Field(None, validation_alias="elapsedDuration")
    moving_s: Number | None = Field(None, validation_alias="movingDuration")
    elevation_gain_m: Number | None = Field(None, validation_alias="elevationGain")
    elevation_loss_m: Number | None = Field(None, validation_alias="elevationLoss")
    avg_speed_mps: Number | None = Field(None, validation_alias="averageSpeed")
    max_speed_mps: Number | None = Field(None, validation_alias="maxSpeed")
    avg_hr_bpm: Number | None = Field(None, validation_alias="averageHR")
    max_hr_bpm: Number | None = Field(None, validation_alias="maxHR")
    kcal: Number | None = Field(None, validation_alias="calories")
    steps: Whole | None = Field(None, validation_alias="steps")
    avg_power_w: Number | None = Field(None, validation_alias="avgPower")
    vo2max: Number | None = Field(None, validation_alias="vO2MaxValue")
    training_load: Number | None = Field(None, validation_alias="activityTrainingLoad")
    start_latitude_deg: Number | None = Field(None, validation_alias="startLatitude")
    start_longitude_deg: Number | None = Field(None, validation_alias="startLongitude")
    location: Text | None = Field(None, validation_alias="locationName")
    manual: bool | None = Field(None, validation_alias="manualActivity")
    device_id: BigId | None = Field(None, validation_alias="deviceId")

    def row(self) -> dict[str, Any]:
        return {**super().row(), "utc_offset_s": offset_s(self.local_start, self.start_time)}
