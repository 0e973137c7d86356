"""Things with an id, from a list in pages: activities and workouts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from garminsync.client import GarminError
from garminsync.datasets import ListDataset
from garminsync.models import Coverage
from garminsync.schemas.answers import NotUnderstood, held, read_json
from garminsync.sync.asks import LISTS, Ask, Found, Step, is_unused
from garminsync.sync.came_short import forget_doubt, is_in_doubt, save_in_doubt
from garminsync.sync.chosen import Chosen
from garminsync.sync.deletions import as_new_as, asks_for_the_missing, here_again, save_here_again
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import Tally, save_coverage, save_failure
from garminsync.sync.places import forget_places, key_of
from garminsync.sync.receiving import receive

READ_WHOLE_AGAIN_AFTER = timedelta(days=7)
# The ledger's key of a doubt: under "" it has when the list was read whole.
EMPTIED = "emptied"
A_FEW = 5


@dataclass
class Listing:
    """Reading one list in one run: to its end, or only as far as there is something unknown."""

    dataset: ListDataset
    whole: bool
    chosen: Chosen = field(default_factory=Chosen)
    found: Found = lambda rows: ()
    known_ids: set[int] = field(default_factory=set)
    seen_ids: set[int] = field(default_factory=set)
    # The one read last.
    page: bytes = b""

    def __post_init__(self) -> None:
        self.drift = Drift(self.dataset)

    def asks_for_the_missing(self, page: Sequence[dict[str, Any]], *, to_the_end: bool, is_empty: bool) -> list[Ask]:
        """No list at all says nothing; nor does one that is empty for the first time, or where hardly any is."""
        dataset, known = self.dataset, self.known_ids
        is_meant = is_empty and dataset.optional and not is_in_doubt(dataset.name, EMPTIED, 0, len(known))
        if not self.chosen.are_all or not (self.seen_ids or is_meant):
            return []
        return asks_for_the_missing(dataset, known, self.seen_ids, page, to_the_end=to_the_end)

    def ask(self, start: int = 0, page_before: int | None = None) -> "PageAsk":
        dataset = self.dataset
        return PageAsk(
            path=dataset.path,
            params={**dataset.params, "start": str(start), "limit": str(dataset.page_size)},
            label=f"list of {dataset.title}" + (f" from {start + 1}" if start else ""),
            rank=LISTS,
            listing=self,
            start=start,
            page_before=page_before,
        )


def is_whole_due(dataset: ListDataset, full: bool) -> bool:
    """The whole list is read with --full, the first time, and once a week for edits and deletions."""
    read = Coverage.objects.filter(dataset=dataset.name, key="", state=Coverage.State.PRESENT).first()
    return full or read is None or timezone.now() - read.asked_at >= READ_WHOLE_AGAIN_AFTER


@dataclass(kw_only=True)
class PageAsk(Ask):
    """One page. Garmin may give fewer than asked for, so only an empty page or one shorter than the one
    before is the last."""

    listing: Listing
    start: int
    page_before: int | None

    @property
    def dataset_name(self) -> str:
        return self.listing.dataset.name

    @property
    def expected_requests(self) -> int:
        """The newest page, or all that are known and one more that says that it is the end."""
        return len(self.listing.known_ids) // self.listing.dataset.page_size + 2 if self.listing.whole else 1

    def read(self, content: bytes) -> Step:
        answer = read_json(content)
        if not isinstance(answer, list | None):
            raise NotUnderstood("an answer that is no list")
        items = held(answer)
        listing, dataset = self.listing, self.listing.dataset
        keyed = {key_of(dataset, item, f"{self._place}{index}"): item for index, item in enumerate(items)}
        page = receive(dataset, dataset.name, keyed, listing.drift)
        wanted = {key for key, one in page.made.items() if all(map(listing.chosen.has, one.rows_of(dataset.model)))}
        chosen = page.only(wanted)
        back = here_again(dataset, chosen.rows)
        last = not items or (self.page_before is not None and len(items) < self.page_before)
        is_empty = answer == [] and listing.chosen.are_all and bool(listing.known_ids) and not listing.seen_ids
        more: list[Ask] = list(listing.found(chosen.rows))
        if not self._far_enough(content, page.rows) and not last:
            more.append(listing.ask(self.start + len(items), len(items)))
        else:
            more += listing.asks_for_the_missing(page.rows, to_the_end=last, is_empty=is_empty)

        def save(tally: Tally) -> None:
            forget_places(dataset, self._place, keyed)
            chosen.save(listing.drift, tally)
            save_here_again(dataset, back, tally)
            if is_empty:
                save_in_doubt(dataset.name, EMPTIED, tally)
            elif last and listing.chosen.are_all:
                save_coverage(dataset.name, [""], Coverage.State.PRESENT)
            if items:
                forget_doubt(dataset.name, EMPTIED)

        return Step(save, more)

    @property
    def _place(self) -> str:
        return f"page from {self.start}, item "

    def _far_enough(self, content: bytes, page: Sequence[dict[str, Any]]) -> bool:
        """The rest is known already, or older than asked for; or Garmin gives the same page for ever."""
        listing = self.listing
        ids = {row[listing.dataset.id_column] for row in page}
        nothing_new = ids <= listing.seen_ids if ids else content == listing.page
        listing.seen_ids |= ids
        listing.page = content
        return nothing_new or listing.chosen.lie_before(page) or self._rest_is_known(ids, page)

    def _rest_is_known(self, ids: Collection[int], page: Sequence[dict[str, Any]]) -> bool:
        """A short first page after which a few more should follow is looked behind: they may have been deleted."""
        listing = self.listing
        if listing.whole or listing.known_ids.isdisjoint(ids):
            return False
        is_short = self.page_before is None and len(ids) < listing.dataset.page_size
        behind = listing.known_ids - listing.seen_ids - as_new_as(listing.dataset, page) if is_short else ()
        return not 0 < len(behind) <= A_FEW

    def give_up(self, error: GarminError) -> Step:
        listing, name = self.listing, self.listing.dataset.name
        if listing.dataset.optional and is_unused(error) and not listing.known_ids and not self.start:
            return Step(lambda tally: save_coverage(name, [""], Coverage.State.EMPTY))
        return Step(partial(save_failure, name, [""], self.label, str(error)))


def known_ids(dataset: ListDataset) -> set[int]:
    return set(dataset.model._default_manager.values_list("pk", flat=True))
