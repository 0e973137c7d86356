"""Answers taken apart: into days, each with the date it belongs to."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from garminsync.schemas.answers import NotUnderstood, held, under
from garminsync.schemas.values import calendar_day


def whole(answer: Any) -> Iterator[Any]:
    if not isinstance(answer, dict | list | None):
        raise NotUnderstood("an answer that is no object")
    yield from held(answer)


def listed(key: str) -> Callable[[Any], Iterator[Any]]:
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


def within(outer: str, inner: str, day: str) -> Callable[[Any], Iterator[Any]]:
    """The things held under `inner` in each of the summaries held under `outer`, with the summary's `day`;
    the answer itself, or its elements, where these are summaries or things."""

    def parts(answer: Any) -> Iterator[Any]:
        found = under(answer, outer)
        if not isinstance(found, list | dict | None):
            raise NotUnderstood(f"an answer without {outer!r}")
        for summary in held(found):
            if not isinstance(summary, dict) or inner not in summary:
                yield summary
                continue
            date_told = summary.get(day) or summary.get("calendarDate")
            for thing in held(summary[inner]):
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
    page = part.get("dailySleepDTO") if isinstance(part, dict) else None
    return day_at("calendarDate")(page if isinstance(page, dict) else part)


def day_at(*names: str) -> Callable[[Any], date | None]:
    """The day that stands under the first of these names that holds one."""

    def day(part: Any) -> date | None:
        for name in names if isinstance(part, dict) else ():
            try:
                return calendar_day(part.get(name))
            except (ValueError, OverflowError, OSError):
                continue
        return None

    return day
