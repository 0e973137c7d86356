"""Answers taken apart, as many datasets need it: into days, each with the date it belongs to; into items; into
entries, whether Garmin gives them as a list, as an object by device or by date, or alone."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from garminsync.schemas.answers import NotUnderstood, alone, held, under
from garminsync.schemas.values import SENTINELS, calendar_day

type Day = Callable[[Any], date | None]
type Parts = Callable[[Any], Iterator[Any]]


def whole(answer: Any) -> Iterator[Any]:
    if not isinstance(answer, dict | list | None):
        raise NotUnderstood("an answer that is no object")
    yield from (part for part in held(answer) if not is_blank(part, zeros=True))


def listed(key: str) -> Parts:
    """What is held under `key`, or by the answer itself where it is a list or the thing alone."""

    def parts(answer: Any) -> Iterator[Any]:
        found = under(answer, key)
        if not isinstance(found, list | dict | None):
            raise NotUnderstood(f"an answer without {key!r}")
        things = held(found)
        if things == [answer] and day_of(answer) is None:
            raise NotUnderstood(f"an answer without {key!r}")
        yield from things

    return parts


def within(outer: str, inner: str, day: str, last: str = "") -> Parts:
    """The things held under `inner` in each of the summaries held under `outer`, or the one measured under `last`
    where that holds none, with the summary's `day`; the answer itself, or its elements, where these are summaries or
    things."""

    def parts(answer: Any) -> Iterator[Any]:
        found = under(answer, outer)
        if not isinstance(found, list | dict | None):
            raise NotUnderstood(f"an answer without {outer!r}")
        for summary in held(found):
            if not isinstance(summary, dict) or inner not in summary:
                yield summary
                continue
            date_told = summary.get(day) or summary.get("calendarDate")
            lasting = summary.get(last)
            for thing in held(summary[inner]) or held(lasting if has_numbers(lasting) else None):
                yield {day: date_told, **thing} if isinstance(thing, dict) else thing

    return parts


def items_of(answer: Any, *names: str) -> list[Any]:
    """What is held by a list, or by one under a name of `names`. Raises NotUnderstood."""
    found = under(answer, *names)
    if not isinstance(found, list | dict | None):
        raise NotUnderstood("an answer that is no list")
    return held(found)


def day_of(part: Any) -> date | None:
    """The day a part belongs to."""
    page = alone(part.get("dailySleepDTO")) if isinstance(part, dict) else None
    return day_at("calendarDate")(page if isinstance(page, dict) else part)


def day_at(*names: str) -> Day:
    """The day that stands under the first of these names that holds one."""

    def day(part: Any) -> date | None:
        for name in names if isinstance(part, dict) else ():
            try:
                return calendar_day(part.get(name))
            except (ValueError, OverflowError, OSError):
                continue
        return None

    return day


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

ERRORS = {"error", "errors"}


def is_blank(value: Any, *, zeros: bool = False) -> bool:
    """An entry for a day without data may have all of its keys; the page of one also `zeros` and false."""
    match value:
        case dict():
            told = {name: inner for name, inner in value.items() if not name.endswith(IDS)}
            return not told.keys() & ERRORS and all(is_blank(inner, zeros=zeros) for inner in told.values())
        case list():
            return all(is_blank(inner, zeros=zeros) for inner in value)
    return value is None or (zeros and value in (0, False))


def has_numbers(value: Any) -> bool:
    """Whether there is anything measured in it."""
    match value:
        case dict():
            return any(has_numbers(inner) for name, inner in value.items() if not name.endswith(IDS))
        case list():
            return any(map(has_numbers, value))
    return isinstance(value, int | float) and not isinstance(value, bool) and value not in SENTINELS
