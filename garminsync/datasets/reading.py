"""What is kept under one key, to rows by model."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Reader, Rows
from garminsync.fit import read_recording
from garminsync.models import (
    ActivityDevice,
    ActivityFile,
    Day,
    Lap,
    Night,
    Series,
    Session,
    Split,
    StrengthSet,
    SwimLength,
    ZoneTime,
)
from garminsync.schemas.base import GarminModel
from garminsync.schemas.daily import read_day
from garminsync.schemas.sleep import SleepPage, SleepStats, read_night


def one(model: type[Model], schema: type[GarminModel]) -> Reader:
    """One row, made by one schema, whatever it holds."""
    return lambda part, notes: {model: [schema.read(part, notes).row()]}


def read_day_rows(part: Any, notes: list[str]) -> Rows:
    row = read_day(part, notes).row()
    if any(value is not None for column, value in row.items() if column not in NO_DATA):
        return {Day: [row]}
    if part.get("includesWellnessData") or len(list(_numbers(part))) >= NUMBERS_OF_A_DAY:
        notes.append("the day has content, but none that is understood")
    return {}


# A day without data may still have some: whose it is, its goals, how long it lasts.
NUMBERS_OF_A_DAY = 12


# A day before the first watch may still carry a goal.
NO_DATA = {"date", "step_goal"}


def read_night_rows(part: Any, notes: list[str]) -> Rows:
    night: SleepStats | SleepPage = read_night(part, notes)
    if night.has_night:
        return {Night: [night.row()]}
    nothing = all(value is None for column, value in night.row().items() if column != "date")
    if nothing and len(list(_numbers(part))) >= NUMBERS_OF_A_NIGHT and not _has_naps(part):
        notes.append("the night has content, but none that is understood")
    return {}


# A day without a night may still have a few: whose it is, how much sleep was needed.
NUMBERS_OF_A_NIGHT = 8


def _has_naps(part: Any) -> bool:
    page = part.get("dailySleepDTO") if isinstance(part, dict) else None
    return any(isinstance(place, dict) and place.get("dailyNapDTOS") for place in (part, page))


def _numbers(part: Any) -> Iterator[int | float]:
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _numbers(inner)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part


def read_recording_rows(content: bytes, notes: list[str]) -> Rows:
    """An activity's file. A file that cannot be read has a row that says so."""
    found = read_recording(content)
    notes += found.problems
    file = {
        "kind": found.kind,
        "status": found.status,
        "start_time": found.start_time,
        "utc_offset_s": found.utc_offset_s,
    }
    samples = {"name": "records", "start": found.samples_start, "columns": found.samples}
    return {
        ActivityFile: [file],
        Session: found.sessions,
        Lap: found.laps,
        Split: found.splits,
        StrengthSet: found.sets,
        SwimLength: found.lengths,
        ZoneTime: found.zones,
        ActivityDevice: found.devices,
        Series: [samples] if found.samples else [],
    }
