"""What Garmin gives one by one: the file of an activity, the files of a day, the steps of a workout."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.utils import timezone

from garminsync.client import GarminError, NotFound
from garminsync.datasets import FileDataset, ItemDataset, Made
from garminsync.fit import is_file
from garminsync.models import Coverage, Payload
from garminsync.schemas.base import NotUnderstood, read_json, write_json
from garminsync.sync.asks import FILES, Ask, Step
from garminsync.sync.ledger import Tally, save_coverage, save_failure, save_payloads
from garminsync.sync.making import save_made
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER


def settled(dataset: ItemDataset, full: bool) -> set[str]:
    """The keys that need no asking. `full` asks again for what failed for good, never for what is here."""
    found = Q(state=Coverage.State.PRESENT)
    if not full:
        lately = timezone.now() - ASK_PARKED_AGAIN_AFTER
        found |= Q(state=Coverage.State.EMPTY) | Q(state=Coverage.State.PARKED, asked_at__gt=lately)
    return set(Coverage.objects.filter(found, dataset=dataset.name).values_list("key", flat=True))


def ask_item(dataset: ItemDataset, key: str) -> "ItemAsk":
    return ItemAsk(
        path=dataset.path.format(key=key),
        label=dataset.label.format(key=key),
        rank=FILES,
        accept=dataset.accept,
        dataset=dataset,
        key=key,
    )


@dataclass(kw_only=True)
class ItemAsk(Ask):
    """One of them."""

    dataset: ItemDataset
    key: str

    def read(self, content: bytes) -> Step:
        dataset, key = self.dataset, self.key
        if not content:
            return self._nothing_there()
        if isinstance(dataset, FileDataset):
            if not is_file(content):
                raise NotUnderstood("Garmin answered with something that is no activity file")
        elif answer := read_json(content):
            content = write_json(answer)
        else:
            return self._nothing_there()
        payload = Payload.of(dataset.name, key, content, dataset.version)
        made: dict[str, Made] = {key: dataset.make(key, {dataset.name: content})}

        def save(tally: Tally) -> None:
            save_payloads([payload])
            save_made(dataset, made, tally)
            save_coverage(dataset.name, [key], Coverage.State.PRESENT)

        return Step(save)

    def give_up(self, error: GarminError) -> Step:
        if isinstance(error, NotFound):
            return self._nothing_there()
        return Step(partial(save_failure, self.dataset.name, [self.key], self.label, str(error)))

    def _nothing_there(self) -> Step:
        return Step(lambda tally: save_coverage(self.dataset.name, [self.key], Coverage.State.EMPTY))
