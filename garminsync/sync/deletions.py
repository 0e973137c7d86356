"""What the person deleted at Garmin: noticed from the list, made sure of by asking, and undone when it is back."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from garminsync.client import GarminError, NotFound
from garminsync.datasets import ACTIVITY_FILES, ListDataset
from garminsync.models import Activity, Coverage, Payload
from garminsync.sync.asks import LISTS, Ask, Step
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.recordings import delete_recording


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
        for item_id in sorted(missing, reverse=True)
    ]


def _as_new_as(dataset: ListDataset, page: Sequence[dict[str, Any]]) -> set[int]:
    """The activities that began after the oldest on this page; another list is not sorted by its start."""
    starts = [row["start_time"] for row in page if row.get("start_time")]
    if dataset.model is not Activity or not starts:
        return set()
    return set(Activity.objects.filter(start_time__gt=min(starts)).values_list("pk", flat=True))


def save_here_again(dataset: ListDataset, rows: Sequence[dict[str, Any]]) -> None:
    """One that was deleted and stands in the list again: what its file told is made again, too."""
    keys = [str(row[dataset.id_column]) for row in rows]
    back = Coverage.objects.filter(dataset=dataset.name, key__in=keys, state=Coverage.State.GONE)
    if names := list(back.values_list("key", flat=True)):
        Payload.objects.filter(dataset=ACTIVITY_FILES.name, key__in=names).update(made_by=0)
        back.delete()
