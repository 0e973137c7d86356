"""What a night's page tells within the night: stages, movement, heart rate and more, and the naps of the day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.sleep_curves import (
    CURVES,
    UNMEASURABLE,
    Entry,
    NightSeries,
    Span,
    entries,
    instant_of,
    once,
    read_curve,
    spans,
    timed,
)
from garminsync.schemas.values import CalendarDate, Instant, Whole

STAGES: dict[float, str] = {-1: UNMEASURABLE, 0: "deep", 1: "light", 2: "rem", 3: "awake"}
# Older watches number the depths of being awake.
STAGES_WITHOUT_REM: dict[float, str] = {-1: UNMEASURABLE, 0: "deep", 1: "light", 2: "awake", 3: "awake"}
MANY = 20  # entries that are more than a detail
LEVELS = "sleepLevels"
# The last are made of others.
KNOWN = {LEVELS, "dailyNapDTOS", "wellnessEpochRespirationAveragesList", *(curve.key for curve in CURVES)}


class NapItem(GarminModel):
    """dailyNapDTOS[]: times in UTC, a length in seconds."""

    start_time: Instant | None = at("napStartTimestampGMT")
    end_time: Instant | None = at("napEndTimestampGMT")
    duration_s: Whole | None = at("napTimeSec")


class SleepSheet(GarminModel):
    """wellness-service/wellness/dailySleepData/{name}?date=: the page but for its lists, which may each be null,
    empty or missing."""

    date: CalendarDate = at("dailySleepDTO.calendarDate", default=...)
    end_time: Instant | None = at("dailySleepDTO.sleepEndTimestampGMT")
    has_rem: bool | None = at("remSleepData", "dailySleepDTO.deviceRemCapable")
    naps: Annotated[list[Any], BeforeValidator(entries)] = at("dailySleepDTO.dailyNapDTOS", "dailyNapDTOS", default=[])


def read_sleep_detail(page: Any, notes: list[str]) -> tuple[list[NightSeries], list[NapItem]]:
    """The curves of the night and the naps of its day. What cannot be read is counted in `notes`."""
    sheet = SleepSheet.read(page, notes)
    series = [*_stages(page, sheet, notes), *(one for curve in CURVES for one in read_curve(page, curve, notes))]
    for key, value in page.items():
        if key not in KNOWN and isinstance(value, list) and len(value) >= MANY:
            notes.append(f"{key}: {len(value)} entries that nothing here understands")
    naps = [NapItem.read(nap, notes) for nap in sheet.naps]
    naps = [nap for place, nap in enumerate(naps) if (nap.start_time or nap.duration_s) and nap not in naps[:place]]
    return series, sorted(naps, key=lambda nap: nap.start_time or datetime.min.replace(tzinfo=UTC))


def _stages(page: Entry, sheet: SleepSheet, notes: list[str]) -> Iterator[NightSeries]:
    """Each ends where it says, or else where the next begins; the last with the night."""
    words = STAGES_WITHOUT_REM if sheet.has_rem is False else STAGES
    told: list[Span] = []
    unknown = 0
    for start, level in timed(page, LEVELS, "startGMT", notes):
        number = level.get("activityLevel")
        stage = words.get(number) if isinstance(number, int | float) else None
        unknown += stage is None and number is not None
        told.append((start, instant_of(level, "endGMT"), stage))
    if unknown:
        notes.append(f"{LEVELS}: {unknown} stages that nothing here understands")
    found = once(told)
    following = [*(start for start, _, _ in found[1:]), sheet.end_time]
    rows = [(start, end or then, stage) for (start, end, stage), then in zip(found, following, strict=False)]
    yield from spans("stages", "stage", rows)
