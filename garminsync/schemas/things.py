"""What belongs to the account, as Garmin tells it."""

from typing import Annotated, Any

from pydantic import AliasPath, BeforeValidator, Field

from garminsync.schemas.base import BigId, CalendarDate, GarminModel, Instant, Number, Small, Text, Whole


def unset(value: Any) -> Any:
    """Garmin writes 0 where there is no limit, and no activity."""
    return None if value in (0, "0", "0.0") and not isinstance(value, bool) else value


Limit = Annotated[Number | None, BeforeValidator(unset)]
Words = list[Text]


class ProfileSettings(GarminModel):
    """userprofile-service/userprofile/user-settings: weight in grams, height in centimetres, usual times of sleep
    in seconds after local midnight, the speed of the lactate threshold in tens of m/s."""

    profile_id: BigId = Field(validation_alias="id")
    gender: Text | None = Field(None, validation_alias=AliasPath("userData", "gender"))
    birth_date: CalendarDate | None = Field(None, validation_alias=AliasPath("userData", "birthDate"))
    height_cm: Number | None = Field(None, validation_alias=AliasPath("userData", "height"))
    weight_g: Number | None = Field(None, validation_alias=AliasPath("userData", "weight"), exclude=True)
    measurement_system: Text | None = Field(None, validation_alias=AliasPath("userData", "measurementSystem"))
    time_format: Text | None = Field(None, validation_alias=AliasPath("userData", "timeFormat"))
    first_weekday: Text | None = Field(None, validation_alias=AliasPath("userData", "firstDayOfWeek", "dayName"))
    hydration_unit: Text | None = Field(None, validation_alias=AliasPath("userData", "hydrationMeasurementUnit"))
    handedness: Text | None = Field(None, validation_alias=AliasPath("userData", "handedness"))
    vo2max_running: Number | None = Field(None, validation_alias=AliasPath("userData", "vo2MaxRunning"))
    vo2max_cycling: Number | None = Field(None, validation_alias=AliasPath("userData", "vo2MaxCycling"))
    threshold_speed_10mps: Number | None = Field(
        None, validation_alias=AliasPath("userData", "lactateThresholdSpeed"), exclude=True
    )
    lactate_threshold_hr_bpm: Small | None = Field(
        None, validation_alias=AliasPath("userData", "lactateThresholdHeartRate")
    )
    threshold_hr_detected: bool | None = Field(
        None, validation_alias=AliasPath("userData", "thresholdHeartRateAutoDetected")
    )
    ftp_detected: bool | None = Field(None, validation_alias=AliasPath("userData", "ftpAutoDetected"))
    moderate_minutes_hr_zone: Small | None = Field(
        None, validation_alias=AliasPath("userData", "moderateIntensityMinutesHrZone")
    )
    vigorous_minutes_hr_zone: Small | None = Field(
        None, validation_alias=AliasPath("userData", "vigorousIntensityMinutesHrZone")
    )
    sleep_time_s: Whole | None = Field(None, validation_alias=AliasPath("userSleep", "sleepTime"))
    wake_time_s: Whole | None = Field(None, validation_alias=AliasPath("userSleep", "wakeTime"))

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

    device_id: BigId = Field(validation_alias="deviceId")
    name: Text | None = Field(None, validation_alias="displayName")
    model: Text | None = Field(None, validation_alias="productDisplayName")
    device_type_id: BigId | None = Field(None, validation_alias="deviceTypePk")
    part_number: Text | None = Field(None, validation_alias="partNumber")
    serial_number: Text | None = Field(None, validation_alias="serialNumber")
    firmware: Text | None = Field(None, validation_alias="currentFirmwareVersion")
    status: Text | None = Field(None, validation_alias="deviceStatus")
    registered_time: Instant | None = Field(None, validation_alias="registeredDate")
    categories: Words | None = Field(None, validation_alias="deviceCategories")
    is_daily_tracker: bool | None = Field(None, validation_alias="primaryActivityTrackerIndicator")
    is_scale: bool | None = Field(None, validation_alias="weightScale")
    has_optical_hr: bool | None = Field(None, validation_alias="hasOpticalHeartRate")


class GearItem(GarminModel):
    """gear-service/gear/v2/list[]: metres and seconds; a key is missing where nothing was set."""

    uuid: Text = Field(validation_alias="uuid", min_length=1, max_length=64)
    name: Text | None = Field(None, validation_alias="name")
    type: Text | None = Field(None, validation_alias="gearType")
    status: Text | None = Field(None, validation_alias="status")
    brand: Text | None = Field(None, validation_alias="brand")
    model: Text | None = Field(None, validation_alias="model")
    distance_m: Number | None = Field(None, validation_alias="distanceUsedMeters")
    duration_s: Number | None = Field(None, validation_alias="durationUsedSeconds")
    activities: Whole | None = Field(None, validation_alias="numActivitiesLinked")
    days_used: Whole | None = Field(None, validation_alias="daysUsed")
    max_distance_m: Limit = Field(None, validation_alias="maxUsageDistanceMeters")
    max_duration_s: Limit = Field(None, validation_alias="maxUsageDurationSeconds")
    first_used: CalendarDate | None = Field(None, validation_alias="firstUseDate")
    created_time: Instant | None = Field(None, validation_alias="createdDate")


class GearActivityItem(GarminModel):
    """activitylist-service/activities/{uuid}/gear[]: activities as in the list of all."""

    activity_id: BigId = Field(validation_alias="activityId")
