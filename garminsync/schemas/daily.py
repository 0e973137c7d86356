"""A day's summary, in the two forms Garmin gives it."""

from typing import Annotated, Any

from pydantic import AliasPath, BeforeValidator, Field

from garminsync.schemas.base import Dated, Level, Number, Signed, Small, Whole


class DailyFlat(Dated):
    """usersummary-service/usersummary/daily/{name}?calendarDate=: one day, durations in seconds."""

    steps: Whole | None = Field(None, validation_alias="totalSteps")
    step_goal: Whole | None = Field(None, validation_alias="dailyStepGoal")
    distance_m: Number | None = Field(None, validation_alias="totalDistanceMeters")
    floors_ascended: Number | None = Field(None, validation_alias="floorsAscended")
    floors_descended: Number | None = Field(None, validation_alias="floorsDescended")
    total_kcal: Number | None = Field(None, validation_alias="totalKilocalories")
    active_kcal: Number | None = Field(None, validation_alias="activeKilocalories")
    resting_kcal: Number | None = Field(None, validation_alias="bmrKilocalories")
    resting_hr_bpm: Small | None = Field(None, validation_alias="restingHeartRate")
    min_hr_bpm: Small | None = Field(None, validation_alias="minHeartRate")
    max_hr_bpm: Small | None = Field(None, validation_alias="maxHeartRate")
    stress_avg: Level = Field(None, validation_alias="averageStressLevel")
    stress_max: Level = Field(None, validation_alias="maxStressLevel")
    rest_stress_s: Number | None = Field(None, validation_alias="restStressDuration")
    low_stress_s: Number | None = Field(None, validation_alias="lowStressDuration")
    medium_stress_s: Number | None = Field(None, validation_alias="mediumStressDuration")
    high_stress_s: Number | None = Field(None, validation_alias="highStressDuration")
    body_battery_charged: Signed | None = Field(None, validation_alias="bodyBatteryChargedValue")
    body_battery_drained: Signed | None = Field(None, validation_alias="bodyBatteryDrainedValue")
    body_battery_high: Small | None = Field(None, validation_alias="bodyBatteryHighestValue")
    body_battery_low: Small | None = Field(None, validation_alias="bodyBatteryLowestValue")
    moderate_minutes: Whole | None = Field(None, validation_alias="moderateIntensityMinutes")
    vigorous_minutes: Whole | None = Field(None, validation_alias="vigorousIntensityMinutes")
    sedentary_s: Number | None = Field(None, validation_alias="sedentarySeconds")
    active_s: Number | None = Field(None, validation_alias="activeSeconds")
    highly_active_s: Number | None = Field(None, validation_alias="highlyActiveSeconds")
    spo2_avg_percent: Number | None = Field(None, validation_alias="averageSpo2")
    spo2_low_percent: Number | None = Field(None, validation_alias="lowestSpo2")
    respiration_waking_avg: Number | None = Field(None, validation_alias="avgWakingRespirationValue")
    respiration_high: Number | None = Field(None, validation_alias="highestRespirationValue")
    respiration_low: Number | None = Field(None, validation_alias="lowestRespirationValue")


def _leaf(value: Any) -> Any:
    """A leaf may be a bare number or {"value": number}."""
    return value.get("value") if isinstance(value, dict) else value


def _seconds(value: Any) -> Any:
    leaf = _leaf(value)
    return leaf / 1000 if isinstance(leaf, int | float) and not isinstance(leaf, bool) else leaf


Leaf = BeforeValidator(_leaf)
Seconds = Annotated[Number | None, BeforeValidator(_seconds)]


class DailyNested(Dated):
    """usersummary-service/v2/dailysummaries?startDate=&endDate=: durations in milliseconds.

    Undocumented: the outer names are public knowledge, the inner ones partly a guess; a day whose cheap
    form gives nothing is asked for in the flat form.
    """

    steps: Annotated[Whole | None, Leaf] = Field(None, validation_alias=AliasPath("movement", "steps"))
    step_goal: Whole | None = Field(None, validation_alias=AliasPath("movement", "steps", "goal"))
    distance_m: Number | None = Field(None, validation_alias=AliasPath("movement", "steps", "distanceInMeters"))
    floors_ascended: Annotated[Number | None, Leaf] = Field(
        None, validation_alias=AliasPath("movement", "floorsAscended")
    )
    floors_descended: Annotated[Number | None, Leaf] = Field(
        None, validation_alias=AliasPath("movement", "floorsDescended")
    )
    total_kcal: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("calories", "total"))
    active_kcal: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("calories", "active"))
    resting_kcal: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("calories", "bmr"))
    resting_hr_bpm: Annotated[Small | None, Leaf] = Field(None, validation_alias=AliasPath("heartRate", "resting"))
    min_hr_bpm: Annotated[Small | None, Leaf] = Field(None, validation_alias=AliasPath("heartRate", "min"))
    max_hr_bpm: Annotated[Small | None, Leaf] = Field(None, validation_alias=AliasPath("heartRate", "max"))
    stress_avg: Annotated[Level, Leaf] = Field(None, validation_alias=AliasPath("stress", "average"))
    stress_max: Annotated[Level, Leaf] = Field(None, validation_alias=AliasPath("stress", "max"))
    rest_stress_s: Seconds = Field(None, validation_alias=AliasPath("stress", "restDurationInMillis"))
    low_stress_s: Seconds = Field(None, validation_alias=AliasPath("stress", "lowDurationInMillis"))
    medium_stress_s: Seconds = Field(None, validation_alias=AliasPath("stress", "mediumDurationInMillis"))
    high_stress_s: Seconds = Field(None, validation_alias=AliasPath("stress", "highDurationInMillis"))
    body_battery_charged: Annotated[Signed | None, Leaf] = Field(
        None, validation_alias=AliasPath("bodyBattery", "charged")
    )
    body_battery_drained: Annotated[Signed | None, Leaf] = Field(
        None, validation_alias=AliasPath("bodyBattery", "drained")
    )
    body_battery_high: Annotated[Small | None, Leaf] = Field(None, validation_alias=AliasPath("bodyBattery", "highest"))
    body_battery_low: Annotated[Small | None, Leaf] = Field(None, validation_alias=AliasPath("bodyBattery", "lowest"))
    moderate_minutes: Whole | None = Field(None, validation_alias=AliasPath("movement", "intensityMinutes", "moderate"))
    vigorous_minutes: Whole | None = Field(None, validation_alias=AliasPath("movement", "intensityMinutes", "vigorous"))
    sedentary_s: Seconds = Field(None, validation_alias=AliasPath("movement", "sedentaryDurationInMillis"))
    active_s: Seconds = Field(None, validation_alias=AliasPath("movement", "activeDurationInMillis"))
    highly_active_s: Seconds = Field(None, validation_alias=AliasPath("movement", "highlyActiveDurationInMillis"))
    spo2_avg_percent: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("pulseOx", "average"))
    spo2_low_percent: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("pulseOx", "lowest"))
    respiration_waking_avg: Annotated[Number | None, Leaf] = Field(
        None, validation_alias=AliasPath("respiration", "avgWaking")
    )
    respiration_high: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("respiration", "highest"))
    respiration_low: Annotated[Number | None, Leaf] = Field(None, validation_alias=AliasPath("respiration", "lowest"))


def read_day(value: Any, notes: list[str]) -> DailyFlat | DailyNested:
    """Either form, wherever it turns up."""
    nested = isinstance(value, dict) and "movement" in value
    return (DailyNested if nested else DailyFlat).read(value, notes)
