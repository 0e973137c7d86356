"""What the person deleted at Garmin: noticed from the list, made sure of by asking, and undone when it is back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from garminsync.client import GarminError, NotFound
from garminsync.datasets import ACTIVITY_FILES, ListDataset, Made
from garminsync.models import Activity, Coverage
from garminsync.sync.asks import LISTS, Ask, Step
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.making import contents_of, gone_keys, save_made
from garminsync.sync.recordings import delete_recording

# More at once were not deleted by a person: Garmin has cut its list short.
ASKED_AT_MOST = 20


@dataclass(kw_only=True)
class StillThereAsk(Ask):
    """Asks for one that the list no longer has: a 404 says that the person deleted it."""

    dataset: ListDataset
    item_id: int

    def read(self, content: bytes) -> Step:
        return Step(lambda tally: None)

    def give_up(self, error: GarminError) -> Step:
        if not isinstance(error, NotFound):
            return Step(lambda tally: None)  # the next reading of the list asks again

        def save(tally: Tally) -> None:
            save_coverage(self.dataset.name, [str(self.item_id)], Coverage.State.GONE)
            if self.dataset.model is Activity:
                delete_recording([self.item_id])
            self.dataset.model._default_manager.filter(pk=self.item_id).delete()
            tally.changed += 1

        return Step(save)


def asks_for_the_missing(
    dataset: ListDataset, known: Set[int], seen: Set[int], page: Sequence[dict[str, Any]], *, to_the_end: bool
) -> list[Ask]:
    """For those that should stand in what was read of the list and do not. An empty list says nothing."""
    missing = known - seen if seen else set()
    if missing and not to_the_end:
        missing &= _as_new_as(dataset, page)
    return [
        StillThereAsk(
            path=dataset.detail.format(id=item_id),
            label=f"whether {dataset.title} {item_id} still exists",
            rank=LISTS,
            dataset=dataset,
            item_id=item_id,
        )
        for item_id in sorted(missing, reverse=True)[:ASKED_AT_MOST]
    ]


def _as_new_as(dataset: ListDataset, page: Sequence[dict[str, Any]]) -> set[int]:
    """The activities that began after the oldest on this page; another list is not sorted by its start."""
    starts = [row["start_time"] for row in page if row.get("start_time")]
    if dataset.model is not Activity or not starts:
        return set()
    return set(Activity.objects.filter(start_time__gt=min(starts)).values_list("pk", flat=True))


def here_again(dataset: ListDataset, rows: Sequence[dict[str, Any]]) -> dict[str, Made]:
    """Those that were deleted and stand in the list again, and what their files come to."""
    keys = gone_keys(dataset, [str(row[dataset.id_column]) for row in rows])
    files = contents_of(ACTIVITY_FILES, sorted(keys)) if dataset.model is Activity and keys else {}
    return {key: ACTIVITY_FILES.make(files[key]) if key in files else Made() for key in keys}


def save_here_again(dataset: ListDataset, back: Mapping[str, Made], tally: Tally) -> None:
    """Only inside run.saving()."""
    if back:
        Coverage.objects.filter(dataset=dataset.name, key__in=list(back), state=Coverage.State.GONE).delete()
        save_made(ACTIVITY_FILES, back, tally)
