"""An answer about days, taken apart by the day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from garminsync.datasets import DayDataset, Source
from garminsync.schemas.answers import NotUnderstood, read_json, write_json
from garminsync.sync.drift import Drift
from garminsync.sync.plan import Window
from garminsync.sync.receiving import Received, receive

UNDATED = "undated "
WITHOUT_DATE = "an entry without a date"


def by_content(beginning: str, parts: Iterable[Any]) -> dict[str, Any]:
    """What has no date is kept, too, under a name that does not change from one answer to another."""
    return {f"{beginning}{crc32(write_json(part)):08x}": part for part in parts}


def receive_days(dataset: DayDataset, source: Source, window: Window, drift: Drift, content: bytes) -> Received:
    """What came for the days of this window. Raises NotUnderstood, also when it is about other days."""
    parts: dict[str, list[Any]] = {}
    undated: dict[str, Any] = {}
    for part in source.parts(read_json(content)):
        if (day := source.day(part)) is None:
            undated |= by_content(UNDATED, [part])
        else:
            parts.setdefault(str(day), []).append(part)
    if undated and not parts:
        raise NotUnderstood("an answer without dates")
    if parts and not source.reaches_over and not any(_is_about(window, source, day) for day in parts):
        raise NotUnderstood("Garmin answered for another day")
    wanted = {
        day: _part_of(dataset, source, day, parts[day])
        for day in sorted(parts, reverse=True)
        if window.takes(date.fromisoformat(day), by_hand=source.by_hand)
    }
    received = replace(receive(dataset, source.name, wanted | undated, drift), is_empty=not parts)
    return received.with_notes(source.name, dict.fromkeys(undated, WITHOUT_DATE))


def _is_about(window: Window, source: Source, day: str) -> bool:
    """At the edge of a range something may have its date in one time zone and its place in another."""
    edge = timedelta(days=1) if source.span > 1 else timedelta()
    return window.start - edge <= date.fromisoformat(day) <= window.end + edge


def _part_of(dataset: DayDataset, source: Source, key: str, parts: list[Any]) -> Any:
    """What is kept of a day: of two entries where one belongs the last that holds something."""
    if source.many:
        return parts
    full = [part for part in parts if len(parts) > 1 and dataset.make(key, {source.name: write_json(part)}).rows]
    return (full or parts)[-1]
