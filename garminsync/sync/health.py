"""Health: which days to ask for, from the ledger and from when the watch last synced."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from garminsync.datasets import DAILY, HEALTH
from garminsync.models import Account, Activity, Coverage, Night
from garminsync.sync.asks import Ask
from garminsync.sync.devices import ask_device_sync, ask_first_day
from garminsync.sync.options import SyncOptions
from garminsync.sync.plan import Freshness, again_from, missing_days
from garminsync.sync.windows import DayAsks, WindowAsk

A_YEAR = timedelta(days=364)  # thirteen windows of 28 days


class HealthPlan:
    """The plan of one run. What it learns on the way is kept in the account when the run has ended well."""

    def __init__(self, account: Account, options: SyncOptions) -> None:
        self.account, self.options = account, options
        self.today = account.today()
        self.until = min(options.until or self.today, self.today)
        self.since = options.since or account.first_day
        self.synced_at: datetime | None = None
        self._day_asks = [DayAsks(dataset, account.display_name) for dataset in HEALTH]
        self._walking = False

    def asks(self) -> Iterator[Ask]:
        yield ask_device_sync(self._then_first_day)

    def _then_first_day(self, synced_at: datetime | None) -> Sequence[Ask]:
        self.synced_at = synced_at
        if self.since is None:
            return [ask_first_day(self.today, self._then_days)]
        return self.day_asks(self.since, self.until)

    def _then_days(self, first_day: date | None) -> Sequence[Ask]:
        self._walking = first_day is None
        self.since = first_day or self.until - A_YEAR
        return self.day_asks(self.since, self.until)

    def further_back(self) -> Sequence[Ask]:
        """Where Garmin did not tell the first day: another year, as long as the one before had data."""
        if not self._walking or self.since is None:
            return []
        before = self.since
        found = Coverage.objects.filter(
            dataset=DAILY.name,
            state=Coverage.State.PRESENT,
            key__gte=str(before),
            key__lt=str(before + A_YEAR),
        )
        if not found.exists():
            return []
        self.since = before - A_YEAR
        return self.day_asks(self.since, before - timedelta(days=1))

    def days_that_others_show(self) -> Sequence[Ask]:
        """Days for which the cheap source had nothing, though there is a night or an activity: asked singly."""
        if self.since is None:
            return []
        asks = self._day_asks[0]
        cheap, *dear = asks.dataset.payloads
        empty = Coverage.objects.filter(
            dataset=DAILY.name,
            state=Coverage.State.EMPTY,
            reason=cheap,
            key__gte=str(self.since),
            key__lte=str(self.until),
        )
        days = {date.fromisoformat(key) for key in empty.values_list("key", flat=True)} if dear else set()
        shown = set(Night.objects.filter(date__in=days).values_list("date", flat=True))
        for start, offset_s in Activity.objects.values_list("start_time", "utc_offset_s"):
            if start is not None:
                shown.add((start + timedelta(seconds=offset_s or 0)).date())
        return list(asks.asks(sorted(days & shown, reverse=True), depth=1))

    def freshness(self) -> Freshness:
        """An unknown device sync counts as one."""
        before = self.account.device_synced_at
        again = None
        if self.synced_at is None or before is None or self.synced_at > before:
            again = again_from(self.today, self.account.day_of(before) if before else None)
        return Freshness(self.today, again, self.options.full)

    def day_asks(self, since: date, until: date) -> Sequence[WindowAsk]:
        """What failed before first, then the newest days first."""
        first: list[WindowAsk] = []
        then: list[WindowAsk] = []
        fresh = self.freshness()
        for asks in self._day_asks:
            failed, others = missing_days(asks.dataset.name, since, until, fresh)
            first += asks.asks(failed)
            then += asks.asks(others)
        return [*first, *sorted(then, key=lambda ask: ask.window.end, reverse=True)]

    def learned(self) -> dict[str, object]:
        """The account's columns after a run that got everything."""
        learned: dict[str, object] = {}
        first = Coverage.objects.filter(dataset=DAILY.name, state=Coverage.State.PRESENT).order_by("key").first()
        if self.options.since is None and self.account.first_day is None and first is not None:
            learned["first_day"] = min(date.fromisoformat(first.key), self.since or self.today)
        recent_too = self.options.since is None or self.options.since <= self.today - timedelta(days=14)
        if self.synced_at is not None and self.options.until is None and recent_too:
            learned["device_synced_at"] = self.synced_at
        return learned
