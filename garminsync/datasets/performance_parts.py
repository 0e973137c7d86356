"""Answers about performance taken apart. Garmin gives the same thing as a list, as an object by device or by
date, or alone: no form loses an entry."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from garminsync.datasets.parts import day_at, day_of
from garminsync.schemas.answers import NotUnderstood, alone, held, under
from garminsync.schemas.values import calendar_day

type Day = Callable[[Any], date | None]
type Parts = Callable[[Any], Iterator[Any]]


def entries(*names: str, day: Day = day_of) -> Parts:
    """The entries under the first of these names that is there, or the answer's own."""

    def parts(answer: Any) -> Iterator[Any]:
        if not isinstance(answer, dict | list | None):
            raise NotUnderstood("an answer that is neither list nor object")
        inner = under(answer, *names)
        found = list(flat(inner, day))
        if isinstance(answer, dict) and inner is answer and found and not any(map(day, found)):
            raise NotUnderstood("an answer without dates")
        yield from found

    return parts


def flat(value: Any, day: Day = day_of) -> Iterator[Any]:
    """What a list, or an object by device or by date, holds; nothing for what is blank."""
    things = held(value)
    if things != [value]:
        for inner in things:
            yield from flat(inner, day)
    elif isinstance(value, dict) and day(value) is None and all(isinstance(v, NESTED) for v in value.values()):
        yield from flat(list(value.values()), day)
    elif not is_blank(value):
        yield value


NESTED = (dict, list, type(None))
IDS = ("Id", "Pk", "PK", "version", "timestamp", "timestampGMT", "date", "Category")


def is_blank(value: Any) -> bool:
    """An entry for a day without data may have all of its keys."""
    match value:
        case dict():
            return all(name.endswith(IDS) or is_blank(inner) for name, inner in value.items())
        case list():
            return all(map(is_blank, value))
    return value is None


def has_numbers(value: Any) -> bool:
    """Whether there is anything measured in it."""
    match value:
        case dict():
            return any(has_numbers(inner) for name, inner in value.items() if not name.endswith(IDS))
        case list():
            return any(map(has_numbers, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


cycle_day = day_at("startDate", "calendarDate")

MAXMET = ("generic", "cycling", "heatAltitudeAcclimation")


def maxmet_day(part: Any) -> date | None:
    """The answer has no date of its own, but each of its three objects has."""
    dates = (day_of(alone(part.get(name))) for name in MAXMET) if isinstance(part, dict) else ()
    return next((found for found in dates if found is not None), None)


def maxmets(answer: Any) -> Iterator[Any]:
    """Each object under its own day: one may be older than its neighbour."""
    for part in entries(day=maxmet_day)(answer):
        first = maxmet_day(part)
        if first is None:
            yield part
            continue
        dates = {name: day_of(alone(part.get(name))) or first for name in MAXMET}
        for day in sorted(set(dates.values())):
            yield {name: inner for name, inner in part.items() if dates.get(name, day) == day}


def cycles(answer: Any) -> Iterator[Any]:
    """Each cycle, and each day that the calendar's other lists name, with the names of these lists."""
    yield from entries("cycleSummaries", day=cycle_day)(answer)
    calendar = next(iter(held(answer)), None)
    logged: dict[date, list[str]] = {}
    for name, days in calendar.items() if isinstance(calendar, dict) and "cycleSummaries" in calendar else ():
        for one in held(days) if name != "cycleSummaries" and held(days) != [days] else ():
            try:
                logged.setdefault(calendar_day(one), []).append(name)
            except ValueError:
                yield {name: one}
    for day, names in sorted(logged.items()):
        yield {"calendarDate": str(day), "logged": sorted(set(names))}
