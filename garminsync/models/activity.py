"""An activity, as Garmin's list tells it."""

from django.db import models


class Activity(models.Model):
    """From activitylist-service/activities/search/activities. Its identity is Garmin's id."""

    activity_id = models.BigIntegerField(primary_key=True)
    name = models.TextField(null=True)
    type = models.TextField(null=True, help_text="typeKey, as it came")
    event_type = models.TextField(null=True)
    start_time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True, help_text="Local time less UTC")
    distance_m = models.FloatField(null=True)
    duration_s = models.FloatField(null=True)
    elapsed_s = models.FloatField(null=True)
    moving_s = models.FloatField(null=True)
    elevation_gain_m = models.FloatField(null=True)
    elevation_loss_m = models.FloatField(null=True)
    avg_speed_mps = models.FloatField(null=True)
    max_speed_mps = models.FloatField(null=True)
    avg_hr_bpm = models.FloatField(null=True)
    max_hr_bpm = models.FloatField(null=True)
    kcal = models.FloatField(null=True)
    steps = models.PositiveIntegerField(null=True)
    avg_power_w = models.FloatField(null=True)
    vo2max = models.FloatField(null=True, help_text="ml/kg/min")
    training_load = models.FloatField(null=True)
    start_latitude_deg = models.FloatField(null=True)
    start_longitude_deg = models.FloatField(null=True)
    location = models.TextField(null=True)
    manual = models.BooleanField(null=True, help_text="Typed in by hand: it has no file")
    device_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["-start_time"]

    def __str__(self) -> str:
        return self.name or "Untitled"
