"""What is asked for again only when it has moved: the steps of a workout when it was edited, the activities of a
gear when it was used."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.utils import timezone

from garminsync.client import GarminError
from garminsync.datasets import ItemDataset
from garminsync.models import Coverage
from garminsync.schemas.answers import NotUnderstood, alone, read_json, write_json
from garminsync.sync.asks import Ask, Step, is_unused
from garminsync.sync.came_short import is_short, rows_here
from garminsync.sync.drift import Drift
from garminsync.sync.items import ItemAsk, ask_item
from garminsync.sync.ledger import Tally, save_coverage, save_failure
from garminsync.sync.making import delete_rows
from garminsync.sync.pages import PagedAsk
from garminsync.sync.places import id_of
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER

State = Coverage.State


@dataclass
class Marked:
    """Which of them to ask for in this run. A mark tells whether one has moved; the ledger keeps as its reason
    the mark with which it was asked for last, so that a run that is stopped on the way forgets nothing."""

    dataset: ItemDataset
    full: bool
    # How the key stands in the address.
    in_path: Callable[[str], str] = str
    # Where an answer says which of them it is.
    id_name: str = ""
    # Whether the mark begins with the number of what there is.
    counts: bool = False
    handled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._drift = Drift(self.dataset)
        self._known = {row.key: row for row in Coverage.objects.filter(dataset=self.dataset.name)}

    def asks(self, marks: Iterable[tuple[str, str]]) -> Iterator[Ask]:
        """By key and mark; what failed before comes first."""
        for key, mark in sorted(marks, key=lambda wanted: not self._failed(wanted[0])):
            if key not in self.handled and self._is_due(key, mark):
                self.handled.add(key)
                expected = int(mark.split()[0]) if self.counts else None
                path = self.dataset.path.format(key=self.in_path(key))
                yield MarkedAsk(
                    **{**vars(ask_item(self.dataset, key)), "path": path, "drift": self._drift},
                    mark=mark,
                    id_name=self.id_name,
                    has_none=expected == 0,
                    expected=expected,
                )

    def _failed(self, key: str) -> bool:
        return key in self._known and self._known[key].state in (State.FAILED, State.PARKED)

    def _is_due(self, key: str, mark: str) -> bool:
        known = self._known.get(key)
        if known is None or known.state == State.FAILED:
            return True
        if known.state == State.PARKED:
            return self.full or timezone.now() - known.asked_at >= ASK_PARKED_AGAIN_AFTER
        return known.reason != mark or (self.full and known.state == State.EMPTY)


@dataclass(kw_only=True)
class MarkedAsk(PagedAsk, ItemAsk):
    """One of them. Its mark says that it is there: an answer that has none of it, or far less than that, is Garmin's
    trouble."""

    mark: str
    id_name: str
    has_none: bool

    def read(self, content: bytes) -> Step:
        page = self.dataset.kept(read_json(content))
        if following := self.next_page(page):
            return Step(more=[following])
        answer = self.whole(page)
        if self.has_none and not answer:
            return self._gone()
        if not answer:
            raise NotUnderstood("Garmin gave nothing, though its list has it")
        one = alone(answer)
        if self.id_name and isinstance(one, dict) and id_of(one.get(self.id_name, self.key)) != self.key:
            raise NotUnderstood("Garmin answered for another workout")
        made = self.dataset.make(self.key, {self.dataset.name: write_json(answer)})
        if not made.rows and (said := made.notes[self.dataset.name]):
            raise NotUnderstood(said[0])
        table = self.dataset.tables[0]
        if self.expected and is_short(len(made.rows_of(table.model)), min(self.expected, rows_here(table, self.key))):
            raise NotUnderstood(f"far fewer than the {self.expected} that there are")
        return self.read_answer(answer).and_also(Step(self._save_mark))

    def give_up(self, error: GarminError) -> Step:
        if self.is_behind_the_last(error):
            return self.read(b"")
        if self.has_none and is_unused(error) and not self.before:
            return self._gone()
        return Step(partial(save_failure, self.dataset.name, [self.key], self.label, str(error)))

    def _gone(self) -> Step:
        """Its payload stays, as that of all that was deleted, and gives no rows any more."""

        def save(tally: Tally) -> None:
            delete_rows(self.dataset, [self.key])
            save_coverage(self.dataset.name, [self.key], State.GONE, self.mark)
            tally.changed += 1

        return Step(save)

    def _save_mark(self, tally: Tally) -> None:
        answered = Coverage.objects.filter(dataset=self.dataset.name, key=self.key)
        answered.filter(state__in=[State.PRESENT, State.EMPTY]).update(reason=self.mark)
