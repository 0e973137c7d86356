"""What the watch may have brought to Garmin since a run last looked, and so what to ask for again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from garminsync.models import Account
from garminsync.sync.plan import again_from

LATE_WITHIN_DAY = timedelta(days=3)


@dataclass
class Uploads:
    """`synced_at` is when the watch synced last, None as long as that is unknown: then it counts as just now."""

    account: Account
    today: date
    synced_at: datetime | None = None

    @property
    def are_new(self) -> bool:
        """Whether there was one since the last run that knew of it."""
        before = self.account.device_synced_at
        return self.synced_at is None or before is None or self.synced_at > before

    @property
    def again_from(self) -> date:
        """From which day on values of the day may have changed, if they are new."""
        return again_from(self.today, self._before)

    @property
    def within_day_from(self) -> date | None:
        """From which day on what is within the day may have grown; None if they are not new."""
        return (self._before or self.today) - LATE_WITHIN_DAY if self.are_new else None

    @property
    def _before(self) -> date | None:
        before = self.account.device_synced_at
        return self.account.day_of(before) if before else None
