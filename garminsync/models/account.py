"""Whose data this is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import models
from django.utils import timezone


class Account(models.Model):
    """The one Garmin account of this home; another person's is refused, so that nothing mixes."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    profile_id = models.BigIntegerField(help_text="profileId of userprofile-service/socialProfile")
    display_name = models.TextField(help_text="displayName there: part of some addresses")
    full_name = models.TextField(blank=True)
    time_zone = models.TextField(blank=True, help_text="IANA name; UTC when Garmin does not tell it")
    first_day = models.DateField(null=True, help_text="The first day with data, once it is known")
    device_synced_at = models.DateTimeField(
        null=True, help_text="lastUsedDeviceUploadTime of mylastused, when a run last had everything up to it"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_is_the_only_row", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.full_name or self.display_name

    @property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    def today(self) -> date:
        """Today where the account lives: Garmin files days under that zone."""
        return timezone.now().astimezone(self.zone).date()

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(UTC).astimezone(self.zone).date()
