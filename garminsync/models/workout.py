"""A workout of the library, as Garmin's list tells it."""

from django.db import models


class Workout(models.Model):
    """From workout-service/workouts. Its identity is Garmin's id."""

    workout_id = models.BigIntegerField(primary_key=True)
    name = models.TextField(null=True)
    description = models.TextField(null=True)
    sport = models.TextField(null=True, help_text="sportTypeKey, as it came")
    created_time = models.DateTimeField(null=True)
    updated_time = models.DateTimeField(null=True)
    estimated_duration_s = models.FloatField(null=True)
    estimated_distance_m = models.FloatField(null=True)
    pool_length_m = models.FloatField(null=True)
    provider = models.TextField(null=True)

    class Meta:
        ordering = ["-updated_time"]

    def __str__(self) -> str:
        return self.name or "Untitled"
