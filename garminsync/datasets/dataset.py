"""What all kinds of dataset share: names, tables, and making rows from what is kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q

from garminsync.schemas.answers import NotUnderstood, read_json

type Kind = Literal["activities", "health", "workouts"]
type Row = dict[str, Any]
type Rows = dict[type[Model], list[Row]]
type Reader = Callable[[Any, list[str]], Rows]
"""What is kept under one key, and where to note what was left out, to rows by model, without the column that
owns them; nothing for what holds no data. Raises NotUnderstood."""


NOT_TOLD = object()


@dataclass(frozen=True)
class Table:
    """A model that a dataset fills. `owner` is the column that holds the payload's key and `fixed` what all of
    its rows share; without an owner the only payload gives the whole table. Rows with the columns `foretold` say what
    Garmin expects: once it expects something else, they are wrong."""

    model: type[Model]
    owner: str | None = "date"
    fixed: Mapping[str, Any] = field(default_factory=dict)
    foretold: Mapping[str, Any] = field(default_factory=dict)

    def owned_by(self, key: str) -> Row:
        """The columns that tie a row to its payload. Raises NotUnderstood for a key that can have no row."""
        if self.owner is None:
            return dict(self.fixed)
        column = cast("Field[Any, Any]", self.model._meta.get_field(self.owner))
        try:
            return {**self.fixed, self.owner: column.to_python(key)}
        except ValidationError as error:
            raise NotUnderstood("its id is no number") from error

    def of(self, keys: Collection[str]) -> Q:
        """Which rows these payloads own."""
        if self.owner is None:
            return Q(**self.fixed)
        return Q(**self.fixed) & Q(**{f"{self.owner}__in": [self.owned_by(key)[self.owner] for key in keys]})

    def keys_here(self, keys: Collection[str], *, but_foretold: bool = False) -> set[str]:
        """Those of these keys that have rows."""
        rows = self.model._default_manager.filter(self.of(keys))
        if but_foretold and self.foretold:
            rows = rows.exclude(**self.foretold)
        if self.owner is None:
            return {""} if rows.exists() else set()
        return set(map(str, rows.values_list(self.owner, flat=True)))

    def key_of(self, row: Model) -> str:
        return "" if self.owner is None else str(getattr(row, self.owner))


@dataclass(frozen=True)
class Made:
    """What the payloads of one key give: whole rows by model, and, by source, what was not understood. Where there are
    no rows, the newest that tells anything may say that there is none."""

    rows: Rows = field(default_factory=dict)
    notes: Mapping[str, list[str]] = field(default_factory=dict)
    says_none: bool = False

    def rows_of(self, model: type[Model]) -> list[Row]:
        return self.rows.get(model, [])


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What all kinds share: its name in the ledger, the tables it fills, and what reads it."""

    name: str
    title: str
    kind: Kind
    tables: tuple[Table, ...]
    read: Reader
    # Whether a part that is understood and gives no row says that there is none: what was told before it is over.
    says_none: Callable[[Any], bool] = lambda part: False
    # Where the shape of its answers is known from: recorded ones, public clients that agree, a tolerant guess.
    shape: str = ""
    # The list whose deletions take this along.
    part_of: str = ""
    # Counts up whenever the reader learns something: what was made by an older one is made again.
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        """The names under which its answers are kept, from cheap to dear."""
        return (self.name,)

    @property
    def read_from(self) -> tuple[str, ...]:
        """The names of all payloads that may tell of it."""
        return self.payloads

    def make(self, key: str, contents: Mapping[str, bytes]) -> Made:
        """The rows of the first of `contents` (by source, the newest first); where it has none, those of the
        next. Null never replaces a value."""
        rows: Rows = {}
        notes: dict[str, list[str]] = {}
        for source, content in contents.items():
            notes[source] = []
            try:
                if (part := self.part_of_answer(source, self.open(key, content))) is NOT_TOLD:
                    continue
                found = self.read(part, notes[source])
                owned = {table.model: table.owned_by(key) for table in self.tables}
                for model, new in found.items():
                    rows[model] = _filled(rows.get(model, []), [{**row, **owned[model]} for row in new])
                if not any(rows.values()) and not notes[source] and self.says_none(part):
                    return Made(notes=notes, says_none=True)
            except NotUnderstood as error:
                notes[source].append(str(error))
        return Made({model: found for model, found in rows.items() if found}, notes)

    def open(self, key: str, content: bytes) -> Any:
        """What the reader gets."""
        return read_json(content)

    def part_of_answer(self, source: str, answer: Any) -> Any:
        """What concerns it, or NOT_TOLD."""
        return answer

    def keys_here(self, keys: Collection[str]) -> set[str]:
        """Those of these keys that have rows."""
        return {key for table in self.tables for key in table.keys_here(keys)}

    def may_own(self, key: str) -> bool:
        """Whether there can be rows of this key: an item without an id is kept under its place in the list."""
        try:
            return all(table.owned_by(key) is not None for table in self.tables)
        except NotUnderstood:
            return False


def _filled(rows: list[Row], others: list[Row]) -> list[Row]:
    if len(rows) == len(others) == 1:
        return [{column: others[0].get(column) if value is None else value for column, value in rows[0].items()}]
    return rows or others
