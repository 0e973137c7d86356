"""FIT values as columns take them: one number, one text, a time that can be true, degrees."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # an earlier time is a clock that was never set
EARLIEST_S = round((EARLIEST - FIT_EPOCH).total_seconds())
LATEST_S = 2**32 - 1  # what a FIT time can hold
DEGREES_PER_SEMICIRCLE = 180 / 2**31
LARGEST = 1e12
LARGEST_WHOLE = 2**31 - 1  # of an integer column


def finite(value: Any) -> float | None:
    """A number that a column can hold; arrays and words are none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    # The size first: an integer may be too large to become a float.
    return float(value) if abs(value) <= LARGEST and math.isfinite(value) else None


def number(message: Mapping[Any, Any], *names: str) -> float | None:
    """The first of these fields that holds a number."""
    return next((value for name in names if (value := finite(message.get(name))) is not None), None)


def whole(message: Mapping[Any, Any], *names: str) -> int | None:
    """A count."""
    value = number(message, *names)
    return round(value) if value is not None and 0 <= value <= LARGEST_WHOLE else None


def clean(value: Any) -> str:
    return str(value).replace("\0", "").strip()


def text(message: Mapping[Any, Any], *names: str) -> str | None:
    """A word; a number that has no word yet stays that number, as text."""
    for name in names:
        value = message.get(name)
        words = [clean(item) for item in (value if isinstance(value, list) else [value]) if item is not None]
        if word := next(filter(None, words), None):
            return word
    return None


def moment(message: Mapping[Any, Any], *names: str) -> datetime | None:
    """A time in UTC by the device's clock, set or not."""
    seconds = number(message, *names)
    return FIT_EPOCH + timedelta(seconds=seconds) if seconds is not None and 0 <= seconds <= LATEST_S else None


def is_true(time: datetime | None) -> bool:
    """Not so before 1995: the device's clock was not set."""
    return time is not None and time >= EARLIEST


def instant(message: Mapping[Any, Any], *names: str) -> datetime | None:
    """A time in UTC that can be true."""
    return next((time for name in names if is_true(time := moment(message, name))), None)


def degrees(message: Mapping[Any, Any], name: str) -> float | None:
    value = number(message, name)
    return None if value is None or abs(value) > 2**31 else round(value * DEGREES_PER_SEMICIRCLE, 7)


def numbers(message: Mapping[Any, Any], name: str) -> list[float | None]:
    """An array of numbers, each at its place; a single number is an array of one."""
    value = message.get(name)
    return [finite(item) for item in (value if isinstance(value, list) else [value])]


def utc_offset_s(activity: Mapping[Any, Any]) -> int | None:
    """Local time less UTC, from the activity message; None when it makes no sense."""
    local, utc = moment(activity, "local_timestamp"), instant(activity, "timestamp")
    if local is None or utc is None:
        return None
    seconds = round((local - utc).total_seconds())
    return seconds if abs(seconds) <= 15 * 3600 else None
