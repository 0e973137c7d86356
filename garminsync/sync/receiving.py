"""An answer that has just come, taken apart, and what its parts come to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from garminsync.datasets import Dataset, Made, Row
from garminsync.models import Payload, PayloadField
from garminsync.schemas.answers import write_json
from garminsync.sync.along import Along, cover_along, made_along, save_along
from garminsync.sync.drift import Drift
from garminsync.sync.ledger import Tally, save_payloads
from garminsync.sync.making import contents_of, save_made, with_new


@dataclass(frozen=True)
class Received:
    """The parts of one answer, by key, ready to be saved: the parts themselves and what they come to."""

    dataset: Dataset
    source: str
    made: Mapping[str, Made]
    payloads: Sequence[Payload]
    fields: Sequence[PayloadField]
    along: Along
    # Whether the answer had nothing, not even of days that were not asked for.
    is_empty: bool = False

    @property
    def present(self) -> list[str]:
        """The keys that have rows."""
        return [key for key, one in self.made.items() if one.rows]

    @property
    def notes(self) -> list[str]:
        """What was not understood."""
        return [note for one in self.made.values() for notes in one.notes.values() for note in notes]

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

    def save(self, drift: Drift, tally: Tally) -> None:
        """Only inside run.saving()."""
        save_payloads(self.payloads)
        save_made(self.dataset, self.made, tally)
        save_along(self.along, tally)
        cover_along(self.along, self.source)
        drift.save(self.fields, tally)


def receive(dataset: Dataset, source: str, parts: Mapping[str, Any], drift: Drift) -> Received:
    """Makes rows from parts that have just come and from what other sources gave before. Writes nothing.

    A part that gives no row never takes the place of one that did, unless it says that there is none.
    """
    kept = contents_of(dataset, list(parts))
    made: dict[str, Made] = {}
    payloads = []
    for key, part in parts.items():
        content, stored = write_json(part), kept.get(key, {})
        one = dataset.make(key, {source: content})
        is_new = one.rows or (any(one.notes.values()) and source not in stored)
        if is_new or (one.says_none and dataset.make(key, stored).rows):
            payloads.append(Payload.of(source, key, content, dataset.version))
            made[key] = dataset.make(key, with_new(stored, source, content)) if stored.keys() - {source} else one
        else:
            old = dataset.make(key, stored)
            made[key] = replace(old, notes={**old.notes, **one.notes})
    along = made_along(source, {payload.key: payload.content for payload in payloads})
    return Received(dataset, source, made, payloads, drift.of(source, parts.values()), along)
