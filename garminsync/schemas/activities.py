"""An activity as the list tells it."""

from typing import Any

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.values import BigId, Instant, Number, Objects, Reading, Signed, Text, Whole, offset_s


def _cadence(kind: str) -> tuple[str, ...]:
    return (
        f"{kind}RunningCadenceInStepsPerMinute",
        f"{kind}BikingCadenceInRevPerMinute",
        f"{kind}SwimCadenceInStrokesPerMinute",
    )


class ActivityItem(GarminModel):
    """activitylist-service/activities/search/activities[]: metres, seconds, m/s; times without a zone."""

    activity_id: BigId = at("activityId", default=...)
    name: Text | None = at("activityName")
    type: Text | None = at("activityType.typeKey")
    event_type: Text | None = at("eventType.typeKey")
    start_time: Instant | None = at("startTimeGMT", "beginTimestamp")
    local_start: Instant | None = at("startTimeLocal", exclude=True)
    distance_m: Number | None = at("distance")
    duration_s: Number | None = at("duration")
    elapsed_s: Number | None = at("elapsedDuration")
    moving_s: Number | None = at("movingDuration")
    elevation_gain_m: Number | None = at("elevationGain")
    elevation_loss_m: Number | None = at("elevationLoss")
    avg_speed_mps: Number | None = at("averageSpeed")
    max_speed_mps: Number | None = at("maxSpeed")
    avg_hr_bpm: Reading = at("averageHR")
    max_hr_bpm: Reading = at("maxHR")
    kcal: Number | None = at("calories")
    steps: Whole | None = at("steps")
    avg_power_w: Number | None = at("avgPower")
    vo2max: Reading = at("vO2MaxValue")
    training_load: Number | None = at("activityTrainingLoad")
    start_latitude_deg: Number | None = at("startLatitude")
    start_longitude_deg: Number | None = at("startLongitude")
    location: Text | None = at("locationName")
    manual: bool | None = at("manualActivity")
    device_id: BigId | None = at("deviceId")
    max_power_w: Number | None = at("maxPower")
    normalized_power_w: Number | None = at("normPower")
    avg_cadence_spm: Number | None = at(*_cadence("average"))
    max_cadence_spm: Number | None = at(*_cadence("max"))
    bmr_kcal: Number | None = at("bmrCalories")
    min_elevation_m: Number | None = at("minElevation")
    max_elevation_m: Number | None = at("maxElevation")
    min_temperature_c: Number | None = at("minTemperature")
    max_temperature_c: Number | None = at("maxTemperature")
    end_latitude_deg: Number | None = at("endLatitude")
    end_longitude_deg: Number | None = at("endLongitude")
    laps: Whole | None = at("lapCount")
    aerobic_training_effect: Number | None = at("aerobicTrainingEffect")
    anaerobic_training_effect: Number | None = at("anaerobicTrainingEffect")
    training_effect_label: Text | None = at("trainingEffectLabel")
    moderate_minutes: Whole | None = at("moderateIntensityMinutes")
    vigorous_minutes: Whole | None = at("vigorousIntensityMinutes")
    body_battery_change: Signed | None = at("differenceBodyBattery")
    sweat_loss_ml: Number | None = at("waterEstimated")
    avg_stride_length_cm: Number | None = at("avgStrideLength")
    avg_vertical_oscillation_cm: Number | None = at("avgVerticalOscillation")
    avg_vertical_ratio_percent: Number | None = at("avgVerticalRatio")
    avg_ground_contact_ms: Number | None = at("avgGroundContactTime")
    avg_grade_adjusted_speed_mps: Number | None = at("avgGradeAdjustedSpeed")
    max_vertical_speed_mps: Number | None = at("maxVerticalSpeed")
    fastest_km_s: Number | None = at("fastestSplit_1000")
    fastest_mile_s: Number | None = at("fastestSplit_1609")
    fastest_5km_s: Number | None = at("fastestSplit_5000")
    fastest_10km_s: Number | None = at("fastestSplit_10000")
    hr_zone_1_s: Number | None = at("hrTimeInZone_1")
    hr_zone_2_s: Number | None = at("hrTimeInZone_2")
    hr_zone_3_s: Number | None = at("hrTimeInZone_3")
    hr_zone_4_s: Number | None = at("hrTimeInZone_4")
    hr_zone_5_s: Number | None = at("hrTimeInZone_5")
    power_zone_1_s: Number | None = at("powerTimeInZone_1")
    power_zone_2_s: Number | None = at("powerTimeInZone_2")
    power_zone_3_s: Number | None = at("powerTimeInZone_3")
    power_zone_4_s: Number | None = at("powerTimeInZone_4")
    power_zone_5_s: Number | None = at("powerTimeInZone_5")
    pool_length: Number | None = at("poolLength", exclude=True)
    pool_unit: Text | None = at("unitOfPoolLength.unitKey", exclude=True)
    active_lengths: Whole | None = at("activeLengths")
    strokes: Number | None = at("strokes")
    avg_swolf: Number | None = at("averageSwolf")
    active_sets: Whole | None = at("activeSets")
    total_sets: Whole | None = at("totalSets")
    total_reps: Whole | None = at("totalReps")
    workout_id: BigId | None = at("workoutId")
    parent_id: BigId | None = at("parentId")
    is_parent: bool | None = at("parent")
    favorite: bool | None = at("favorite")
    personal_record: bool | None = at("pr")
    privacy: Text | None = at("privacy.typeKey")
    manufacturer: Text | None = at("manufacturer")
    split_summaries: Objects | None = at("splitSummaries")

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
