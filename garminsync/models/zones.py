"""Where the heart rate zones of a sport begin."""

from django.db import models


class HeartRateZones(models.Model):
    """From biometric-service/heartRateZones. A zone ends where the next begins, the fifth at `max_hr_bpm`."""

    sport = models.CharField(max_length=32, primary_key=True, help_text="DEFAULT where a sport has no zones of its own")
    method = models.TextField(null=True, help_text="HR_RESERVE, HR_MAX or LACTATE_THRESHOLD, as it came")
    max_hr_bpm = models.PositiveSmallIntegerField(null=True)
    resting_hr_bpm = models.PositiveSmallIntegerField(null=True, help_text="Used for the zones; null where it is not")
    lactate_threshold_hr_bpm = models.PositiveSmallIntegerField(null=True)
    zone_1_from_bpm = models.PositiveSmallIntegerField(null=True)
    zone_2_from_bpm = models.PositiveSmallIntegerField(null=True)
    zone_3_from_bpm = models.PositiveSmallIntegerField(null=True)
    zone_4_from_bpm = models.PositiveSmallIntegerField(null=True)
    zone_5_from_bpm = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "heart rate zones"

    def __str__(self) -> str:
        return self.sport
