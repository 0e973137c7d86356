"""Activities: the list, then the original file of each, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from garminsync.datasets import ACTIVITIES, ACTIVITY_FILES
from garminsync.models import Activity, Coverage
from garminsync.sync.asks import Ask
from garminsync.sync.chosen import Chosen
from garminsync.sync.items import ask_item, settled
from garminsync.sync.lists import Listing, is_whole_due, known_ids
from garminsync.sync.options import SyncOptions


@dataclass
class Files:
    """Which original files to ask for in this run; each is asked for once."""

    handled: set[str]

    @classmethod
    def from_ledger(cls, full: bool) -> "Files":
        return cls(settled(ACTIVITY_FILES, full))

    def asks(self, ids: Sequence[int]) -> Iterator[Ask]:
        for key in map(str, ids):
            if key not in self.handled:
                self.handled.add(key)
                yield ask_item(ACTIVITY_FILES, key)

    def asks_for_rows(self, rows: Sequence[dict[str, Any]]) -> Sequence[Ask]:
        """Activities typed in by hand have no file."""
        return list(self.asks([row["activity_id"] for row in rows if not row["manual"]]))


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
