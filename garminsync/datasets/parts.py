"""Answers taken apart, and what their parts come to."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from garminsync.schemas.base import NotUnderstood, calendar_day
from garminsync.schemas.daily import read_day
from garminsync.schemas.sleep import SleepPage, SleepStats, read_night


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
        yield from found if isinstance(found, list) else []

    return parts


def day_of(part: Any) -> date | None:
    """The day a part belongs to."""
    page = part.get("dailySleepDTO") if isinstance(part, dict) else None
    found = (page if isinstance(page, dict) else part).get("calendarDate") if isinstance(part, dict) else None
    try:
        return calendar_day(found)
    except (ValueError, OverflowError, OSError):
        return None


def day_row(part: Any, notes: list[str]) -> dict[str, Any] | None:
    row = read_day(part, notes).row()
    if any(value is not None for column, value in row.items() if column not in NO_DATA):
        return row
    if part.get("includesWellnessData"):
        notes.append("the day has content, but none that is understood")
    return None


# A day before the first watch may still carry a goal.
NO_DATA = {"date", "step_goal"}


def night_row(part: Any, notes: list[str]) -> dict[str, Any] | None:
    night: SleepStats | SleepPage = read_night(part, notes)
    if night.has_night:
        return night.row()
    nothing = all(value is None for column, value in night.row().items() if column != "date")
    if nothing and len(list(_numbers(part))) >= NUMBERS_OF_A_NIGHT:
        notes.append("the night has content, but none that is understood")
    return None


# A day without a night may still have a few: whose it is, how much sleep was needed.
NUMBERS_OF_A_NIGHT = 8


def _numbers(part: Any) -> Iterator[int | float]:
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _numbers(inner)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part
