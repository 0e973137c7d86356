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

from garminsync.datasets import Dataset, DayDataset, FileDataset, ListDataset, SnapshotDataset, Source
from garminsync.datasets.things import items_of
from garminsync.schemas.achievements import BadgeItem, GoalItem, RecordItem
from garminsync.schemas.activities import ActivityItem
from garminsync.schemas.base import GarminModel, NotUnderstood, read_json, write_json
from garminsync.schemas.body import BloodPressureItem, HrvNight, HydrationDay, WeighInItem
from garminsync.schemas.daily import DailyFlat, DailyNested
from garminsync.schemas.performance import (
    Cycle,
    EnduranceScoreDay,
    FitnessAgeDay,
    HillScoreDay,
    RacePredictionDay,
    RunningToleranceDay,
    ThresholdHr,
    ThresholdPower,
    ThresholdSpeed,
    Vo2MaxDay,
)
from garminsync.schemas.readiness import ReadinessSnapshot, StatusEntry
from garminsync.schemas.schedule import PlanItem, ScheduledItem
from garminsync.schemas.sleep import SleepPage, SleepStats
from garminsync.schemas.things import DeviceItem, GearItem, ProfileSettings
from garminsync.schemas.workouts import WorkoutItem
from tests.recorded.finding import Finding

