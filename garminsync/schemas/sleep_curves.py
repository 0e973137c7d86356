"""The curves of a night: lists of the page of a night, and how they become columns."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from garminsync.schemas.answers import held
from garminsync.schemas.values import Instant

type Entry = Mapping[str, Any]
type Span = tuple[datetime, datetime | None, Any]

INSTANT = TypeAdapter(Instant)
UNMEASURABLE = "unmeasurable"


@dataclass(frozen=True)
class NightSeries:
    """`offset_s` counts from `start`, whole seconds; a span has its `duration_s`."""

    name: str
    start: datetime
    columns: dict[str, list[Any]]


@dataclass(frozen=True)
class Curve:
    """A list of the page: `key` is its name, `value` and `start` those in its entries, spans have an `end`. A value
    below `low` says that there is no reading."""

    name: str
    column: str
    key: str
    value: str = "value"
    start: str = "startGMT"
    end: str = ""
    low: float = 0
    high: float = 1000

    def read(self, told: Any) -> float | int | None:
        """Raises ValueError for what is neither a reading nor its absence."""
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float) or told > self.high or math.isnan(told):
            raise ValueError("is no reading")
        if told < self.low:
            return None
        return int(told) if float(told).is_integer() else round(told, 3)


CURVES = (
    Curve("movement", "movement", "sleepMovement", value="activityLevel"),
    Curve("heart_rate", "heart_rate_bpm", "sleepHeartRate", low=1, high=254),
    Curve("stress", "stress", "sleepStress", high=100),
    Curve("body_battery", "body_battery", "sleepBodyBattery", high=100),
    Curve("hrv", "hrv_ms", "hrvData"),
    Curve("spo2", "spo2_percent", "wellnessEpochSPO2DataDTOList", "spo2Reading", "epochTimestamp", low=1, high=100),
    Curve(
        "respiration",
        "respiration_per_min",
        "wellnessEpochRespirationDataDTOList",
        value="respirationValue",
        start="startTimeGMT",
        low=0.01,
        high=100,
    ),
    Curve("restless_moments", "restless_moments", "sleepRestlessMoments"),
    Curve("breathing_disruption", "breathing_disruption", "breathingDisruptionData", end="endGMT"),
)


def entries(value: Any) -> list[Entry]:
    """Those of a list, whatever stands in its place."""
    return [entry for inner in held(value) for entry in held(inner) if entry and isinstance(entry, dict)]


def read_curve(page: Entry, curve: Curve, notes: list[str]) -> Iterator[NightSeries]:
    rows, strange = [], 0
    for start, entry in timed(page, curve.key, curve.start, notes):
        try:
            value = curve.read(entry.get(curve.value))
        except ValueError:
            value, strange = None, strange + 1
        rows.append((start, instant_of(entry, curve.end) if curve.end else None, value))
    if strange:
        notes.append(f"{curve.key}: {strange} values that are none")
    if any(value is not None for _, _, value in rows):
        yield from spans(curve.name, curve.column, once(rows), with_end=bool(curve.end))
    elif rows and not any(curve.value in entry for entry in entries(page.get(curve.key))):
        notes.append(f"{curve.key}: {len(rows)} entries without {curve.value}")


def timed(page: Entry, key: str, start: str, notes: list[str]) -> list[tuple[datetime, Entry]]:
    """The entries in the order of their time."""
    found = [(instant_of(entry, start), entry) for entry in entries(page.get(key))]
    if not found and any(held(page.get(key))):
        notes.append(f"{key}: entries that nothing here understands")
    timed = [(time, entry) for time, entry in found if time is not None]
    if len(timed) < len(found):
        notes.append(f"{key}: {len(found) - len(timed)} entries without a time")
    return sorted(timed, key=lambda one: one[0])


def once(rows: Sequence[Span]) -> list[Span]:
    """Of what is told twice of an instant the later, unless it tells less: no reading, or one of no length."""
    found: dict[datetime, Span] = {}
    for row in rows:
        if row[0] not in found or _tells(row) >= _tells(found[row[0]]):
            found[row[0]] = row
    return list(found.values())


def _tells(row: Span) -> tuple[bool, bool]:
    start, end, value = row
    return value not in (None, UNMEASURABLE), end is not None and end > start


def instant_of(entry: Entry, name: str) -> datetime | None:
    try:
        return INSTANT.validate_python(entry.get(name))
    except (ValueError, OverflowError, OSError):
        return None


def spans(name: str, column: str, rows: Sequence[Span], *, with_end: bool = True) -> Iterator[NightSeries]:
    """A series of these, in the order of their time; none of nothing."""
    if rows:
        first = rows[0][0]
        columns: dict[str, list[Any]] = {"offset_s": [_whole(start - first) for start, _, _ in rows]}
        if with_end:
            columns["duration_s"] = [None if end is None else _whole(end - start) for start, end, _ in rows]
        yield NightSeries(name, first, {**columns, column: [value for _, _, value in rows]})


def _whole(length: timedelta) -> int:
    return round(length.total_seconds())
