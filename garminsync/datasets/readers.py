"""The readers that many datasets share: what is kept under one key, to rows of one model."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Reader, Row, Rows
from garminsync.datasets.parts import has_numbers, items_of
from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.base import GarminModel

# What an entry may carry without telling anything.
TELLS_NOTHING = {
    *("date", "device_id", "time", "utc_offset_s", "context", "valid_sleep", "paused", "primary_device"),
    *("sample_pk", "version", "source"),
}
NONE_UNDERSTOOD = "it has content, but none that is understood"


def one(model: type[Model], schema: type[GarminModel]) -> Reader:
    """One row, made by one schema, whatever it holds."""
    return lambda part, notes: {model: [schema.read(part, notes).row()]}


def each(model: type[Model], schema: type[GarminModel], *names: str) -> Reader:
    """A row for every item; one that is not understood costs itself. They stand in a list, or in one under a name
    of `names`; one alone may come without its list."""

    def read(part: Any, notes: list[str]) -> Rows:
        rows = []
        for index, item in enumerate(items_of(part, *names)):
            said: list[str] = []
            try:
                rows.append(schema.read(item, said).row())
            except NotUnderstood as error:
                said.append(str(error))
            notes += [f"item {index}: {why}" if isinstance(part, list) else why for why in said]
        return {model: rows}

    return read


def a_day(model: type[Model], schema: type[GarminModel]) -> Reader:
    """A row for each entry of a day that tells something."""
    return lambda part, notes: {model: [row for _, row in rows_of_a_day(schema, part, notes)]}


def rows_of_a_day(schema: type[GarminModel], part: Any, notes: list[str]) -> Iterator[tuple[Any, Row]]:
    """The entries of a day, one or a list of them, that tell something, with their rows; a bad one costs itself."""
    for entry in part if isinstance(part, list) else [part]:
        said = len(notes)
        try:
            if row := row_of_an_entry(schema, entry, notes):
                yield entry, row
            elif len(notes) == said and has_numbers(entry):
                notes.append(NONE_UNDERSTOOD)
        except NotUnderstood as error:
            notes.append(str(error))


def row_of_an_entry(schema: type[GarminModel], entry: Any, notes: list[str]) -> Row:
    """The columns but the day; none for an entry that tells nothing. Raises NotUnderstood."""
    row = schema.read(entry, notes).row()
    tells = any(value is not None for column, value in row.items() if column not in TELLS_NOTHING)
    return {column: value for column, value in row.items() if column != "date"} if tells else {}


def understood[Schema: GarminModel](
    schema: type[Schema], items: Iterable[Any], notes: list[str]
) -> Iterator[tuple[Any, Schema]]:
    """Each item with what it is read as; one that is not understood costs itself."""
    for index, item in enumerate(items):
        try:
            yield item, schema.read(item, notes)
        except NotUnderstood as error:
            notes.append(f"item {index}: {error}")


def once(rows: Iterable[Row]) -> list[Row]:
    """What Garmin tells twice, word for word, is one."""
    found: list[Row] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found