# Whatever form an answer has, one of these names its values.
SCHEMAS: dict[str, tuple[type[GarminModel], ...]] = {
    "daily": (DailyFlat, DailyNested),
    "sleep": (SleepStats, SleepPage),
    "hrv": (HrvNight,),
    "weight": (WeighInItem,),
    "blood_pressure": (BloodPressureItem,),
    "hydration": (HydrationDay,),
    "training_readiness": (ReadinessSnapshot,),
    "training_status": (StatusEntry,),
    "endurance_score": (EnduranceScoreDay,),
    "hill_score": (HillScoreDay,),
    "running_tolerance": (RunningToleranceDay,),
    "vo2max": (Vo2MaxDay,),
    "race_predictions": (RacePredictionDay,),
    "fitness_age": (FitnessAgeDay,),
    "lactate_threshold_speed": (ThresholdSpeed,),
    "lactate_threshold_hr": (ThresholdHr,),
    "ftp": (ThresholdPower,),
    "menstrual_cycle": (Cycle,),
    "activities": (ActivityItem,),
    "workouts": (WorkoutItem,),
    "schedule": (ScheduledItem,),
    "profile": (ProfileSettings,),
    "devices": (DeviceItem,),
    "gear": (GearItem,),
    "personal_records": (RecordItem,),
    "goals_active": (GoalItem,),
    "goals_past": (GoalItem,),
    "badges": (BadgeItem,),
    "training_plans": (PlanItem,),
}
# Other addresses that give the same as a source.
SAME_AS = {
    "/sleep-service/sleep/dailySleepData": "sleep_page",
    "/mobile-gateway/usersummary/trainingstatus/monthly/DATE/DATE": "training_status",
    "/mobile-gateway/usersummary/trainingstatus/latest/DATE": "training_status",
}
# What a day without data, or without a night, may carry all the same.
ALONE = {"date", "step_goal", "hydration_goal_ml", "resting_hr_bpm", "sleep_need_s"}
# Fields that are no column: the column they fill.
FILLS = {
    "local_start": "utc_offset_s",
    "local_time": "utc_offset_s",
    "sleep_need_min": "sleep_need_s",
    "weight_g": "weight_kg",
    "threshold_speed_10mps": "lactate_threshold_speed_mps",
}
# How many of the column's unit one of Garmin's is.
TIMES = {"weight_g": 0.001, "threshold_speed_10mps": 10, "sleep_need_min": 60}
# What a column holds that no field fills by itself, and what 0 stands for nothing in.
COMPUTED: dict[str, set[str]] = {
    "personal_records": {"name", "unit", "utc_offset_s"},
    "badges": {"activity_id"},
    "workouts": set(),
}
ZERO_IS_NOTHING = {"max_distance_m", "max_duration_s", "activity_id", "estimated_distance_m", "pool_length_m"}
# The place of a row among those of its day, which no answer has.
PLACE = "index"
DAY = r"/(DATE|\d{4}-\d\d-\d\d)"
BLANKS = {"start": DAY, "end": DAY, "name": "(/[^/]+)?", "id": "/[^/]+", "key": "/[^/]+"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """What reads the answers of one address."""

    dataset: Dataset
    source: str
    parts: Callable[[Any], Iterable[Any]]
    of_days: Source | None = None


def reader_of(folder: str, datasets: Iterable[Dataset]) -> Reader | None:
    """The reader for a folder's answers: its name is their path, `/` written `__`."""
    path = "/" + folder.replace("__", "/")
    for dataset in datasets:
        if isinstance(dataset, DayDataset):
            for source in dataset.sources:
                if _fits(source.path, path) or SAME_AS.get(path) == source.name:
                    return Reader(dataset, source.name, source.parts, source)
        elif isinstance(dataset, ListDataset | FileDataset) and _fits(dataset.path, path):
            return Reader(dataset, dataset.name, _items)
        elif isinstance(dataset, SnapshotDataset) and _fits(dataset.path, path):
            return Reader(dataset, dataset.name, partial(items_of, names=("trainingPlanList",)))
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
        key = _key_of(reader, part)
        if key == "None":
            finding.problems.append(f"item {index} has no date")
            continue
        kept_as = [part] if reader.of_days and reader.of_days.many else part
        made = reader.dataset.make(key, {reader.source: write_json(kept_as)})
        notes = made.notes.get(reader.source, [])
        row = next(iter(made.rows_of(reader.dataset.tables[0].model)), None)
        owned = reader.dataset.tables[0].owned_by(key) if row else {}
        kept, lost = _compared(reader.dataset, part, owned, row, notes)
        finding.rows += row is not None
        finding.kept += kept
        finding.lost += [where + one for one in lost]
        finding.problems += [where + note for note in notes]
    return finding


def _key_of(reader: Reader, part: Any) -> str:
    dataset = reader.dataset
    if reader.of_days:
        return str(reader.of_days.day(part))
    return str(part.get(dataset.id_name, "")) if isinstance(dataset, ListDataset) and isinstance(part, dict) else ""


def _compared(
    dataset: Dataset, part: Any, owned: dict[str, Any], row: dict[str, Any] | None, notes: list[str]
) -> tuple[int, list[str]]:
    assert isinstance(dataset, DayDataset | ListDataset | SnapshotDataset)
    if not isinstance(part, dict) or (row is None and notes):
        return 0, [] if notes else [f"{part!r:.60} without a reason"]
    expected, fields = _expected(dataset, part)
    expected = {**owned, **expected}
    if row is None:
        return 0, [f"{column}: {value!r:.60}" for column, value in expected.items() if column not in ALONE]
    told = {field for field in fields.values() if any(note.startswith(f"{field}:") for note in notes)}
    right = [column for column, value in expected.items() if _same(row.get(column), value)]
    lost = [
        f"{column}: {row.get(column)!r:.60}, not {value!r:.60}"
        for column, value in expected.items()
        if column not in right and not (fields.get(column) in told and row.get(column) is None)
    ]
    expected |= dict.fromkeys(COMPUTED.get(dataset.name, ()))
    made_up = [c for c, value in row.items() if value not in (None, "") and c not in expected and c != PLACE]
    return len(right), lost + [f"{column}: {row[column]!r:.60}, which the answer does not have" for column in made_up]


def _expected(
    dataset: DayDataset | ListDataset | SnapshotDataset, part: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The sound values of a part by column, and the fields that fill these columns."""
    schemas = SCHEMAS[dataset.name]
    found = max((dict(_values(schema, part)) for schema in schemas), key=len)
    columns = {column.attname: column for column in dataset.tables[0].model._meta.concrete_fields}
    names = ("local_time", "time") if "time" in columns else ("local_start", "start_time")
    local, start = (_or_as_it_is(_instant, found.pop(name, (None, ""))[0]) for name in names)
    expected: dict[str, Any] = {}
    if isinstance(start, datetime) and isinstance(local, datetime):
        offset = round((local - start).total_seconds())
        expected["utc_offset_s"] = offset if abs(offset) <= 15 * 3600 else None
    if names[1] in columns:
        expected[names[1]] = start
    fields = {FILLS.get(field, field): field for field in (*found, "start_time", "local_start", "time", "local_time")}
    for field, (raw, name) in found.items():
        if FILLS.get(field, field) not in columns and dataset.name in COMPUTED:
            continue
        column = columns[FILLS.get(field, field)]
        value = _or_as_it_is(partial(_sound, column), raw)
        if isinstance(value, int | float) and not isinstance(value, bool):
            thousandths = name.endswith("InMillis") or field.endswith("_kg")
            value = value / 1000 if thousandths else value * TIMES.get(field, 1)
            value = None if value == 0 and column.attname in ZERO_IS_NOTHING else value
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
