"""VO2 max, predictions, scores, thresholds and the menstrual cycle, as Garmin gives them."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from garminsync.schemas.base import Dated, GarminModel, at
from garminsync.schemas.values import BigId, CalendarDate, Level, Number, Points, Reading, Small, Text, Whole

VO2MAX_DATE = ("generic.calendarDate", "cycling.calendarDate", "heatAltitudeAcclimation.calendarDate")


class Vo2MaxDay(GarminModel):
    """metrics-service/metrics/maxmet/daily/{start}/{end}: ml/kg/min; `generic` is running and walking."""

    date: CalendarDate = at(*VO2MAX_DATE, default=...)
    running: Reading = at("generic.vo2MaxValue")
    running_precise: Reading = at("generic.vo2MaxPreciseValue")
    cycling: Reading = at("cycling.vo2MaxValue")
    cycling_precise: Reading = at("cycling.vo2MaxPreciseValue")
    fitness_age_years: Small | None = at("generic.fitnessAge", "cycling.fitnessAge")


class AcclimationDay(GarminModel):
    """The same answer: percent, metres."""

    date: CalendarDate = at(*VO2MAX_DATE, default=...)
    heat_percent: Number | None = at("heatAltitudeAcclimation.heatAcclimationPercentage")
    heat_trend: Text | None = at("heatAltitudeAcclimation.heatTrend")
    altitude_percent: Number | None = at("heatAltitudeAcclimation.acclimationPercentage")
    acclimated_altitude_m: Number | None = at("heatAltitudeAcclimation.altitudeAcclimation")
    current_altitude_m: Number | None = at("heatAltitudeAcclimation.currentAltitude")
    altitude_trend: Text | None = at("heatAltitudeAcclimation.altitudeTrend")


class RacePredictionDay(Dated):
    """metrics-service/metrics/racepredictions/daily/{name}: seconds."""

    time_5k_s: Whole | None = at("time5K")
    time_10k_s: Whole | None = at("time10K")
    time_half_marathon_s: Whole | None = at("timeHalfMarathon")
    time_marathon_s: Whole | None = at("timeMarathon")


class FitnessAgeDay(Dated):
    """fitnessage-service/stats/daily/{start}/{end}: years, days a week, bpm, kg/m2, percent."""

    fitness_age_years: Number | None = at("values.fitnessAge")
    achievable_fitness_age_years: Number | None = at("values.achievableFitnessAge")
    vigorous_days_per_week: Number | None = at("values.vigorousDaysAvg")
    resting_hr_bpm: Level = at("values.rhr")
    bmi: Number | None = at("values.bmi")
    body_fat_percent: Number | None = at("values.bodyFat")


class EnduranceScoreDay(Dated):
    """metrics-service/metrics/endurancescore?calendarDate= (flat), or one day of endurancescore/stats: points."""

    score: Points = at("overallScore", "groupAverage")


class HillScoreDay(Dated):
    """metrics-service/metrics/hillscore?calendarDate=, or one day of hillscore/stats: 0 to 100."""

    score: Level = at("overallScore")
    strength_score: Level = at("strengthScore")
    endurance_score: Level = at("enduranceScore")
    classification: Small | None = at("hillScoreClassificationId")
    device_id: BigId | None = at("deviceId")


class Biometric(GarminModel):
    """biometric-service/stats/{quantity}/range/{start}/{end}: the day stands under `from`."""

    date: CalendarDate = at("from", default=...)


def _words(value: Any) -> Any:
    """Garmin's phrases come as words or as their number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _mps(value: float) -> float:
    return round(value * 10, 6)


Phrase = Annotated[Text, BeforeValidator(_words)]


class ThresholdSpeed(Biometric):
    """lactateThresholdSpeed: tens of m/s."""

    speed_mps: Annotated[Number, AfterValidator(_mps)] | None = at("value")


class ThresholdHr(Biometric):
    """lactateThresholdHeartRate: bpm."""

    hr_bpm: Reading = at("value")


class ThresholdPower(Biometric):
    """functionalThresholdPower: W."""

    power_w: Reading = at("value")


class RunningToleranceDay(Dated):
    """metrics-service/metrics/runningtolerance/stats: metres, and metres of easy running. Some accounts are told
    the daily values under the names of the weekly ones."""

    acute_distance_m: Number | None = at("acuteDistance", "totalDistance")
    acute_impact_load: Number | None = at("acuteImpactLoad", "totalImpactLoad")
    acute_tolerance: Number | None = at("acuteTolerance", "tolerance")
    feedback: Phrase | None = at("runningToleranceFeedBackPhrase")


class Cycle(GarminModel):
    """periodichealth-service/menstrualcycle/calendar/{start}/{end}: days."""

    date: CalendarDate = at("startDate", default=...)
    period_days: Small | None = at("periodLength")
    predicted: bool | None = at("predictedCycle")
    fertile_window_start_day: Small | None = at("fertileWindowStart")
    fertile_window_days: Small | None = at("lengthOfFertileWindow")
