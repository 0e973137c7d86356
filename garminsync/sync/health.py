"""Health: which days to ask for, from the ledger and from when the watch last synced."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from garminsync.datasets import DATASETS, DayDataset
from garminsync.models import Account
from garminsync.sync.asks import Ask
from garminsync.sync.before_a_watch import reaching_back
from garminsync.sync.devices import ask_device_sync, ask_first_day
from garminsync.sync.history import day_of_first_activity, first_day_with_data, has_days_after, has_summaries
from garminsync.sync.looked_back import to_look_back
from garminsync.sync.never_used import not_asked_for
from garminsync.sync.options import SyncOptions
from garminsync.sync.plan import Freshness, missing_days
from garminsync.sync.second_looks import ask_what_is_in_doubt, ask_what_is_missing
from garminsync.sync.silence import ask_all_but_silent
from garminsync.sync.snapshots import plan_snapshots
from garminsync.sync.sources import DaySources
from garminsync.sync.untold import ask_what_is_untold, save_what_is_told
from garminsync.sync.uploads import Uploads
from garminsync.sync.windows import WindowAsk, ask_days
from garminsync.sync.within_day import plan_within_day, save_behind

A_WEEK = 7
A_YEAR = timedelta(days=364)  # thirteen windows of 28 days


class HealthPlan:
    """The plan of one run. What it learns on the way is kept in the account when the run has ended well."""

    def __init__(self, account: Account, options: SyncOptions) -> None:
        self.account, self.options, self.today = account, options, account.today()
        self.until = min(options.until or self.today, self.today)
        self.since = options.since or account.first_day
        self._first_within_day = options.first_within_day(self.until)
        self._uploads, self.began = Uploads(account, self.today), timezone.now()
        unused = () if options.full else not_asked_for()
        days = [d for d in DATASETS if isinstance(d, DayDataset) and d.name not in unused]
        self._is_first = self.since is None
        back = to_look_back(days, options, self._is_first)
        self._sources = [DaySources(d, account.display_name, looks_back=d.name in back) for d in days]
        # Year by year into the past, where Garmin did not tell the first day, though it was asked twice.
        self._walking, self._asked_twice = False, False
        self._first_week: date | None = None

    def asks(self) -> Iterator[Ask]:
        yield ask_device_sync(self._then_first_day)
        yield from plan_snapshots("health", self.account, self.options.full)

    def _then_first_day(self, synced_at: datetime | None) -> Sequence[Ask]:
        self._uploads.synced_at = synced_at
        if self.since is None:
            return [ask_first_day(self.today, self._then_days)]
        return self.asks_between(self.since, self.until)

    def _then_days(self, first_day: date | None) -> Sequence[Ask]:
        self._walking, self._first_week = first_day is None, first_day
        self.since = first_day or self.until - A_YEAR
        return self.asks_between(self.since, self.until)

    def further_back(self) -> Sequence[Ask]:
        """Back to the first activity, if that lies before the first day that Garmin told; where it told none, it may
        do so now, after a bad moment; or else another year, as long as the one before had data."""
        before = self.since
        if before is None or self.options.since:
            return []
        first = day_of_first_activity(self.account)
        if first is not None and first < before:
            self.since = first
            return self.asks_between(first, before - timedelta(days=1))
        if not self._walking or not has_summaries(before, before + A_YEAR):
            return []
        if not self._asked_twice:
            self._asked_twice = True
            return [ask_first_day(self.today, partial(self._then_further, before))]
        return self._then_further(before, None)

    def _then_further(self, before: date, first_day: date | None) -> Sequence[Ask]:
        self._walking = first_day is None
        self.since = min(before, first_day or before - A_YEAR)
        return self.asks_between(self.since, before - timedelta(days=1))

    def asks_between(self, since: date, until: date) -> Sequence[Ask]:
        """Every day's values, then the newest days within the day."""
        return [*self.day_asks(since, until), *self.within_day_asks(since, until)]

    def day_asks(self, since: date, until: date) -> Sequence[WindowAsk]:
        """What failed before first, then the newest days first. The weeks tell the first day to within a week: some
        days too many are not worth a request of their own, and are looked at again once the first day is known."""
        asks = self._windows([s for s in self._sources if not s.dataset.rides_on], since, until)
        if self._is_first:
            asks = [ask for ask in asks if ask.window.days[-1] != since or len(ask.window.days) >= A_WEEK]
        return reaching_back(asks, self._sources, self.account.first_day)

    def _windows(self, wanted: Sequence[DaySources], since: date, until: date) -> Sequence[WindowAsk]:
        first: list[WindowAsk] = []
        then: list[WindowAsk] = []
        for sources in wanted:
            failed, others = missing_days(sources.dataset.name, since, until, self._fresh)
            first += ask_days(sources, failed)
            then += ask_days(sources, others) if self.options.full else ask_all_but_silent(sources, others)
        return [*first, *sorted(then, key=lambda ask: ask.window.end, reverse=True)]

    @property
    def _fresh(self) -> Freshness:
        again = self._uploads.again_from if self._uploads.are_new else None
        return Freshness(self.today, again, self.options.full, self.began)

    def within_day_asks(self, since: date, until: date) -> Sequence[Ask]:
        """The newest days alone: each costs a request for every dataset."""
        fresh = Freshness(self.today, self._uploads.within_day_from, self.options.full)
        return plan_within_day(max(since, self._first_within_day), until, fresh, self.account.display_name)

    def what_is_left(self) -> Sequence[Ask]:
        """Once the cheap answers are here: days that deserve a second look, and what may have come along."""
        if self.since is None:
            return []
        of_all = self._sources
        missing = ask_what_is_missing(of_all, self.since, self.until, self._fresh, self._first_week)
        left = reaching_back(self._not_asked_for(of_all), of_all, self.account.first_day)
        return [*missing, *ask_what_is_untold(of_all, self.today, self.options.full), *left]

    def what_is_in_doubt(self) -> Sequence[Ask]:
        """Once all else is here."""
        return list(ask_what_is_in_doubt(self._sources, self.began))

    def what_rides_on_that(self) -> Sequence[Ask]:
        """Days that have come with that and are told without what rides on them."""
        return self._not_asked_for([sources for sources in self._sources if sources.dataset.rides_on])

    def _not_asked_for(self, wanted: Sequence[DaySources]) -> Sequence[WindowAsk]:
        first = first_day_with_data(self.account)
        return self._windows(wanted, max(filter(None, (self.since, first))), self.until) if self.since else []

    def save_learned(self, knows_first_day: bool) -> None:
        """What the run knows of the account now; what it could not get stands in the ledger by itself. Only inside
        run.saving()."""
        save_what_is_told(self._sources)
        if self._is_first and knows_first_day and (first := first_day_with_data(self.account)):
            Account.objects.filter(pk=1).update(first_day=first)
        recent_too = self.options.since is None or self.options.since <= self._uploads.again_from
        late = self._uploads.within_day_from
        # Days that are here and come after the last one of this run are not up to this device sync.
        if self._uploads.synced_at and late and recent_too and not has_days_after(self.until):
            save_behind(late, self._first_within_day)
            self._uploads.save_learned()
