"""A day's summary, in the two forms Garmin gives it."""

from typing import Annotated, Any

from pydantic import field_validator

from garminsync.schemas.answers import alone
from garminsync.schemas.base import Dated, at
from garminsync.schemas.values import Level, Number, Reading, Signed, Thousandth, Whole


class DailyFlat(Dated):
    """usersummary-service/usersummary/daily/{name}?calendarDate=: one day, durations in seconds."""

    steps: Whole | None = at("totalSteps")
    step_goal: Whole | None = at("dailyStepGoal")
    distance_m: Number | None = at("totalDistanceMeters")
    floors_ascended: Number | None = at("floorsAscended")
    floors_descended: Number | None = at("floorsDescended")
    total_kcal: Number | None = at("totalKilocalories")
    active_kcal: Number | None = at("activeKilocalories")
    resting_kcal: Number | None = at("bmrKilocalories")
    resting_hr_bpm: Level = at("restingHeartRate")
    min_hr_bpm: Level = at("minHeartRate")
    max_hr_bpm: Level = at("maxHeartRate")
    stress_avg: Level = at("averageStressLevel")
    stress_max: Level = at("maxStressLevel")
    rest_stress_s: Number | None = at("restStressDuration")
    low_stress_s: Number | None = at("lowStressDuration")
    medium_stress_s: Number | None = at("mediumStressDuration")
    high_stress_s: Number | None = at("highStressDuration")
    body_battery_charged: Signed | None = at("bodyBatteryChargedValue")
    body_battery_drained: Signed | None = at("bodyBatteryDrainedValue")
    body_battery_high: Level = at("bodyBatteryHighestValue")
    body_battery_low: Level = at("bodyBatteryLowestValue")
    moderate_minutes: Whole | None = at("moderateIntensityMinutes")
    vigorous_minutes: Whole | None = at("vigorousIntensityMinutes")
    sedentary_s: Number | None = at("sedentarySeconds")
    active_s: Number | None = at("activeSeconds")
    highly_active_s: Number | None = at("highlyActiveSeconds")
    spo2_avg_percent: Reading = at("averageSpo2")
    spo2_low_percent: Reading = at("lowestSpo2")
    respiration_waking_avg: Reading = at("avgWakingRespirationValue")
    respiration_high: Reading = at("highestRespirationValue")
    respiration_low: Reading = at("lowestRespirationValue")


Seconds = Annotated[Number, Thousandth] | None


class DailyNested(Dated):
    """usersummary-service/v2/dailysummaries?startDate=&endDate=: durations in milliseconds.

    Undocumented: movement.steps and the names of the groups are public knowledge, the inner names come from one
    client's schema, and behind them stands what was guessed before. `respiration.avgValue` may include the
    night; it is taken where no waking average is given. A day whose cheap form gives nothing is asked for in
    the flat form.
    """

    steps: Whole | None = at("movement.steps")
    step_goal: Whole | None = at("movement.steps.goal")
    distance_m: Number | None = at("movement.steps.distanceInMeters")
    floors_ascended: Number | None = at("movement.floorsAscended")
    floors_descended: Number | None = at("movement.floorsDescended")
    total_kcal: Number | None = at("calories.burnedTotal", "calories.total")
    active_kcal: Number | None = at("calories.burnedActive", "calories.active")
    resting_kcal: Number | None = at("calories.burnedResting", "calories.bmr")
    resting_hr_bpm: Level = at("heartRate.restingValue", "heartRate.resting")
    min_hr_bpm: Level = at("heartRate.minValue", "heartRate.min")
    max_hr_bpm: Level = at("heartRate.maxValue", "heartRate.max")
    stress_avg: Level = at("stress.avgLevel", "stress.average")
    stress_max: Level = at("stress.maxLevel", "stress.max")
    rest_stress_s: Seconds = at("stress.restDurationInMillis")
    low_stress_s: Seconds = at("stress.lowStressDurationInMillis", "stress.lowDurationInMillis")
    medium_stress_s: Seconds = at("stress.mediumStressDurationInMillis", "stress.mediumDurationInMillis")
    high_stress_s: Seconds = at("stress.highStressDurationInMillis", "stress.highDurationInMillis")
    body_battery_charged: Signed | None = at("bodyBattery.chargedValue", "bodyBattery.charged")
    body_battery_drained: Signed | None = at("bodyBattery.drainedValue", "bodyBattery.drained")
    body_battery_high: Level = at("bodyBattery.maxValue", "bodyBattery.highest")
    body_battery_low: Level = at("bodyBattery.minValue", "bodyBattery.lowest")
    moderate_minutes: Whole | None = at("intensityMinutes.moderate", "movement.intensityMinutes.moderate")
    vigorous_minutes: Whole | None = at("intensityMinutes.vigorous", "movement.intensityMinutes.vigorous")
    sedentary_s: Seconds = at("movement.sedentaryDurationInMillis")
    active_s: Seconds = at("movement.activeDurationInMillis")
    highly_active_s: Seconds = at("movement.highlyActiveDurationInMillis")
    spo2_avg_percent: Reading = at("pulseOx.avgValue", "pulseOx.average")
    spo2_low_percent: Reading = at("pulseOx.minValue", "pulseOx.lowest")
    respiration_waking_avg: Reading = at("respiration.avgWakingValue", "respiration.avgWaking", "respiration.avgValue")
    respiration_high: Reading = at("respiration.maxValue", "respiration.highest")
    respiration_low: Reading = at("respiration.minValue", "respiration.lowest")

    @field_validator("*", mode="before")
    @classmethod
    def _leaf(cls, value: Any) -> Any:
        """A leaf may be a bare number or {"value": number}."""
        value = alone(value)
        return value.get("value") if isinstance(value, dict) else value


GROUPS = ("movement", "calories", "heartRate", "stress", "bodyBattery", "pulseOx", "respiration")


def read_day(value: Any, notes: list[str]) -> DailyFlat | DailyNested:
    """Either form, wherever it turns up."""
    nested = isinstance(value, dict) and any(isinstance(alone(value.get(group)), dict) for group in GROUPS)
    return (DailyNested if nested else DailyFlat).read(value, notes)
