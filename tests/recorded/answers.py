"""Recorded JSON: every value that a column exists for, looked up in the answer itself and compared."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import models
from pydantic import AliasChoices, AliasPath

from garminsync.datasets import Dataset, DayDataset, ItemDataset, ListDataset, day_of
from garminsync.schemas.activities import ActivityItem
from garminsync.schemas.base import GarminModel, NotUnderstood, read_json, write_json
from garminsync.schemas.daily import DailyFlat, DailyNested
from garminsync.schemas.sleep import SleepPage, SleepStats
from garminsync.schemas.workouts import WorkoutItem
from tests.recorded.finding import Finding

# Whatever form an answer has, one of these names its values.
SCHEMAS: dict[str, tuple[type[GarminModel], ...]] = {
    "daily": (DailyFlat, DailyNested),
    "sleep": (SleepStats, SleepPage),
    "activities": (ActivityItem,),
    "workouts": (WorkoutItem,),
}
# Other addresses that give the same as a source.
SAME_AS = {"/sleep-service/sleep/dailySleepData": "sleep_page"}
# What a day without data, or without a night, may carry all the same.
ALONE = {"date", "step_goal", "resting_hr_bpm", "sleep_need_s"}
# Fields that are no column: the column they fill.
FILLS = {"local_start": "utc_offset_s", "sleep_need_min": "sleep_need_s"}
DAY = r"/(DATE|\d{4}-\d\d-\d\d)"
BLANKS = {"start": DAY, "end": DAY, "name": "(/[^/]+)?", "id": "/[^/]+", "key": "/[^/]+"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """What reads the answers of one address."""

    dataset: Dataset
    source: str
    parts: Callable[[Any], Iterable[Any]]


def reader_of(folder: str, datasets: Iterable[Dataset]) -> Reader | None:
    """The reader for a folder's answers: its name is their path, `/` written `__`."""
    path = "/" + folder.replace("__", "/")
    for dataset in datasets:
        if isinstance(dataset, DayDataset):
            for source in dataset.sources:
                if _fits(source.path, path) or SAME_AS.get(path) == source.name:
                    return Reader(dataset, source.name, source.parts)
        elif isinstance(dataset, ListDataset | ItemDataset) and _fits(dataset.path, path):
            return Reader(dataset, dataset.name, _items)
    return None


def _fits(template: str, path: str) -> bool:
    pattern = re.sub(r"/\{(\w+)\}", lambda blank: BLANKS[blank[1]], template)
    return re.fullmatch(pattern, path) is not None


def _items(answer: Any) -> list[Any]:
    if not isinstance(answer, list | None):
        raise NotUnderstood("an answer that is no list")
    return answer or []


def check_answer(content: bytes, reader: Reader) -> Finding:
    """Every part goes the way that it goes in a sync."""
    try:
        parts = list(reader.parts(read_json(content)))
    except NotUnderstood as error:
        return Finding(problems=[str(error)])
    finding = Finding()
    for index, part in enumerate(parts):
        where = f"item {index}: " if len(parts) > 1 else ""
        if isinstance(reader.dataset, DayDataset) and day_of(part) is None:
            finding.problems.append(f"item {index} has no date")
            continue
        made = reader.dataset.make(_key_of(reader.dataset, part), {reader.source: write_json(part)})
        notes = made.notes.get(reader.source, [])
        row = next(iter(made.rows_of(reader.dataset.tables[0].model)), None)
        kept, lost = _compared(reader.dataset, part, row, notes)
        finding.rows += row is not None
        finding.kept += kept
        finding.lost += [where + one for one in lost]
        finding.problems += [where + note for note in notes]
    return finding


def _key_of(dataset: Dataset, part: Any) -> str:
    if isinstance(dataset, DayDataset):
        return str(day_of(part))
    return str(part.get(dataset.id_name, "")) if isinstance(dataset, ListDataset) and isinstance(part, dict) else ""


