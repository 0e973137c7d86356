"""Single values of Garmin's JSON: numbers, texts, days, instants, each within what its column takes."""

import math
import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from garminsync.schemas.answers import alone


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("true and false are no numbers")
    return value


def _whole(value: Any) -> Any:
    """A fraction where a whole number is expected is rounded."""
    value = _no_bool(value)
    return round(value) if isinstance(value, float) and math.isfinite(value) else value


def _clean(value: Any) -> Any:
    """PostgreSQL takes neither NUL nor half a surrogate pair."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


DIGITS_OF_A_DATE = 8  # 20260203; more are a number of seconds or milliseconds


def _instant(value: Any) -> Any:
    """Garmin's four forms of an instant: with T or a blank, with or without Z, seconds or milliseconds."""
    if isinstance(value, str) and value.isdecimal() and len(value) > DIGITS_OF_A_DATE:
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = datetime.fromtimestamp(value / 1000 if abs(value) >= 1e11 else value, UTC)
    elif isinstance(value, str):
        parsed = datetime.fromisoformat(value)
        found = parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    else:
        return value
    if not 1900 <= found.year <= 2200:
        raise ValueError("is no time of our days")
    return found


def calendar_day(value: Any) -> date:
    """Garmin's forms of a day: alone, with a time behind it, or as the milliseconds of its midnight in UTC."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", value, re.ASCII):
        return date.fromisoformat(value[:10])
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10**11 and value % 86_400_000 == 0:
        try:
            return datetime.fromtimestamp(value / 1000, UTC).date()
        except (OverflowError, OSError) as error:
            raise ValueError("is no day") from error
    raise ValueError("is no day")


def _sound(value: Any) -> Any:
    """JSON as any database takes it."""
    match value:
        case dict():
            return {_clean(name): _sound(inner) for name, inner in value.items()}
        case list():
            return [_sound(inner) for inner in value]
        case float():
            return value if math.isfinite(value) else None
    return _clean(value)


def _objects(value: Any) -> Any:
    return [_sound(alone(one)) for one in value] if isinstance(value, list) else value


SENTINELS = (-1, -2)


def _no_sentinel(value: Any) -> Any:
    """Garmin writes -1 and -2 where it has no reading."""
    try:
        return None if float(value) in SENTINELS else value
    except (TypeError, ValueError, OverflowError):
        return value


def unwrapped(value: Any) -> Any:
    """A number, also where V2 wraps it: {"value": number}."""
    value = alone(value)
    return value["value"] if isinstance(value, dict) and "value" in value else value


Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=2**31 - 1)]
Small = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=2**15 - 1)]
Signed = Annotated[int, BeforeValidator(_whole), Field(ge=-(2**15), le=2**15 - 1)]
BigId = Annotated[int, BeforeValidator(_no_bool), Field(ge=1, le=2**63 - 1)]
Number = Annotated[float, BeforeValidator(_no_bool), Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
# What is measured, and what is made of it: heart rates, breath, oxygen, stress, scores. Never below zero.
Reading = Annotated[Annotated[Number, Field(ge=0)] | None, BeforeValidator(_no_sentinel)]
Level = Annotated[Small | None, BeforeValidator(_no_sentinel)]
Points = Annotated[Whole | None, BeforeValidator(_no_sentinel)]
# After it is known to be a number: Garmin may write numbers as text.
Thousandth = AfterValidator(lambda value: value / 1000)
Text = Annotated[str, BeforeValidator(_clean)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Objects = Annotated[list[dict[str, Any]], BeforeValidator(_objects)]
CalendarDate = Annotated[date, BeforeValidator(calendar_day)]


def offset_s(local: datetime | None, gmt: datetime | None) -> int | None:
    """Local time less UTC in seconds, from a pair that Garmin gives; None when it makes no sense."""
    if local is None or gmt is None:
        return None
    seconds = round((local - gmt).total_seconds())
    return seconds if abs(seconds) <= 15 * 3600 else None
