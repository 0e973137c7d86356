"""Activities: the list, then the original file of each, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone

from garminsync.client import GarminError, NotFound
from garminsync.datasets import ACTIVITIES, ACTIVITY_FILES
from garminsync.models import Activity, Coverage, Payload
from garminsync.schemas.base import NotUnderstood
from garminsync.sync.asks import FILES, Ask, Step
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_payloads
from garminsync.sync.lists import Listing, is_whole_due, known_ids
from garminsync.sync.making import save_made
from garminsync.sync.options import SyncOptions
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER


@dataclass
class Files:
    """Which original files to ask for in this run; each is asked for once."""

    handled: set[str] = field(default_factory=set)

    @classmethod
    def from_ledger(cls, full: bool) -> "Files":
        """`full` asks again for files that failed for good, never for those that are here."""
        settled = Q(state=Coverage.State.PRESENT)
        if not full:
            lately = timezone.now() - ASK_PARKED_AGAIN_AFTER
            settled |= Q(state=Coverage.State.EMPTY) | Q(state=Coverage.State.PARKED, asked_at__gt=lately)
        covered = Coverage.objects.filter(settled, dataset=ACTIVITY_FILES.name)
        return cls(set(covered.values_list("key", flat=True)))

    def asks(self, ids: Sequence[int]) -> Iterator[Ask]:
        for activity_id in ids:
            if str(activity_id) not in self.handled:
                self.handled.add(str(activity_id))
                yield FileAsk(
                    path=ACTIVITY_FILES.path.format(id=activity_id),
                    label=f"file of activity {activity_id}",
                    rank=FILES,
                    accept="*/*",
                    key=str(activity_id),
                )

    def asks_for_rows(self, rows: Sequence[dict[str, Any]]) -> Sequence[Ask]:
        """Activities typed in by hand have no file."""
        return list(self.asks([row["activity_id"] for row in rows if not row["manual"]]))


def plan_activities(options: SyncOptions, since: date | None) -> Iterator[Ask]:
    """The newest page or the whole list, and the files that an earlier run did not get."""
    files = Files.from_ledger(options.full)
    listing = Listing(
        ACTIVITIES,
        whole=is_whole_due(ACTIVITIES, options.full) or since is not None or options.until is not None,
        since=since,
        until=options.until,
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


@dataclass(kw_only=True)
class FileAsk(Ask):
    """The original file of one activity: a zip, or the bare file, kept as it came."""

    key: str

    def read(self, content: bytes) -> Step:
        if not content:
            return self._nothing_there()
        if not is_file(content):
            raise NotUnderstood("Garmin answered with something that is no activity file")
        payload = Payload.of(ACTIVITY_FILES.name, self.key, content, ACTIVITY_FILES.version)
        made = {self.key: ACTIVITY_FILES.make({ACTIVITY_FILES.name: content})}

        def save(tally: Tally) -> None:
            save_payloads([payload])
            save_made(ACTIVITY_FILES, made, tally)
            save_coverage(ACTIVITY_FILES.name, [self.key], Coverage.State.PRESENT)
            tally.new += 1

        return Step(save)

    def give_up(self, error: GarminError) -> Step:
        if isinstance(error, NotFound):
            return self._nothing_there()
        return Step(partial(save_failure, ACTIVITY_FILES.name, [self.key], self.label, str(error)))

    def _nothing_there(self) -> Step:
        return Step(lambda tally: save_coverage(ACTIVITY_FILES.name, [self.key], Coverage.State.EMPTY))


def is_file(content: bytes) -> bool:
    """By its bytes, whatever the headers say: a zip, a FIT file, or a track as GPX or TCX."""
    head = content[:2000]
    return head.startswith(b"PK") or head[8:12] == b".FIT" or b"<gpx" in head or b"<TrainingCenterDatabase" in head