def _compared(dataset: Dataset, part: Any, row: dict[str, Any] | None, notes: list[str]) -> tuple[int, list[str]]:
    assert isinstance(dataset, DayDataset | ListDataset)
    if not isinstance(part, dict) or (row is None and notes):
        return 0, [] if notes else [f"{part!r:.60} without a reason"]
    expected, fields = _expected(dataset, part)
    if row is None:
        return 0, [f"{column}: {value!r:.60}" for column, value in expected.items() if column not in ALONE]
    told = {field for field in fields.values() if any(note.startswith(f"{field}:") for note in notes)}
    right = [column for column, value in expected.items() if _same(row.get(column), value)]
    lost = [
        f"{column}: {row.get(column)!r:.60}, not {value!r:.60}"
        for column, value in expected.items()
        if column not in right and not (fields[column] in told and row.get(column) is None)
    ]
    made_up = [column for column, value in row.items() if value not in (None, "") and column not in expected]
    return len(right), lost + [f"{column}: {row[column]!r:.60}, which the answer does not have" for column in made_up]


def _expected(dataset: DayDataset | ListDataset, part: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The sound values of a part by column, and the fields that fill these columns."""
    schemas = SCHEMAS[dataset.name]
    found = max((dict(_values(schema, part)) for schema in schemas), key=len)
    columns = {column.attname: column for column in dataset.tables[0].model._meta.concrete_fields}
    local, start = (_or_as_it_is(_instant, found.pop(name, (None, ""))[0]) for name in ("local_start", "start_time"))
    expected: dict[str, Any] = {}
    if isinstance(start, datetime) and isinstance(local, datetime):
        offset = round((local - start).total_seconds())
        expected["utc_offset_s"] = offset if abs(offset) <= 15 * 3600 else None
    if "start_time" in columns:
        expected["start_time"] = start
    fields = {FILLS.get(field, field): field for field in (*found, "start_time", "local_start")}
    for field, (raw, name) in found.items():
        column = columns[FILLS.get(field, field)]
        value = _or_as_it_is(partial(_sound, column), raw)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = value / 1000 if name.endswith("InMillis") else value * 60 if field == "sleep_need_min" else value
        expected[column.attname] = value
    return {column: value for column, value in expected.items() if value is not None}, fields


def _values(schema: type[GarminModel], part: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, str]]]:
    """By field: the first value that is not null where its aliases point to, and the name it has there."""
    for field, info in schema.model_fields.items():
        alias = info.validation_alias or field
        for choice in alias.choices if isinstance(alias, AliasChoices) else [alias]:
            path = choice.path if isinstance(choice, AliasPath) else [choice]
            value: Any = part
            for step in path:
                value = value.get(step) if isinstance(value, dict) else None
            if value is not None:
                yield field, (value, str(path[-1]))
                break


def _or_as_it_is(convert: Callable[[Any], Any], raw: Any) -> Any:
    """What does not convert is nothing that the column takes: only a reason excuses it."""
    try:
        return None if raw is None else convert(raw)
    except (ValueError, TypeError, OverflowError):
        return raw


def _sound(column: "models.Field[Any, Any]", raw: Any) -> Any:
    """A value as its column should hold it; None for what stands for no value."""
    if isinstance(column, models.JSONField):
        return raw
    if isinstance(raw, dict):  # {"value": number}
        raw = raw.get("value")
    if raw is None or raw == "":
        return None
    if isinstance(column, models.DateTimeField):
        return _instant(raw)
    if isinstance(column, models.DateField):
        return date.fromisoformat(raw)
    if isinstance(column, models.TextField):
        return raw.replace("\0", "").encode("utf-8", "ignore").decode() if isinstance(raw, str) else raw
    if isinstance(column, models.BooleanField) or isinstance(raw, bool):
        return raw
    number = float(raw)
    return None if number in (-1, -2) and column.get_internal_type().startswith("Positive") else number


def _instant(raw: Any) -> datetime:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return EPOCH + timedelta(seconds=raw / 1000 if abs(raw) >= 1e11 else raw)
    parsed = datetime.fromisoformat(raw)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _same(stored: Any, value: Any) -> bool:
    if isinstance(stored, datetime) and isinstance(value, datetime):
        return abs(stored - value) < timedelta(milliseconds=1)
    if isinstance(stored, int | float) and isinstance(value, int | float):
        return math.isclose(stored, value, rel_tol=1e-9, abs_tol=1e-9)
    return bool(stored == value)
