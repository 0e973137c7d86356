"""What the watch may have brought to Garmin since a run last looked, and so what to ask for again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from garminsync.models import Account, Coverage
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.plan import again_from

LATE_WITHIN_DAY = timedelta(days=3)
# Where Garmin tells of no watch, it counts as synced so often: as often as one in the pocket of its phone.
NO_WATCH_COUNTS_EVERY = timedelta(hours=1)
# In the place of a dataset: that Garmin told of no watch, and when a run learned of the device sync in the account.
NO_WATCH, LEARNED = "device sync untold", "device sync learned"


@dataclass
class Uploads:
    """`synced_at` is when the watch synced last, None as long as that is unknown: then it counts as just now, but
    where Garmin told of no watch a moment ago."""

    account: Account
    today: date
    synced_at: datetime | None = None

    def __post_init__(self) -> None:
        self._counted_lately = _counted_lately()
        self._learned_at = Coverage.objects.filter(dataset=LEARNED).values_list("asked_at", flat=True).first()

    @property
    def are_new(self) -> bool:
        """Whether there was another one since the last run that knew of it: an earlier one, too, by another watch or by
        a clock that was wrong."""
        before = self.account.device_synced_at
        if self.synced_at is None:
            return not self._counted_lately
        return self.synced_at != before

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
        """The day of the last one that a run knew of, or learned of it: the clock of the watch may have been ahead."""
        before = self.account.device_synced_at
        return self.account.day_of(min(before, self._learned_at or before)) if before else None

    def save_learned(self) -> None:
        """A run has everything up to this device sync, and knows of it since now. Only inside run.saving()."""
        Account.objects.filter(pk=1).update(device_synced_at=self.synced_at)
        save_coverage(LEARNED, [""], Coverage.State.PRESENT)


def save_no_watch(tally: Tally) -> None:
    """Garmin tells of no watch: notes that it counts as synced, unless it did so lately. Only inside run.saving()."""
    if not _counted_lately():
        save_coverage(NO_WATCH, [""], Coverage.State.PRESENT)


def _counted_lately() -> bool:
    return Coverage.objects.filter(dataset=NO_WATCH, asked_at__gt=timezone.now() - NO_WATCH_COUNTS_EVERY).exists()
