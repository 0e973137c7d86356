"""What the body is able to, a row for each day on which Garmin told it. Units are in the names, null is unknown."""

from django.db import models

from garminsync.models.dated import DayValue


class Vo2Max(DayValue):
    """Only days with a new measurement have one. From metrics-service/metrics/maxmet/daily."""

    running = models.FloatField(null=True, help_text="ml/kg/min, whole, as the watch shows it")
    running_precise = models.FloatField(null=True, help_text="ml/kg/min")
    cycling = models.FloatField(null=True, help_text="ml/kg/min, whole")
    cycling_precise = models.FloatField(null=True, help_text="ml/kg/min")
    fitness_age_years = models.PositiveSmallIntegerField(null=True, help_text="Up to 2022; since then in FitnessAge")

    class Meta(DayValue.Meta):
        verbose_name = "VO2 max"
        verbose_name_plural = "VO2 max"


class Acclimation(DayValue):
    """To heat and altitude; told together with the VO2 max, on the days that have one."""

    heat_percent = models.FloatField(null=True)
    heat_trend = models.TextField(null=True, help_text="Such as ACCLIMATIZING, ACCLIMATIZED")
    altitude_percent = models.FloatField(null=True)
    acclimated_altitude_m = models.FloatField(null=True)
    current_altitude_m = models.FloatField(null=True)
    altitude_trend = models.TextField(null=True)


class RacePrediction(DayValue):
    """Times for which the training would do. From metrics-service/metrics/racepredictions/daily."""

    time_5k_s = models.PositiveIntegerField(null=True)
    time_10k_s = models.PositiveIntegerField(null=True)
    time_half_marathon_s = models.PositiveIntegerField(null=True)
    time_marathon_s = models.PositiveIntegerField(null=True)


class FitnessAge(DayValue):
    """From fitnessage-service/stats/daily. Who has a scale is told the body fat in place of the BMI."""

    fitness_age_years = models.FloatField(null=True)
    achievable_fitness_age_years = models.FloatField(null=True)
    vigorous_days_per_week = models.FloatField(null=True)
    resting_hr_bpm = models.PositiveSmallIntegerField(null=True)
    bmi = models.FloatField(null=True, help_text="kg/m2")
    body_fat_percent = models.FloatField(null=True)


class EnduranceScore(DayValue):
    """From metrics-service/metrics/endurancescore."""

    score = models.PositiveIntegerField(null=True, help_text="Points, some 3,500 to 10,000")


class HillScore(DayValue):
    """As the primary training device sees it. From metrics-service/metrics/hillscore."""

    score = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    strength_score = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    endurance_score = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    classification = models.PositiveSmallIntegerField(null=True, help_text="Garmin's number")
    device_id = models.BigIntegerField(null=True)


class LactateThresholdSpeed(DayValue):
    """Running. Only days with a new one. From biometric-service/stats/lactateThresholdSpeed."""

    speed_mps = models.FloatField(null=True)


class LactateThresholdHr(DayValue):
    """Running. Only days with a new one. From biometric-service/stats/lactateThresholdHeartRate."""

    hr_bpm = models.FloatField(null=True)

    class Meta(DayValue.Meta):
        verbose_name = "lactate threshold heart rate"


class FunctionalThresholdPower(DayValue):
    """Cycling. Only days with a new one. From biometric-service/stats/functionalThresholdPower."""

    power_w = models.FloatField(null=True)


class RunningTolerance(DayValue):
    """How much running the legs take. From metrics-service/metrics/runningtolerance/stats."""

    acute_distance_m = models.FloatField(null=True)
    acute_impact_load = models.FloatField(null=True, help_text="In metres of easy running")
    acute_tolerance = models.FloatField(null=True, help_text="In metres of easy running")
    feedback = models.TextField(null=True)


class MenstrualCycle(DayValue):
    """`date` is its first day. From periodichealth-service/menstrualcycle/calendar; one that is still to come
    is no row."""

    period_days = models.PositiveSmallIntegerField(null=True)
    predicted = models.BooleanField(null=True)
    fertile_window_start_day = models.PositiveSmallIntegerField(null=True, help_text="Day of the cycle, from 1")
    fertile_window_days = models.PositiveSmallIntegerField(null=True)


class MenstrualLog(DayValue):
    """A day of which something was written down: what, the calendar does not tell."""

    logged = models.JSONField(help_text="Garmin's lists that name this day, such as loggedSymptomDays")
