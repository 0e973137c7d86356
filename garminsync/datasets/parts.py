"""Answers taken apart: into days, each with the date it belongs to."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.base import calendar_day


def whole(answer: Any) -> Iterator[Any]:
    if not isinstance(answer, dict | list | None):
        raise NotUnderstood("an answer that is no object")
    yield from [answer] if answer else []


def listed(key: str) -> Callable[[Any], Iterator[Any]]:
    """The list under `key`, or the answer itself where it is one."""

    def parts(answer: Any) -> Iterator[Any]:
        found = answer.get(key, ...) if isinstance(answer, dict) and answer else answer
        if found is ... or not isinstance(found, list | dict | None):
            raise NotUnderstood(f"an answer without {key!r}")
        yield from found if isinstance(found, list) else [found] if found else []

    return parts


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
