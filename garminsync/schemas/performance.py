"""VO2 max, predictions, scores, thresholds and the menstrual cycle, as Garmin gives them."""

from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, AliasPath, BeforeValidator, Field

from garminsync.schemas.base import BigId, CalendarDate, Dated, GarminModel, Level, Number, Small, Text, Whole

VO2MAX_DATE = AliasChoices(
    AliasPath("generic", "calendarDate"),
    AliasPath("cycling", "calendarDate"),
    AliasPath("heatAltitudeAcclimation", "calendarDate"),
)


class Vo2MaxDay(GarminModel):
    """metrics-service/metrics/maxmet/daily/{start}/{end}: ml/kg/min; `generic` is running and walking."""

    date: CalendarDate = Field(validation_alias=VO2MAX_DATE)
    running: Number | None = Field(None, validation_alias=AliasPath("generic", "vo2MaxValue"))
    running_precise: Number | None = Field(None, validation_alias=AliasPath("generic", "vo2MaxPreciseValue"))
    cycling: Number | None = Field(None, validation_alias=AliasPath("cycling", "vo2MaxValue"))
    cycling_precise: Number | None = Field(None, validation_alias=AliasPath("cycling", "vo2MaxPreciseValue"))
    fitness_age_years: Small | None = Field(
        None, validation_alias=AliasChoices(AliasPath("generic", "fitnessAge"), AliasPath("cycling", "fitnessAge"))
    )


class AcclimationDay(GarminModel):
    """The same answer: percent, metres."""

    date: CalendarDate = Field(validation_alias=VO2MAX_DATE)
    heat_percent: Number | None = Field(
        None, validation_alias=AliasPath("heatAltitudeAcclimation", "heatAcclimationPercentage")
    )
    heat_trend: Text | None = Field(None, validation_alias=AliasPath("heatAltitudeAcclimation", "heatTrend"))
    altitude_percent: Number | None = Field(
        None, validation_alias=AliasPath("heatAltitudeAcclimation", "acclimationPercentage")
    )
    acclimated_altitude_m: Number | None = Field(
        None, validation_alias=AliasPath("heatAltitudeAcclimation", "altitudeAcclimation")
    )
    current_altitude_m: Number | None = Field(
        None, validation_alias=AliasPath("heatAltitudeAcclimation", "currentAltitude")
    )
    altitude_trend: Text | None = Field(None, validation_alias=AliasPath("heatAltitudeAcclimation", "altitudeTrend"))


class RacePredictionDay(Dated):
    """metrics-service/metrics/racepredictions/daily/{name}: seconds."""

    time_5k_s: Whole | None = Field(None, validation_alias="time5K")
    time_10k_s: Whole | None = Field(None, validation_alias="time10K")
    time_half_marathon_s: Whole | None = Field(None, validation_alias="timeHalfMarathon")
    time_marathon_s: Whole | None = Field(None, validation_alias="timeMarathon")


class FitnessAgeDay(Dated):
    """fitnessage-service/stats/daily/{start}/{end}: years, days a week, bpm, kg/m2, percent."""

    fitness_age_years: Number | None = Field(None, validation_alias=AliasPath("values", "fitnessAge"))
    achievable_fitness_age_years: Number | None = Field(
        None, validation_alias=AliasPath("values", "achievableFitnessAge")
    )
    vigorous_days_per_week: Number | None = Field(None, validation_alias=AliasPath("values", "vigorousDaysAvg"))
    resting_hr_bpm: Small | None = Field(None, validation_alias=AliasPath("values", "rhr"))
    bmi: Number | None = Field(None, validation_alias=AliasPath("values", "bmi"))
    body_fat_percent: Number | None = Field(None, validation_alias=AliasPath("values", "bodyFat"))


class EnduranceScoreDay(Dated):
    """metrics-service/metrics/endurancescore?calendarDate= (flat), or one day of endurancescore/stats: points."""

    score: Whole | None = Field(None, validation_alias=AliasChoices("overallScore", "groupAverage"))


class HillScoreDay(Dated):
    """metrics-service/metrics/hillscore?calendarDate=, or one day of hillscore/stats: 0 to 100."""

    score: Level = Field(None, validation_alias="overallScore")
    strength_score: Level = Field(None, validation_alias="strengthScore")
    endurance_score: Level = Field(None, validation_alias="enduranceScore")
    classification: Small | None = Field(None, validation_alias="hillScoreClassificationId")
    device_id: BigId | None = Field(None, validation_alias="deviceId")


class Biometric(GarminModel):
    """biometric-service/stats/{quantity}/range/{start}/{end}: the day stands under `from`."""

    date: CalendarDate = Field(validation_alias="from")


def _words(value: Any) -> Any:
    """Garmin's phrases come as words or as their number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _mps(value: float) -> float:
    return round(value * 10, 6)


Phrase = Annotated[Text, BeforeValidator(_words)]


class ThresholdSpeed(Biometric):
    """lactateThresholdSpeed: tens of m/s."""

    speed_mps: Annotated[Number, AfterValidator(_mps)] | None = Field(None, validation_alias="value")


class ThresholdHr(Biometric):
    """lactateThresholdHeartRate: bpm."""

    hr_bpm: Number | None = Field(None, validation_alias="value")


class ThresholdPower(Biometric):
    """functionalThresholdPower: W."""

    power_w: Number | None = Field(None, validation_alias="value")


class RunningToleranceDay(Dated):
    """metrics-service/metrics/runningtolerance/stats: metres, and metres of easy running. Some accounts are told
    the daily values under the names of the weekly ones."""

    acute_distance_m: Number | None = Field(None, validation_alias=AliasChoices("acuteDistance", "totalDistance"))
    acute_impact_load: Number | None = Field(None, validation_alias=AliasChoices("acuteImpactLoad", "totalImpactLoad"))
    acute_tolerance: Number | None = Field(None, validation_alias=AliasChoices("acuteTolerance", "tolerance"))
    feedback: Phrase | None = Field(None, validation_alias="runningToleranceFeedBackPhrase")


class Cycle(GarminModel):
    """periodichealth-service/menstrualcycle/calendar/{start}/{end}: days."""

    date: CalendarDate = Field(validation_alias="startDate")
    period_days: Small | None = Field(None, validation_alias="periodLength")
    predicted: bool | None = Field(None, validation_alias="predictedCycle")
    fertile_window_start_day: Small | None = Field(None, validation_alias="fertileWindowStart")
    fertile_window_days: Small | None = Field(None, validation_alias="lengthOfFertileWindow")
