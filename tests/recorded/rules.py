"""How a value of an answer becomes that of a column, and whether a column holds it."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WIDEST_OFFSET_S = 15 * 3600


def _text(raw: Any) -> Any:
    """PostgreSQL takes neither NUL nor half a surrogate pair."""
    return raw.replace("\0", "").encode("utf-8", "ignore").decode() if isinstance(raw, str) else raw


def _instant(raw: Any) -> datetime:
    if isinstance(raw, int | float):
        return EPOCH + timedelta(seconds=raw / 1000 if abs(raw) >= 1e11 else raw)
    parsed = datetime.fromisoformat(raw)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _day(raw: Any) -> date:
    return _instant(raw).date() if isinstance(raw, int) else date.fromisoformat(raw[:10])


def _less(local: Any, gmt: Any) -> int | None:
    """Local time less that of Greenwich in seconds; None where that makes no sense."""
    if gmt is None:
        return None
    seconds = round((_instant(local) - _instant(gmt)).total_seconds())
    return seconds if abs(seconds) <= WIDEST_OFFSET_S else None


def _wall(local: Any, gmt: Any) -> int | None:
    """The same, where midnight means that only the day is known."""
    return None if _instant(local).time() == time() else _less(local, gmt)


def _pool(length: Any, unit: Any) -> Any:
    """In the unit beside it; what is longer than any pool is centimetres."""
    metres = length / 100 if length > 400 else length * 0.9144 if unit == "yard" else length
    return metres or None


def _cm(length: Any, factor: Any) -> Any:
    """In a unit that is so many centimetres."""
    return length * (factor or 100) / 100 or None


def _earned(number: Any, by: Any) -> Any:
    return int(number) if by == "activityId" and int(number) else None


RULES: dict[str, Callable[..., Any]] = {
    "": _text,
    "json": lambda raw: raw,
    "day": _day,
    "time": _instant,
    "less": _less,
    "wall": _wall,
    "/1000": lambda raw: raw / 1000,
    "x10": lambda raw: raw * 10,
    "x60": lambda raw: raw * 60,
    # Garmin writes -1 and -2 where it has no reading,
    "level": lambda raw: None if raw in (-1, -2) else raw,
    # 0 where nothing is set,
    "unset": lambda raw: None if raw == 0 else raw,
    # and a word where there is none.
    "word": lambda raw: None if raw == "null" else raw,
    "pool": _pool,
    "cm": _cm,
    "earned": _earned,
}


def converted(rule: str, raw: Any, *others: Any) -> Any:
    """None for what stands for nothing. What does not convert is itself: only a reason excuses its absence."""
    try:
        value = RULES[rule](raw, *others)
    except (ValueError, TypeError, OverflowError):
        return raw
    return None if value == "" else value


def same(stored: Any, value: Any) -> bool:
    if isinstance(stored, datetime) and isinstance(value, datetime):
        return abs(stored - value) < timedelta(milliseconds=1)
    if isinstance(stored, bool) or isinstance(value, bool):
        return stored is value
    if isinstance(stored, float) or isinstance(value, float):
        found, wanted = _number(stored), _number(value)
        return found is not None and wanted is not None and math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return bool(stored == value) or (isinstance(stored, int | float | str) and str(stored) == str(value))


def _number(value: Any) -> float | None:
    """Garmin may write a number as text."""
    try:
        return float(value)
    except (ValueError, TypeError):
        return None
