"""What one answer tells in full: devices, gear, records. Asked for at most once a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from django.utils import timezone

from garminsync.client import GarminClient, GarminError
from garminsync.datasets import DATASETS, SnapshotDataset
from garminsync.models import Account, Coverage
from garminsync.schemas.answers import NotUnderstood, read_json, under, write_json
from garminsync.sync.asks import LISTS, Ask, Found, Step, filled_in, is_unused
from garminsync.sync.came_short import is_in_doubt, rows_here, save_in_doubt
from garminsync.sync.deletions import save_deleted
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_nothing
from garminsync.sync.pages import PagedAsk
from garminsync.sync.plan import ASK_EMPTY_AGAIN_AFTER, ASK_PARKED_AGAIN_AFTER
from garminsync.sync.receiving import receive

State = Coverage.State
ASK_AGAIN_AFTER = {
    **dict.fromkeys((State.PRESENT, State.EMPTY, State.GONE), ASK_EMPTY_AGAIN_AFTER),
    State.PARKED: ASK_PARKED_AGAIN_AFTER,
}
NOTHING_MORE: Mapping[str, Found] = {}


def plan_snapshots(kind: str, account: Account, full: bool, found: Mapping[str, Found] = NOTHING_MORE) -> Iterator[Ask]:
    """`found` by the dataset's name."""
    names = [dataset.name for dataset in DATASETS if isinstance(dataset, SnapshotDataset)]
    known = {row.dataset: row for row in Coverage.objects.filter(dataset__in=names, key="")}
    now = timezone.now()
    for dataset in DATASETS:
        if isinstance(dataset, SnapshotDataset) and dataset.kind == kind:
            row = known.get(dataset.name)
            pause = ASK_AGAIN_AFTER.get(State(row.state)) if row else None
            if full or row is None or pause is None or now - row.asked_at >= pause:
                yield ask_snapshot(dataset, account, found.get(dataset.name, lambda rows: ()))


def ask_snapshot(dataset: SnapshotDataset, account: Account, found: Found) -> "SnapshotAsk":
    blanks = {"name": quote(account.display_name, safe=""), "profile_id": account.profile_id}
    return SnapshotAsk(
        path=dataset.path.format(**blanks),
        params=filled_in(dataset.params, blanks),
        label=dataset.title,
        rank=LISTS,
        dataset=dataset,
        found=found,
        list_name=dataset.list_name,
        here=rows_here(dataset.tables[0]) if dataset.is_list else 0,
    )


@dataclass(kw_only=True)
class SnapshotAsk(PagedAsk):
    """One of them. A feature that the person never used may be refused."""

    dataset: SnapshotDataset
    found: Found
    drift: Drift = field(init=False)

    def __post_init__(self) -> None:
        self.drift = Drift(self.dataset)

    @property
    def dataset_name(self) -> str:
        return self.dataset.name

    def fetch(self, client: GarminClient) -> bytes:
        return client.fetch(self.path, self.params, self.accept, self.dataset.headers)

    def read(self, content: bytes) -> Step:
        dataset, page = self.dataset, read_json(content)
        if following := self.next_page(page):
            return Step(more=[following])
        answer = self.whole(page)
        is_emptied = bool(self.here) and under(answer, dataset.list_name) == []
        if not answer and not is_emptied and isinstance(answer, dict | list | None):
            return self._nothing()
        made = dataset.make("", {dataset.name: write_json(answer)})
        if not made.rows and (said := made.notes[dataset.name]):
            raise NotUnderstood(said[0])
        if is_in_doubt(dataset.name, "", len(made.rows_of(dataset.tables[0].model)), self.here):
            return Step(partial(save_in_doubt, dataset.name, ""))
        if is_emptied:
            return Step(partial(save_deleted, dataset, [""]), self.found([]))
        received = receive(dataset, dataset.name, {"": answer}, self.drift)

        def save(tally: Tally) -> None:
            received.save(self.drift, tally)
            save_coverage(dataset.name, [""], State.PRESENT)

        return Step(save, self.found(received.rows))

    def give_up(self, error: GarminError) -> Step:
        if self.is_behind_the_last(error):
            return self.read(b"")
        if is_unused(error) and not self.before:
            return self._nothing()
        return Step(partial(save_failure, self.dataset.name, [""], self.label, str(error)))

    def _nothing(self) -> Step:
        return Step(lambda tally: save_nothing(self.dataset, [""], by=self.dataset.name))
