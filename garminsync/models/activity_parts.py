"""What the parts of an activity share."""

from django.db import models

from garminsync.models.activity import Activity


class ActivityPart(models.Model):
    """A part of an activity: the activity and its place in the file are its identity."""

    activity = models.ForeignKey(Activity, models.CASCADE, db_constraint=False, related_name="+")
    activity_id: int
    index = models.PositiveIntegerField(help_text="Place in the file, from 0")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.activity_id} {self.index}"


class Span(models.Model):
    """When, how long, how far."""

    start_time = models.DateTimeField(null=True)
    elapsed_s = models.FloatField(null=True)
    duration_s = models.FloatField(null=True, help_text="Without pauses")
    distance_m = models.FloatField(null=True)
    start_latitude_deg = models.FloatField(null=True)
    start_longitude_deg = models.FloatField(null=True)
    kcal = models.FloatField(null=True)
    avg_speed_mps = models.FloatField(null=True)
    max_speed_mps = models.FloatField(null=True)
    ascent_m = models.FloatField(null=True)
    descent_m = models.FloatField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.start_time)


class Effort(Span):
    """And how hard."""

    avg_hr_bpm = models.FloatField(null=True)
    max_hr_bpm = models.FloatField(null=True)
    avg_power_w = models.FloatField(null=True)
    max_power_w = models.FloatField(null=True)
    normalized_power_w = models.FloatField(null=True)
    avg_cadence_rpm = models.FloatField(null=True)
    max_cadence_rpm = models.FloatField(null=True)
    avg_temperature_c = models.FloatField(null=True)

    class Meta(Span.Meta):
        abstract = True
