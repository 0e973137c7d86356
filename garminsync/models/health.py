"""A day and a night, as Garmin sums them up. Columns are null where Garmin gives no value."""

from django.db import models

from garminsync.models.dated import DayValue

ONLY_ALONE = "Only of a day asked for by itself, as far as is known"


class Day(DayValue):
    """One calendar day in the zone Garmin filed it under. From usersummary-service, v2/dailysummaries
    (nested) or usersummary/daily (flat)."""

    steps = models.PositiveIntegerField(null=True)
    step_goal = models.PositiveIntegerField(null=True)
    distance_m = models.FloatField(null=True)
    floors_ascended = models.FloatField(null=True)
    floors_descended = models.FloatField(null=True)
    total_kcal = models.FloatField(null=True)
    active_kcal = models.FloatField(null=True)
    resting_kcal = models.FloatField(null=True, help_text="Basal metabolic rate")
    resting_hr_bpm = models.PositiveSmallIntegerField(null=True)
    min_hr_bpm = models.PositiveSmallIntegerField(null=True)
    max_hr_bpm = models.PositiveSmallIntegerField(null=True)
    stress_avg = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    stress_max = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    rest_stress_s = models.FloatField(null=True)
    low_stress_s = models.FloatField(null=True)
    medium_stress_s = models.FloatField(null=True)
    high_stress_s = models.FloatField(null=True)
    body_battery_charged = models.SmallIntegerField(null=True)
    body_battery_drained = models.SmallIntegerField(null=True)
    body_battery_high = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    body_battery_low = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    moderate_minutes = models.PositiveIntegerField(null=True, help_text="Intensity minutes")
    vigorous_minutes = models.PositiveIntegerField(null=True, help_text="Intensity minutes")
    sedentary_s = models.FloatField(null=True, help_text=ONLY_ALONE)
    active_s = models.FloatField(null=True, help_text=ONLY_ALONE)
    highly_active_s = models.FloatField(null=True, help_text=ONLY_ALONE)
    spo2_avg_percent = models.FloatField(null=True)
    spo2_low_percent = models.FloatField(null=True)
    respiration_waking_avg = models.FloatField(null=True, help_text="Breaths a minute")
    respiration_high = models.FloatField(null=True, help_text="Breaths a minute")
    respiration_low = models.FloatField(null=True, help_text="Breaths a minute")


class Night(DayValue):
    """One night's sleep, filed under the day of waking up. From sleep-service/stats/sleep/daily, or per
    night from wellness-service/wellness/dailySleepData."""

    start_time = models.DateTimeField(null=True)
    end_time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True, help_text="Local time less UTC when the night began")
    sleep_s = models.PositiveIntegerField(null=True)
    deep_s = models.PositiveIntegerField(null=True)
    light_s = models.PositiveIntegerField(null=True)
    rem_s = models.PositiveIntegerField(null=True)
    awake_s = models.PositiveIntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    score_quality = models.TextField(null=True, help_text="POOR, FAIR, GOOD or EXCELLENT")
    resting_hr_bpm = models.PositiveSmallIntegerField(null=True)
    avg_hr_bpm = models.FloatField(null=True)
    hrv_avg_ms = models.FloatField(null=True, help_text="Average overnight HRV")
    spo2_avg_percent = models.FloatField(null=True)
    respiration_avg = models.FloatField(null=True, help_text="Breaths a minute")
    body_battery_change = models.SmallIntegerField(null=True)
    skin_temperature_deviation_c = models.FloatField(null=True)
    sleep_need_s = models.PositiveIntegerField(null=True)
