"""What the body tells: heart rate variability, weight, blood pressure, and what it drank."""

from django.db import models

from garminsync.models.dated import DayValue


class Hrv(DayValue):
    """Heart rate variability of one night, filed under the day of waking up. From hrv-service/hrv/daily."""

    night_avg_ms = models.PositiveSmallIntegerField(null=True)
    night_high_ms = models.PositiveSmallIntegerField(null=True, help_text="The best 5 minutes")
    week_avg_ms = models.PositiveSmallIntegerField(null=True, help_text="Average of 7 nights")
    baseline_low_ms = models.PositiveSmallIntegerField(null=True, help_text="Below it the week is low")
    baseline_balanced_from_ms = models.PositiveSmallIntegerField(null=True)
    baseline_balanced_to_ms = models.PositiveSmallIntegerField(null=True)
    baseline_marker = models.FloatField(null=True, help_text="Where the week stands on Garmin's gauge, 0 to 1")
    status = models.TextField(null=True, help_text="BALANCED, UNBALANCED, LOW, ...")
    feedback = models.TextField(null=True, help_text="Garmin's key of a sentence")

    class Meta(DayValue.Meta):
        verbose_name = "HRV"
        verbose_name_plural = "HRV"


class WeighIn(models.Model):
    """One weigh-in; a day may have several. From weight-service/weight/range."""

    sample_pk = models.BigIntegerField(primary_key=True, help_text="Garmin's id")
    date = models.DateField(db_index=True, help_text="The day Garmin filed it under")
    time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True, help_text="Local time less UTC")
    weight_kg = models.FloatField(null=True)
    bmi = models.FloatField(null=True)
    body_fat_percent = models.FloatField(null=True)
    body_water_percent = models.FloatField(null=True)
    bone_mass_kg = models.FloatField(null=True)
    muscle_mass_kg = models.FloatField(null=True)
    visceral_fat = models.FloatField(null=True, help_text="Rating, 1 to 59")
    metabolic_age_years = models.PositiveSmallIntegerField(null=True)
    physique_rating = models.PositiveSmallIntegerField(null=True, help_text="1 to 9")
    source = models.TextField(null=True, help_text="INDEX_SCALE, MANUAL, ...")

    class Meta:
        ordering = ["-date", "-sample_pk"]

    def __str__(self) -> str:
        return f"{self.date} {self.weight_kg} kg"


class BloodPressure(models.Model):
    """One measurement; a day may have several. From bloodpressure-service/bloodpressure/range."""

    version = models.BigIntegerField(primary_key=True, help_text="Garmin's id")
    date = models.DateField(db_index=True)
    time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True, help_text="Local time less UTC")
    systolic_mmhg = models.PositiveSmallIntegerField(null=True)
    diastolic_mmhg = models.PositiveSmallIntegerField(null=True)
    pulse_bpm = models.PositiveSmallIntegerField(null=True)
    category = models.TextField(null=True, help_text="NORMAL, ELEVATED, STAGE_2_HIGH, ...")
    notes = models.TextField(null=True, help_text="By the person")
    source = models.TextField(null=True, help_text="MANUAL, ...")

    class Meta:
        ordering = ["-date", "-version"]
        verbose_name_plural = "blood pressure"

    def __str__(self) -> str:
        return f"{self.date} {self.systolic_mmhg}/{self.diastolic_mmhg} mmHg"


class Hydration(DayValue):
    """What was drunk on one day. From `hydration` of the day's summary, or from
    usersummary-service/stats/hydration/daily."""

    consumed_ml = models.FloatField(null=True)
    goal_ml = models.FloatField(null=True)

    class Meta(DayValue.Meta):
        verbose_name_plural = "hydration"
