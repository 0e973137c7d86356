"""An activity as the list tells it."""

from typing import Any

from pydantic import AliasChoices, AliasPath, Field

from garminsync.schemas.base import BigId, GarminModel, Instant, Number, Objects, Signed, Text, Whole, offset_s


def _cadence(kind: str) -> AliasChoices:
    return AliasChoices(
        f"{kind}RunningCadenceInStepsPerMinute",
        f"{kind}BikingCadenceInRevPerMinute",
        f"{kind}SwimCadenceInStrokesPerMinute",
    )


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
    max_power_w: Number | None = Field(None, validation_alias="maxPower")
    normalized_power_w: Number | None = Field(None, validation_alias="normPower")
    avg_cadence_spm: Number | None = Field(None, validation_alias=_cadence("average"))
    max_cadence_spm: Number | None = Field(None, validation_alias=_cadence("max"))
    bmr_kcal: Number | None = Field(None, validation_alias="bmrCalories")
    min_elevation_m: Number | None = Field(None, validation_alias="minElevation")
    max_elevation_m: Number | None = Field(None, validation_alias="maxElevation")
    min_temperature_c: Number | None = Field(None, validation_alias="minTemperature")
    max_temperature_c: Number | None = Field(None, validation_alias="maxTemperature")
    end_latitude_deg: Number | None = Field(None, validation_alias="endLatitude")
    end_longitude_deg: Number | None = Field(None, validation_alias="endLongitude")
    laps: Whole | None = Field(None, validation_alias="lapCount")
    aerobic_training_effect: Number | None = Field(None, validation_alias="aerobicTrainingEffect")
    anaerobic_training_effect: Number | None = Field(None, validation_alias="anaerobicTrainingEffect")
    training_effect_label: Text | None = Field(None, validation_alias="trainingEffectLabel")
    moderate_minutes: Whole | None = Field(None, validation_alias="moderateIntensityMinutes")
    vigorous_minutes: Whole | None = Field(None, validation_alias="vigorousIntensityMinutes")
    body_battery_change: Signed | None = Field(None, validation_alias="differenceBodyBattery")
    sweat_loss_ml: Number | None = Field(None, validation_alias="waterEstimated")
    avg_stride_length_cm: Number | None = Field(None, validation_alias="avgStrideLength")
    avg_vertical_oscillation_cm: Number | None = Field(None, validation_alias="avgVerticalOscillation")
    avg_vertical_ratio_percent: Number | None = Field(None, validation_alias="avgVerticalRatio")
    avg_ground_contact_ms: Number | None = Field(None, validation_alias="avgGroundContactTime")
    avg_grade_adjusted_speed_mps: Number | None = Field(None, validation_alias="avgGradeAdjustedSpeed")
    max_vertical_speed_mps: Number | None = Field(None, validation_alias="maxVerticalSpeed")
    fastest_km_s: Number | None = Field(None, validation_alias="fastestSplit_1000")
    fastest_mile_s: Number | None = Field(None, validation_alias="fastestSplit_1609")
    fastest_5km_s: Number | None = Field(None, validation_alias="fastestSplit_5000")
    fastest_10km_s: Number | None = Field(None, validation_alias="fastestSplit_10000")
    hr_zone_1_s: Number | None = Field(None, validation_alias="hrTimeInZone_1")
    hr_zone_2_s: Number | None = Field(None, validation_alias="hrTimeInZone_2")
    hr_zone_3_s: Number | None = Field(None, validation_alias="hrTimeInZone_3")
    hr_zone_4_s: Number | None = Field(None, validation_alias="hrTimeInZone_4")
    hr_zone_5_s: Number | None = Field(None, validation_alias="hrTimeInZone_5")
    power_zone_1_s: Number | None = Field(None, validation_alias="powerTimeInZone_1")
    power_zone_2_s: Number | None = Field(None, validation_alias="powerTimeInZone_2")
    power_zone_3_s: Number | None = Field(None, validation_alias="powerTimeInZone_3")
    power_zone_4_s: Number | None = Field(None, validation_alias="powerTimeInZone_4")
    power_zone_5_s: Number | None = Field(None, validation_alias="powerTimeInZone_5")
    pool_length: Number | None = Field(None, validation_alias="poolLength", exclude=True)
    pool_unit: Text | None = Field(None, validation_alias=AliasPath("unitOfPoolLength", "unitKey"), exclude=True)
    active_lengths: Whole | None = Field(None, validation_alias="activeLengths")
    strokes: Number | None = Field(None, validation_alias="strokes")
    avg_swolf: Number | None = Field(None, validation_alias="averageSwolf")
    active_sets: Whole | None = Field(None, validation_alias="activeSets")
    total_sets: Whole | None = Field(None, validation_alias="totalSets")
    total_reps: Whole | None = Field(None, validation_alias="totalReps")
    workout_id: BigId | None = Field(None, validation_alias="workoutId")
    parent_id: BigId | None = Field(None, validation_alias="parentId")
    is_parent: bool | None = Field(None, validation_alias="parent")
    favorite: bool | None = Field(None, validation_alias="favorite")
    personal_record: bool | None = Field(None, validation_alias="pr")
    privacy: Text | None = Field(None, validation_alias=AliasPath("privacy", "typeKey"))
    manufacturer: Text | None = Field(None, validation_alias="manufacturer")
    split_summaries: Objects | None = Field(None, validation_alias="splitSummaries")

    def row(self) -> dict[str, Any]:
        return {
            **super().row(),
            "utc_offset_s": offset_s(self.local_start, self.start_time),
            "pool_length_m": pool_length_m(self.pool_length, self.pool_unit),
        }


YARD_M = 0.9144
LONGEST_POOL = 400  # as a number of metres or yards; a larger one is centimetres


def pool_length_m(length: float | None, unit: str | None) -> float | None:
    """Garmin gives it in the unit beside it, or in centimetres whatever stands there. Null where it is 0."""
    if not length:
        return None
    if length > LONGEST_POOL:
        return length / 100
    return round(length * YARD_M, 4) if unit == "yard" else length
