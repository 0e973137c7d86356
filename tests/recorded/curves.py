"""The points of a series, from the lists of a recorded page and from the row that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.recorded.places import things, value_at
from tests.recorded.rules import converted, same
from tests.recorded.table import CurvePaths

STAGES = {-1: "unmeasurable", 0: "deep", 1: "light", 2: "rem", 3: "awake"}
# A series counts in whole seconds.
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Point:
    """A value, from when and, of a span, until when."""

    start: datetime
    value: Any
    end: datetime | None = None

    def is_told_by(self, told: "Point") -> bool:
        ends = told.end is None or (self.end is not None and abs(self.end - told.end) <= SECOND)
        return abs(self.start - told.start) <= SECOND and ends and same(self.value, told.value)


def compared(page: Any, curve: CurvePaths, row: Mapping[str, Any] | None, notes: list[str]) -> tuple[int, list[str]]:
    """How many points are kept, and which are lost or made up. The reader's notes tell why a list is left out."""
    told, stored = _told(page, curve), _stored(row, curve) if row else []
    kept = sum(one.is_told_by(other) for one, other in zip(stored, told, strict=False))
    right = kept == len(told) == len(stored)
    excused = any(note.startswith(curve.places.removesuffix("[]")) for note in notes)
    lost = f"{curve.name}: {kept} of {len(told)} points, {len(stored)} in the row"
    return kept, [] if right or excused else [lost]


def _told(page: Any, curve: CurvePaths) -> list[Point]:
    """Of two that begin at one instant the later."""
    found = []
    for _, entry in things(page, curve.places):
        start, end = (converted("time", value_at(entry, path)) for path in (curve.start, curve.end or curve.start))
        value = _reading(page, curve.rule, value_at(entry, curve.value))
        if isinstance(start, datetime) and value is not None:
            found.append(Point(start, value, end if curve.end and isinstance(end, datetime) else None))
    return list({point.start: point for point in sorted(found, key=lambda point: point.start)}.values())


def _reading(page: Any, rule: str, raw: Any) -> Any:
    if raw is None or isinstance(raw, str | bool):
        return None
    if rule == "stage":
        # Watches that know no REM number the depths of being awake.
        without_rem = False in (value_at(page, "remSleepData"), value_at(page, "dailySleepDTO.deviceRemCapable"))
        return "awake" if without_rem and raw == 2 else STAGES.get(raw)
    return round(raw, 3) if raw >= float(rule.removeprefix(">=")) else None


def _stored(row: Mapping[str, Any], curve: CurvePaths) -> list[Point]:
    columns, found = row["columns"], []
    lengths = columns.get("duration_s") or [None] * len(columns["offset_s"])
    for offset, length, value in zip(columns["offset_s"], lengths, columns[curve.column], strict=True):
        start = row["start"] + timedelta(seconds=offset)
        if value is not None:
            found.append(Point(start, value, None if length is None else start + timedelta(seconds=length)))
    return found
