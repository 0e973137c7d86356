"""Payloads to rows: the one way for a sync and for a rebuild, so that both give the same."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from garminsync.datasets import DATASETS, NOT_TOLD, Dataset, Made, Row
from garminsync.models import Coverage, Payload, PayloadField
from garminsync.schemas.base import write_json
from garminsync.sync.ledger import Tally, save_coverage, save_payloads, save_problems
from garminsync.sync.rows import save_rows


def contents_of(dataset: Dataset, keys: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """What is kept for these keys, by key and source, the newest first: a cheap source that could not be asked
    again knows less of a day than the dear one that was."""
    found: dict[str, dict[str, bytes]] = {}
    kept = Payload.objects.filter(dataset__in=dataset.read_from, key__in=keys).order_by("-fetched_at")
    for payload in kept.iterator(chunk_size=20):
        found.setdefault(payload.key, {})[payload.dataset] = payload.content
    return found


def save_made(dataset: Dataset, made: Mapping[str, Made], tally: Tally) -> None:
    """Saves what was made, by key, in place of what these keys gave before, and what could not be understood.
    Only inside run.saving()."""
    known: set[str] = set()
    changed: set[str] = set()
    refused: dict[str, str] = {}
    able = [key for key in made if dataset.may_own(key)]
    for table in dataset.tables:
        saved = save_rows(table, {key: made[key].rows_of(table.model) for key in able})
        known, changed, refused = known | saved.known, changed | saved.changed, refused | saved.refused
    full = {key for key in able if made[key].rows and key not in refused}
    tally.new += len(full - known)
    tally.changed += len(full & known & changed)
    tally.unchanged += len((full & known) - changed)
    for source in dataset.payloads:
        notes = {key: list(one.notes[source]) for key, one in made.items() if source in one.notes}
        for key in notes.keys() & refused.keys():
            notes[key].append(refused[key])
        tally.problems += save_problems(source, notes)


type Along = list[tuple[Dataset, dict[str, Made]]]


def made_along(source: str, contents: Mapping[str, bytes]) -> Along:
    """What else these answers of `source`, by key, tell: of datasets that ride on it."""
    found: Along = []
    for rider in DATASETS:
        if source not in rider.payloads and source in rider.read_from:
            told = [
                key
                for key, content in contents.items()
                if rider.part_of_answer(source, rider.open(key, content)) is not NOT_TOLD
            ]
            kept = contents_of(rider, told)
            made: dict[str, Made] = {}
            for key in told:
                before = kept.get(key, {})
                others = {name: content for name, content in before.items() if name != source}
                is_stored = before.get(source) == contents[key]
                made[key] = rider.make(key, before if is_stored else {source: contents[key], **others})
            found.append((rider, made))
    return found


def save_along(along: Along) -> None:
    """Only inside run.saving()."""
    for rider, made in along:
        save_made(rider, made, Tally())
        full = [key for key, one in made.items() if one.rows]
        save_coverage(rider.name, full, Coverage.State.PRESENT)
        save_coverage(rider.name, made.keys() - full, Coverage.State.EMPTY)


def delete_rows(dataset: Dataset, keys: Collection[str]) -> None:
    """Removes what these payloads gave; the payloads stay. Only inside run.saving()."""
    for table in dataset.tables:
        table.model._default_manager.filter(table.of(keys)).delete()


def gone_keys(dataset: Dataset, keys: Iterable[str]) -> set[str]:
    """Those that the person has deleted at Garmin: their payloads stay, and no rows are made from them."""
    owner = dataset.part_of or dataset.name
    gone = Coverage.objects.filter(dataset=owner, state=Coverage.State.GONE, key__in=list(keys))
    return set(gone.values_list("key", flat=True))


@dataclass(frozen=True)
class Received:
    """The parts of one answer, by key, ready to be saved: the parts themselves and what they come to."""

    dataset: Dataset
    made: Mapping[str, Made]
    payloads: Sequence[Payload]
    fields: Sequence[PayloadField]
    along: Along

    @property
    def present(self) -> list[str]:
        """The keys that have rows."""
        return [key for key, one in self.made.items() if one.rows]

    @property
    def rows(self) -> list[Row]:
        """Those of the dataset's first table."""
        return [row for one in self.made.values() for row in one.rows_of(self.dataset.tables[0].model)]

    def only(self, keys: Collection[str]) -> "Received":
        made = {key: one for key, one in self.made.items() if key in keys}
        return replace(self, made=made, payloads=[payload for payload in self.payloads if payload.key in keys])

    def with_notes(self, source: str, notes: Mapping[str, str]) -> "Received":
        """With these in place of what the reader says of these keys."""
        said = {key: replace(self.made[key], notes={source: [note]}) for key, note in notes.items()}
        return replace(self, made={**self.made, **said})

    def save(self, drift: "Drift", tally: Tally) -> None:
        """Only inside run.saving()."""
        save_payloads(self.payloads)
        save_made(self.dataset, self.made, tally)
        save_along(self.along)
        drift.save(self.fields, tally)


def receive(dataset: Dataset, source: str, parts: Mapping[str, Any], drift: "Drift") -> Received:
    """Makes rows from parts that have just come and from what other sources gave before. Writes nothing.

    A part that gives no row never takes the place of one that did.
    """
    kept = contents_of(dataset, list(parts))
    made: dict[str, Made] = {}
    payloads = []
    for key, part in parts.items():
        content, stored = write_json(part), kept.get(key, {})
        one = dataset.make(key, {source: content})
        if one.rows or (any(one.notes.values()) and source not in stored):
            payloads.append(Payload.of(source, key, content, dataset.version))
            others = {name: kept for name, kept in stored.items() if name != source}
            made[key] = dataset.make(key, {source: content, **others}) if others else one
        else:
            old = dataset.make(key, stored)
            made[key] = replace(old, notes={**old.notes, **one.notes})
    along = made_along(source, {payload.key: payload.content for payload in payloads})
    return Received(dataset, made, payloads, drift.of(source, parts.values()), along)


# A date, an id or the number of a device as a name: it says nothing of the shape.
is_a_value = re.compile(r"\d+|.*(\d{6}|\d{4}-\d\d).*", re.DOTALL).fullmatch
# Of one answer; a sound one has some hundreds.
MOST_PATHS = 5_000


class Drift:
    """Notices fields that Garmin has added: each is told once, when a source that was known gets it."""

    def __init__(self, dataset: Dataset) -> None:
        known = PayloadField.objects.filter(dataset__in=dataset.payloads)
        self._known = set(known.values_list("dataset", "path"))
        self._old_sources = {dataset for dataset, _ in self._known}

    def of(self, source: str, parts: Iterable[Any]) -> list[PayloadField]:
        """Fields never seen before, unsaved."""
        paths = {path for part in parts for path in islice(_paths(part, ""), MOST_PATHS)}
        new = sorted(path for path in paths if (source, path) not in self._known)[:MOST_PATHS]
        self._known |= {(source, path) for path in new}
        return [PayloadField(dataset=source, path=path) for path in new]

    def save(self, fields: Sequence[PayloadField], tally: Tally) -> None:
        """Only inside run.saving()."""
        PayloadField.objects.bulk_create(fields, ignore_conflicts=True)
        tally.noticed += [f"new field {field}" for field in fields if field.dataset in self._old_sources]


def _paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            below = f"{path}.{'*' if is_a_value(str(name)) else name}".lstrip(".")[:500].replace("\0", "")
            yield below.encode("utf-8", "replace").decode()
            yield from _paths(inner, below)
    elif isinstance(value, list):
        for inner in value[:50]:
            yield from _paths(inner, f"{path}[]")
