"""What the person deleted at Garmin: noticed from the list, made sure of by asking, and undone when it is back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from garminsync.client import GarminError, NotFound
from garminsync.datasets import DATASETS, Dataset, ListDataset, Made, Row
from garminsync.models import Coverage
from garminsync.sync.asks import LISTS, Ask, Step
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.making import contents_of, delete_rows, gone_keys, save_made

# If more are missing and these are all there, Garmin has cut its list short.
ASKED_AT_ONCE = 20


@dataclass(kw_only=True)
class StillThereAsk(Ask):
    """Asks for one that the list no longer has: a 404 says that the person deleted it."""

    dataset: ListDataset
    item_id: int
    # Those that come after; each is asked for once one before it was found deleted.
    rest: list[int]

    def read(self, content: bytes) -> Step:
        return Step()

    def give_up(self, error: GarminError) -> Step:
        if not isinstance(error, NotFound):
            return Step()  # the next reading of the list asks again

        return Step(
            partial(save_deleted, self.dataset, [str(self.item_id)]),
            [ask_still_there(self.dataset, self.rest)] if self.rest else (),
        )


def save_deleted(dataset: Dataset, keys: Sequence[str], tally: Tally) -> None:
    """Only inside run.saving()."""
    save_coverage(dataset.name, keys, Coverage.State.GONE)
    for each in (dataset, *parts_of(dataset)):
        delete_rows(each, keys)
    tally.changed += len(keys)


def asks_for_the_missing(
    dataset: ListDataset, known: Set[int], seen: Set[int], page: Sequence[Row], *, to_the_end: bool
) -> list[Ask]:
    """For those that should stand in what was read of the list and do not; of an empty list for one, and for each
    of the others once one was found deleted."""
    missing = known - seen
    if missing and not to_the_end:
        missing = missing & as_new_as(dataset, page)
    rest = sorted(missing, reverse=True)
    return [ask_still_there(dataset, rest) for _ in range(min(len(rest), ASKED_AT_ONCE if seen else 1))]


def ask_still_there(dataset: ListDataset, rest: list[int]) -> StillThereAsk:
    """For the first of `rest`, which is taken from it."""
    item_id = rest.pop(0)
    return StillThereAsk(
        path=dataset.detail.format(id=item_id),
        label=f"whether {dataset.title} {item_id} still exists",
        rank=LISTS,
        dataset=dataset,
        item_id=item_id,
        rest=rest,
    )


def as_new_as(dataset: ListDataset, page: Sequence[Row]) -> set[int]:
    """Those that stand before the last of this page, in the order in which Garmin lists them."""
    places = [row[dataset.sorted_by] for row in page if row.get(dataset.sorted_by)]
    if not places:
        return set()
    newer = dataset.model._default_manager.filter(**{f"{dataset.sorted_by}__gt": min(places)})
    return set(newer.values_list("pk", flat=True))


@dataclass(frozen=True)
class Back:
    """Those that were deleted and stand in the list again, and what is kept of their parts."""

    keys: Set[str]
    parts: Sequence[tuple[Dataset, Mapping[str, Made]]]


def here_again(dataset: ListDataset, rows: Sequence[Row]) -> Back:
    keys = gone_keys(dataset, [str(row[dataset.id_column]) for row in rows])
    parts = []
    for part in parts_of(dataset) if keys else ():
        contents = contents_of(part, sorted(keys))
        parts.append((part, {key: part.make(key, kept) for key, kept in contents.items()}))
    return Back(keys, parts)


def save_here_again(dataset: ListDataset, back: Back, tally: Tally) -> None:
    """Only inside run.saving()."""
    Coverage.objects.filter(dataset=dataset.name, key__in=back.keys, state=Coverage.State.GONE).delete()
    for part, made in back.parts:
        save_made(part, made, tally)


def parts_of(dataset: Dataset) -> list[Dataset]:
    """What is deleted with it."""
    return [part for part in DATASETS if part.part_of == dataset.name]
