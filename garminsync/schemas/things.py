"""What belongs to the account, as Garmin tells it."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.values import BigId, CalendarDate, Instant, Level, Number, Reading, Small, Text, Whole


def unset(value: Any) -> Any:
    """Garmin writes 0 where there is no limit, and no activity."""
    return None if value in (0, "0", "0.0") and not isinstance(value, bool) else value


Limit = Annotated[Number | None, BeforeValidator(unset)]
Words = list[Text]


class ProfileSettings(GarminModel):
    """userprofile-service/userprofile/user-settings: weight in grams, height in centimetres, usual times of sleep
    in seconds after local midnight, the speed of the lactate threshold in tens of m/s."""

    profile_id: BigId = at("id", default=...)
    gender: Text | None = at("userData.gender")
    birth_date: CalendarDate | None = at("userData.birthDate")
    height_cm: Number | None = at("userData.height")
    weight_g: Number | None = at("userData.weight", exclude=True)
    measurement_system: Text | None = at("userData.measurementSystem")
    time_format: Text | None = at("userData.timeFormat")
    first_weekday: Text | None = at("userData.firstDayOfWeek.dayName")
    hydration_unit: Text | None = at("userData.hydrationMeasurementUnit")
    handedness: Text | None = at("userData.handedness")
    vo2max_running: Reading = at("userData.vo2MaxRunning")
    vo2max_cycling: Reading = at("userData.vo2MaxCycling")
    threshold_speed_10mps: Number | None = at("userData.lactateThresholdSpeed", exclude=True)
    lactate_threshold_hr_bpm: Level = at("userData.lactateThresholdHeartRate")
    threshold_hr_detected: bool | None = at("userData.thresholdHeartRateAutoDetected")
    ftp_detected: bool | None = at("userData.ftpAutoDetected")
    moderate_minutes_hr_zone: Small | None = at("userData.moderateIntensityMinutesHrZone")
    vigorous_minutes_hr_zone: Small | None = at("userData.vigorousIntensityMinutesHrZone")
    sleep_time_s: Whole | None = at("userSleep.sleepTime")
    wake_time_s: Whole | None = at("userSleep.wakeTime")

    def row(self) -> dict[str, Any]:
        grams, speed = self.weight_g, self.threshold_speed_10mps
        return {
            **super().row(),
            "weight_kg": None if grams is None else grams / 1000,
            "lactate_threshold_speed_mps": None if speed is None else round(speed * 10, 9),
        }


class DeviceItem(GarminModel):
    """device-service/deviceregistration/devices[]: the same keys for watch, bike computer and scale. `primary` is
    true for each of them and tells nothing."""

    device_id: BigId = at("deviceId", default=...)
    name: Text | None = at("displayName")
    model: Text | None = at("productDisplayName")
    device_type_id: BigId | None = at("deviceTypePk")
    part_number: Text | None = at("partNumber")
    serial_number: Text | None = at("serialNumber")
    firmware: Text | None = at("currentFirmwareVersion")
    status: Text | None = at("deviceStatus")
    registered_time: Instant | None = at("registeredDate")
    categories: Words | None = at("deviceCategories")
    is_daily_tracker: bool | None = at("primaryActivityTrackerIndicator")
    is_scale: bool | None = at("weightScale")
    has_optical_hr: bool | None = at("hasOpticalHeartRate")


class GearItem(GarminModel):
    """gear-service/gear/v2/list[]: metres and seconds; a key is missing where nothing was set."""

    uuid: Text = at("uuid", default=..., min_length=1, max_length=64)
    name: Text | None = at("name")
    type: Text | None = at("gearType")
    status: Text | None = at("status")
    brand: Text | None = at("brand")
    model: Text | None = at("model")
    distance_m: Number | None = at("distanceUsedMeters")
    duration_s: Number | None = at("durationUsedSeconds")
    activities: Whole | None = at("numActivitiesLinked")
    days_used: Whole | None = at("daysUsed")
    max_distance_m: Limit = at("maxUsageDistanceMeters")
    max_duration_s: Limit = at("maxUsageDurationSeconds")
    first_used: CalendarDate | None = at("firstUseDate")
    created_time: Instant | None = at("createdDate")


class GearActivityItem(GarminModel):
    """activitylist-service/activities/{uuid}/gear[]: activities as in the list of all."""

    activity_id: BigId = at("activityId", default=...)
