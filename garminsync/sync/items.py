"""What Garmin gives one by one: the file of an activity, the files of a day, the steps of a workout."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from django.db.models import Q
from django.utils import timezone

from garminsync.client import GarminError, NotFound
from garminsync.datasets import FileDataset, ItemDataset, is_blank
from garminsync.fit import is_file
from garminsync.models import Account, Coverage, Day, Payload
from garminsync.schemas.answers import NotUnderstood, alone, read_json
from garminsync.sync.asks import FILES, Ask, Step, filled_in
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import ABOUT_A_DAY, Tally, save_coverage, save_failure, save_nothing, save_payloads
from garminsync.sync.making import contents_of, save_made
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER, OFFLOADED, REFUSED_TWICE, is_believed
from garminsync.sync.receiving import receive

# For about half a year Garmin keeps what happened within a day; of a younger one it never had it.
KEPT_BY_GARMIN = timedelta(days=150)
# Who has hundreds of activities without a file pays for so many of them a day.
REFUSED_A_DAY = 10
# So Garmin may say that it has nothing of a day.
NOTHING = (b"null", b"[]", b"{}")


def settled(dataset: ItemDataset, full: bool) -> set[str]:
    """The keys that need no asking. `full` asks again for what failed for good, never for what is here."""
    found, now = Q(state=Coverage.State.PRESENT), timezone.now()
    if not full:
        lately = now - ASK_PARKED_AGAIN_AFTER
        found |= Q(state=Coverage.State.EMPTY) | Q(state=Coverage.State.PARKED, asked_at__gt=lately)
    known = Coverage.objects.filter(found, dataset=dataset.name)
    refused = known.filter(~is_believed(now), state=Coverage.State.EMPTY).order_by("asked_at", "key")
    asked_again = known.filter(reason=REFUSED_TWICE, asked_at__gt=now - ABOUT_A_DAY).count()
    again = refused.values_list("key", flat=True)[: max(0, REFUSED_A_DAY - asked_again)]
    return set(known.values_list("key", flat=True)).difference(again)


def ask_item(dataset: ItemDataset, key: str, display_name: str = "", drift: Drift | None = None) -> "ItemAsk":
    blanks = {"key": key, "name": quote(display_name, safe="")}
    return ItemAsk(
        path=dataset.path.format(**blanks),
        params=filled_in(dataset.params, blanks),
        label=dataset.label.format(**blanks),
        rank=FILES,
        accept=dataset.accept,
        dataset=dataset,
        key=key,
        drift=drift,
    )


@dataclass(kw_only=True)
class ItemAsk(Ask):
    """One of them."""

    dataset: ItemDataset
    key: str
    # Of all that are asked for in this run: the first of them must not make the others' fields new.
    drift: Drift | None = None

    @property
    def dataset_name(self) -> str:
        return self.dataset.name

    def read(self, content: bytes) -> Step:
        """A file is kept as it came. What gives no rows never takes the place of what did."""
        dataset, key = self.dataset, self.key
        if not content or (dataset.within_day and content.strip() in NOTHING):
            return self._nothing_there()
        if not isinstance(dataset, FileDataset):
            return self.read_answer(alone(read_json(content)))
        if not is_file(content):
            raise NotUnderstood("Garmin answered with something that is no file of a watch")
        one = dataset.make(key, {dataset.name: content})
        if not one.rows and not any(one.notes.values()):
            return self._nothing_there()
        payload = Payload.of(dataset.name, key, content, dataset.version)
        kept = {} if one.rows else contents_of(dataset, [key]).get(key, {})
        old = dataset.make(key, kept)
        made = {key: replace(old, notes=one.notes) if old.rows else one}

        def save(tally: Tally) -> None:
            if not old.rows:
                save_payloads([payload])
            save_made(dataset, made, tally)
            if made[key].rows:
                save_coverage(dataset.name, [key], Coverage.State.PRESENT)
            else:
                save_nothing(dataset, [key], by=dataset.name)

        return Step(save)

    def read_answer(self, answer: Any) -> Step:
        dataset, key, drift = self.dataset, self.key, self.drift or Drift(self.dataset)
        if not answer or (dataset.within_day and is_blank(answer, zeros=True)):
            return self._nothing_there()
        if dataset.day and str(dataset.day(answer)) != key:
            raise NotUnderstood("Garmin answered for another day")
        received = receive(dataset, dataset.name, {key: answer}, drift)

        def save(tally: Tally) -> None:
            received.save(drift, tally)
            if received.present:
                save_coverage(dataset.name, [key], Coverage.State.PRESENT)
            else:
                save_nothing(dataset, [key], by=dataset.name)

        return Step(save)

    def give_up(self, error: GarminError) -> Step:
        if isinstance(error, NotFound):
            return self._nothing_there()
        return Step(partial(save_failure, self.dataset.name, [self.key], self.label, str(error)))

    def _nothing_there(self) -> Step:
        name, key, offloaded = self.dataset.name, self.key, self._is_offloaded()

        def save(tally: Tally) -> None:
            save_nothing(self.dataset, [key], by=name)
            if offloaded:
                empty = Coverage.objects.filter(dataset=name, key=key, state=Coverage.State.EMPTY)
                empty.update(state=Coverage.State.PARKED, reason=OFFLOADED)

        return Step(save)

    def _is_offloaded(self) -> bool:
        """Whether Garmin once had the files of this day: its summary is made from them."""
        if not self.dataset.within_day or not isinstance(self.dataset, FileDataset):
            return False
        day = date.fromisoformat(self.key)
        return day < Account.objects.get().today() - KEPT_BY_GARMIN and Day.objects.filter(date=day).exists()
