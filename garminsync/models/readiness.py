"""How ready for training, and what the training of late comes to. Units are in the names, null is unknown."""

from django.db import models


class TrainingReadiness(models.Model):
    """One of a day's snapshots: on waking up, after an exercise, in between. From
    metrics-service/metrics/trainingreadiness. The score of a morning has the context AFTER_WAKEUP_RESET."""

    pk = models.CompositePrimaryKey("date", "index")
    date = models.DateField()
    index = models.PositiveIntegerField(help_text="Place in the day by time, from 0")
    device_id = models.BigIntegerField(null=True)
    time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    level = models.TextField(null=True, help_text="POOR, LOW, MODERATE, HIGH or PRIME")
    feedback = models.TextField(null=True)
    context = models.TextField(null=True, help_text="What made Garmin count anew")
    recovery_time_min = models.PositiveIntegerField(null=True)
    sleep_score = models.PositiveSmallIntegerField(null=True, help_text="0 to 100")
    sleep_score_factor_percent = models.FloatField(null=True)
    sleep_history_factor_percent = models.FloatField(null=True)
    recovery_time_factor_percent = models.FloatField(null=True)
    acwr_factor_percent = models.FloatField(null=True, help_text="Of the acute by the chronic load")
    stress_history_factor_percent = models.FloatField(null=True)
    hrv_factor_percent = models.FloatField(null=True)
    hrv_weekly_avg_ms = models.FloatField(null=True)
    acute_load = models.FloatField(null=True, help_text="Garmin's load points")
    valid_sleep = models.BooleanField(null=True)
    primary_device = models.BooleanField(null=True)

    class Meta:
        ordering = ["-date", "index"]
        verbose_name_plural = "training readiness"

    def __str__(self) -> str:
        return f"{self.date} {self.index}"


class TrainingStatus(models.Model):
    """A day's training status as one device sees it. From
    mobile-gateway/usersummary/trainingstatus/weekly. A day's value is that of the primary device."""

    pk = models.CompositePrimaryKey("date", "device_id")
    date = models.DateField()
    device_id = models.BigIntegerField()
    time = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(
        null=True,
        help_text="0 none, 1 detraining, 2 overreaching, 3 unproductive, 4 maintaining, 5 recovery, 6 peaking, "
        "7 productive, 8 strained",
    )
    phrase = models.TextField(null=True, help_text="The same in Garmin's words, such as PRODUCTIVE_6")
    acute_load = models.FloatField(null=True, help_text="Garmin's load points")
    chronic_load = models.FloatField(null=True, help_text="Garmin's load points")
    load_tunnel_min = models.FloatField(null=True, help_text="From where on the acute load suits the chronic one")
    load_tunnel_max = models.FloatField(null=True, help_text="Up to where it does")
    acwr = models.FloatField(null=True, help_text="Acute by chronic load")
    acwr_percent = models.FloatField(null=True, help_text="Where that lies on Garmin's gauge")
    acwr_status = models.TextField(null=True, help_text="LOW, OPTIMAL, HIGH or VERY_HIGH")
    fitness_trend = models.SmallIntegerField(null=True, help_text="0 none, 1 falling, 2 steady, 3 rising")
    sport = models.TextField(null=True)
    paused = models.BooleanField(null=True)
    primary_device = models.BooleanField(null=True)

    class Meta:
        ordering = ["-date", "device_id"]
        verbose_name_plural = "training status"

    def __str__(self) -> str:
        return f"{self.date} {self.device_id}"
