"""Activities: the list, then the original file of each, once it is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from garminsync.datasets import ACTIVITIES, ACTIVITY_FILES
from garminsync.models import Activity, Coverage
from garminsync.sync.asks import Ask
from garminsync.sync.chosen import Chosen
from garminsync.sync.items import ask_item, settled
from garminsync.sync.lists import Listing, is_whole_due, known_ids
from garminsync.sync.options import SyncOptions
from garminsync.sync.plan import ASK_EMPTY_AGAIN_AFTER, YOUNG_DAYS


@dataclass
class Files:
    """Which original files to ask for in this run; each is asked for once."""

    handled: set[str]

    @classmethod
    def from_ledger(cls, full: bool) -> "Files":
        return cls(settled(ACTIVITY_FILES, full) - _still_to_come())

    def asks(self, ids: Sequence[int]) -> Iterator[Ask]:
        for key in map(str, ids):
            if key not in self.handled:
                self.handled.add(key)
                yield ask_item(ACTIVITY_FILES, key)

    def asks_for_rows(self, rows: Sequence[dict[str, Any]]) -> Sequence[Ask]:
        """Activities typed in by hand have no file."""
        return list(self.asks([row["activity_id"] for row in rows if not row["manual"]]))


def _still_to_come() -> set[str]:
    """Those of the last fortnight that had no file a day ago: Garmin may not have had it yet."""
    now = timezone.now()
    young = Activity.objects.filter(start_time__gt=now - timedelta(days=YOUNG_DAYS))
    asked = Coverage.objects.filter(dataset=ACTIVITY_FILES.name, asked_at__lte=now - ASK_EMPTY_AGAIN_AFTER)
    empty = asked.filter(state=Coverage.State.EMPTY, key__in=list(map(str, young.values_list("pk", flat=True))))
    return set(empty.values_list("key", flat=True))


def plan_activities(options: SyncOptions, since: date | None) -> Iterator[Ask]:
    """The newest page or the whole list, and the files that an earlier run did not get."""
    files, chosen = Files.from_ledger(options.full), Chosen(since, options.until)
    listing = Listing(
        ACTIVITIES,
        whole=is_whole_due(ACTIVITIES, options.full) or not chosen.are_all,
        chosen=chosen,
        found=files.asks_for_rows,
        known_ids=known_ids(ACTIVITIES),
    )
    yield listing.ask()
    failed = Coverage.objects.filter(dataset=ACTIVITY_FILES.name, state=Coverage.State.FAILED).values_list(
        "key", flat=True
    )
    first = {int(key) for key in failed}
    ids = Activity.objects.exclude(manual=True).values_list("pk", flat=True)
    yield from files.asks(sorted(ids, key=lambda activity_id: activity_id not in first))
