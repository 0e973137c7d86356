"""The messages of a monitoring file. Field 3 of a stress message is the body battery: no public profile names it."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache, partial
from typing import NamedTuple

from .day_curves import RUNNING, WALKING, Counted, Curves, curves
from .day_part import DayPart
from .days import Day
from .fit_writer import Layout, fit_seconds

MONITORING, MONITORING_INFO, HEART_DATA, STRESS, OXYGEN, BREATHS = 55, 103, 211, 227, 269, 297
INFO_LAYOUT: Layout = ((253, "I"), (0, "I"), (1, "EE"), (3, "HH"), (5, "H"))
COUNT_LAYOUT: Layout = ((3, "I"), (26, "H"), (24, "B"))
TOTAL_LAYOUT: Layout = ((253, "I"), (3, "I"), (4, "I"), (19, "H"), (29, "H"), (5, "E"))
HEART_LAYOUT: Layout = ((26, "H"), (27, "B"))
RESTING_LAYOUT: Layout = ((253, "I"), (0, "B"), (1, "B"))
STRESS_LAYOUT: Layout = ((1, "I"), (0, "h"), (3, "b"))
BREATHS_LAYOUT: Layout = ((253, "I"), (0, "h"))
OXYGEN_LAYOUT: Layout = ((253, "I"), (0, "B"), (1, "B"), (2, "E"))
CYCLES_TO_DISTANCE = (7560, 9720)  # 1.512 m of a double step, walking, and 1.944 m running, 5000 to the metre
MODERATE, CONTINUOUS = 3 << 5, 2


class Line(NamedTuple):
    """A message: when, where among those of the same second, its global number, its fields and their values."""

    at: datetime
    order: int
    number: int
    layout: Layout
    values: tuple[int, ...]


CLOCK, READING, COUNT = range(3)


def clock_lines(zone: tzinfo, start: datetime, end: datetime) -> Iterator[Line]:
    """The local time, at the beginning of the file and whenever the clocks have changed."""
    at, told = start, None
    while at < end:
        offset = at.astimezone(zone).utcoffset() or timedelta()
        if offset != told:
            local = fit_seconds(at + offset)
            values = (fit_seconds(at), local, WALKING, RUNNING, *CYCLES_TO_DISTANCE, 1800)
            yield Line(at, CLOCK, MONITORING_INFO, INFO_LAYOUT, values)
            told = offset
        at += timedelta(hours=1)


@lru_cache(maxsize=256)
def day_lines(part: DayPart) -> tuple[Line, ...]:
    found = curves(part)
    return (*map(partial(_count, part), found.steps), *_readings(part.day, found))


def _count(part: DayPart, counted: Counted) -> Line:
    """Double steps, in half ones. At midnight the watch closes the day with its totals."""
    time = fit_seconds(counted.at)
    if counted.at < part.end:
        packed = counted.kind | MODERATE
        return Line(counted.at, COUNT, MONITORING, COUNT_LAYOUT, (counted.steps, time & 0xFFFF, packed))
    minutes = round((part.end - part.start) / timedelta(minutes=1))
    values = (time, counted.steps, counted.steps * 500, 0, minutes, counted.kind)
    return Line(counted.at, COUNT, MONITORING, TOTAL_LAYOUT, values)


def _readings(day: Day, found: Curves) -> Iterator[Line]:
    for at, rate in found.heart:
        yield Line(at, READING, MONITORING, HEART_LAYOUT, (fit_seconds(at) & 0xFFFF, rate))
    for (at, level), (_, battery) in zip(found.stress, found.battery, strict=True):
        yield Line(at, READING, STRESS, STRESS_LAYOUT, (fit_seconds(at), level, battery))
    for at, rate in found.breaths:
        yield Line(at, READING, BREATHS, BREATHS_LAYOUT, (fit_seconds(at), rate))
    for at, percent in found.oxygen:
        yield Line(at, READING, OXYGEN, OXYGEN_LAYOUT, (fit_seconds(at), percent, 3, CONTINUOUS))
    at = found.heart[-1][0]
    rates = (fit_seconds(at), day.week_resting_hr, day.resting_hr)
    yield Line(at, READING, HEART_DATA, RESTING_LAYOUT, rates)
