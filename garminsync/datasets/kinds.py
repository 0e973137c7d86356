"""The kinds of dataset: days, lists, files. Each can make rows from what is kept of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from garminsync.fit import Recording, read_recording
from garminsync.schemas.base import GarminModel, NotUnderstood, read_json

type Reader = Callable[[Any, list[str]], dict[str, Any] | None]
"""One part of an answer, and where to note what was left out, to columns; None for a part without data."""


@dataclass(frozen=True)
class Made:
    """What the payloads of one key give: a row of the dataset's model, or what a file tells; and, by
    source, what could not be understood."""

    row: dict[str, Any] | None = None
    recording: Recording | None = None
    notes: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """An endpoint that gives days. `name` is its payloads' dataset; `span` the most days one request may
    ask for; `{start}`, `{end}` and `{name}` in `path` and `params` are filled in."""

    name: str
    path: str
    span: int
    parts: Callable[[Any], Iterator[Any]]
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DayDataset:
    """Something that every day may have. `sources` go from cheap to dear; all give the same columns."""

    name: str
    title: str
    sources: tuple[Source, ...]
    read: Reader
    model: type[Model]
    # Counts up whenever the reader learns something: what was made by an older one is made again.
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        return tuple(source.name for source in self.sources)

    def make(self, contents: Mapping[str, bytes]) -> Made:
        """The cheap source's values; where it has none, the dear one's. Null never replaces a value."""
        row: dict[str, Any] | None = None
        notes: dict[str, list[str]] = {}
        for source in self.payloads:
            if source in contents:
                found = understood(self.read, contents[source], notes.setdefault(source, []))
                if found is not None:
                    row = found if row is None else {c: found[c] if v is None else v for c, v in row.items()}
        return Made(row, notes=notes)


@dataclass(frozen=True)
class ListDataset:
    """Things with an id, newest first, in pages. `id_name` is the id in Garmin's items, `id_column` the model's
    primary key; `detail` is the address that tells whether one of them still exists."""

    name: str
    title: str
    path: str
    params: Mapping[str, str]
    detail: str
    schema: type[GarminModel]
    model: type[Model]
    id_name: str
    id_column: str
    page_size: int = 100
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        return (self.name,)

    def make(self, contents: Mapping[str, bytes]) -> Made:
        notes: list[str] = []
        row = understood(lambda part, notes: self.schema.read(part, notes).row(), contents[self.name], notes)
        return Made(row, notes={self.name: notes})


@dataclass(frozen=True)
class FileDataset:
    """The original file of each activity. Its rows are those of models/recording.py."""

    name: str
    title: str
    path: str
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        return (self.name,)

    def make(self, contents: Mapping[str, bytes]) -> Made:
        recording = read_recording(contents[self.name])
        return Made(recording=recording, notes={self.name: recording.problems})


type Dataset = DayDataset | ListDataset | FileDataset


def understood(read: Reader, content: bytes, notes: list[str]) -> dict[str, Any] | None:
    """The row of one part; None, and a note, for a part that is not what its endpoint gives."""
    try:
        return read(read_json(content), notes)
    except NotUnderstood as error:
        notes.append(str(error))
        return None
