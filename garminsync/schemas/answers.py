"""Garmin's JSON as Python values, and a part of it as bytes again."""

import json
import re
from collections.abc import Iterable
from typing import Any

DEEPEST = 100
LARGEST_BYTES = 16 * 1024 * 1024  # a year of the widest range is 1 MB


class NotUnderstood(ValueError):
    """An answer, or a part of one, that is not what this endpoint gives."""


def read_json(content: bytes) -> Any:
    """The answer as Python values; None for an empty one. Raises NotUnderstood."""
    if not content.strip():
        return None
    if len(content) > LARGEST_BYTES:
        raise NotUnderstood(f"Garmin answered with more than {LARGEST_BYTES >> 20} MB of JSON")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        kind = "a web page" if content.lstrip()[:1] == b"<" else "no whole JSON"
        raise NotUnderstood(f"Garmin answered with {kind}") from error
    # No deeper than it has brackets, and most have few.
    if content.count(b"[") + content.count(b"{") > DEEPEST and _is_deep(found):
        raise NotUnderstood(f"Garmin answered with JSON deeper than {DEEPEST} levels")
    return found


def _is_deep(value: Any) -> bool:
    """Deeper than anything that reads it could follow."""
    level = [value]
    for _ in range(DEEPEST):
        level = [one for each in level if isinstance(each, dict | list) for one in _inner(each)]
    return bool(level)


def _inner(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


# What stands in place of an index: a date, a number, a uuid.
names_a_thing = re.compile(r"\d{4}-\d\d-\d\d|\d+|[0-9a-fA-F-]{32,36}", re.ASCII).fullmatch


def held(value: Any) -> list[Any]:
    """What a list holds, what is a list of one object as that object. Garmin may put an object in the list's place:
    one by date, number or id is read as its values, each with the date it stands under if it names none, any other as
    a list of itself."""
    if not isinstance(value, dict):
        return list(map(alone, value)) if isinstance(value, list) else [] if value is None else [value]
    if not value or not all(map(names_a_thing, value)):
        return [value] if value else []
    return [_with_date(name, thing) for name, inner in value.items() for thing in held(inner)]


def _with_date(name: str, thing: Any) -> Any:
    return {"calendarDate": name, **thing} if isinstance(thing, dict) and name.count("-") == 2 else thing


def alone(value: Any) -> Any:
    """An object that came as the only one of a list; everything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) else value


def under(answer: Any, *names: str) -> Any:
    """What stands under the first of these names, also where the answer came as the only one of a list; the answer
    itself where none does."""
    one = alone(answer)
    return next((one[name] for name in names if name in one), answer) if isinstance(one, dict) else answer


def write_json(value: Any) -> bytes:
    """One part of an answer as bytes again, always the same for the same value."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")
