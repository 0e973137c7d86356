"""Recorded JSON: every value that a column exists for, looked up in the answer itself and compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from garminsync.datasets import Row, Table
from garminsync.models import Series
from garminsync.schemas.answers import NotUnderstood, read_json, write_json
from tests.recorded.curves import compared
from tests.recorded.expected import Expected, expected
from tests.recorded.finding import Finding
from tests.recorded.places import leaves
from tests.recorded.readers import Reader, reader_of
from tests.recorded.rules import same
from tests.recorded.table import PathTable, tables

__all__ = ["check_answer", "reader_of"]

# The place of a row among those of its day, which no answer has.
PLACE = "index"


@dataclass
class Made:
    """All rows of an answer by the name of their model, and what was noted by the key of the part."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def all_notes(self) -> list[str]:
        return [note for some in self.notes.values() for note in some]


def check_answer(content: bytes, reader: Reader) -> Finding:
    """Every part goes the way that it goes in a sync."""
    finding, table = Finding(), tables().get(reader.source)
    if table is None:
        return Finding(lost=[f"nothing in tests/recorded/paths/ says what {reader.source} holds"])
    try:
        answer = read_json(content)
        made = _made(answer, reader, finding)
    except NotUnderstood as error:
        return Finding(problems=[str(error)])
    finding.rows = sum(map(len, made.rows.values()))
    finding.no_column = list(dict.fromkeys(path for path, value in leaves(answer) if not table.knows(path, value)))
    for dataset in (reader.dataset, *reader.others):
        for filled in dataset.tables:
            _compare_rows(answer, table, filled, made, finding)
    curves = table.curves if any(filled.model is Series for filled in _tables(reader)) else []
    for curve in curves:
        row = next((row for row in made.rows.get(Series.__name__, []) if row["name"] == curve.name), None)
        kept, lost = compared(answer, curve, row, made.all_notes)
        finding.kept += kept
        finding.lost += lost
    return finding


def _tables(reader: Reader) -> Iterator[Table]:
    for dataset in (reader.dataset, *reader.others):
        yield from dataset.tables


def _made(answer: Any, reader: Reader, finding: Finding) -> Made:
    made = Made()
    parts = list(_kept_as(answer, reader, finding))
    made.notes[""] = list(finding.problems)
    for index, (key, part) in enumerate(parts):
        where = f"item {index}: " if len(parts) > 1 else ""
        for dataset in (reader.dataset, *reader.others):
            found = dataset.make(key, {reader.source: write_json(part)})
            notes = [note for some in found.notes.values() for note in some]
            made.notes.setdefault(key, []).extend(notes)
            finding.problems += [where + note for note in notes]
            for model, rows in found.rows.items():
                made.rows.setdefault(model.__name__, []).extend(rows)
    return made


def _kept_as(answer: Any, reader: Reader, finding: Finding) -> Iterator[tuple[str, Any]]:
    """The parts with their keys; where a day may have many, they are kept together."""
    days: dict[str, list[Any]] = {}
    for index, part in enumerate(reader.parts(answer)):
        if (key := reader.key_of(part)) is None:
            finding.problems.append(f"item {index} has no date")
        elif reader.of_days and reader.of_days.many:
            days.setdefault(key, []).append(part)
        else:
            yield key, part
    yield from days.items()


def _compare_rows(answer: Any, table: PathTable, filled: Table, made: Made, finding: Finding) -> None:
    sections = [section for section in table.sections if section.model == filled.model.__name__]
    wanted = [one for section in sections for one in expected(answer, section)]
    rows = made.rows.get(filled.model.__name__, []) if sections else []
    several = max(len(wanted), len(rows)) > 1
    for one in wanted:
        row = next((row for row in rows if one.is_in(row)), None)
        lost = _lost_row(one, filled.owner, made) if row is None else _lost_values(one, row, made, finding)
        finding.lost += [f"{one}: {told}" if several else told for told in lost]
    ours = {PLACE, filled.owner, *filled.fixed}.union(*(section.made for section in sections))
    for row in rows:
        there = ours.union(*(one.values for one in wanted if one.is_in(row)))
        for column, value in row.items():
            if value not in (None, "") and column not in there:
                finding.lost.append(f"{column}: {value!r:.60}, which the answer does not have")


def _lost_row(one: Expected, owner: str | None, made: Made) -> list[str]:
    """Nothing, where it has no more than what makes no row, or where the reason is told."""
    key = str(one.values[owner]) if owner in one.values else None
    notes = made.all_notes if key is None else made.notes.get(key, made.notes[""])
    return [] if notes else [f"{column}: {value!r:.60}" for column, value in one.told().items()]


def _lost_values(one: Expected, row: Row, made: Made, finding: Finding) -> list[str]:
    right = [column for column, value in one.values.items() if same(row.get(column), value)]
    finding.kept += len(right)
    return [
        f"{column}: {row.get(column)!r:.60}, not {value!r:.60}"
        for column, value in one.values.items()
        if column not in right and not (row.get(column) is None and _has_reason(one.raw[column], made))
    ]


def _has_reason(raw: Any, made: Made) -> bool:
    return any(note.endswith(f"not {raw!r:.60}") for note in made.all_notes)
