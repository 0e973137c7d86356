"""Places in JSON, written as paths: names with dots between them, `[]` for each element of a list, `*` for any
name, `**` at the end for all that follows, `.` for the answer itself."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that holds no other, with its path; an empty list or object is one, too."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path, value


def things(value: Any, path: str, name: str = "") -> Iterator[tuple[str, Any]]:
    """What stands at the places that fit a path, each with the last name that leads there."""
    yield from _follow(value, _steps(path), name)


def _follow(value: Any, steps: tuple[str, ...], name: str) -> Iterator[tuple[str, Any]]:
    if not steps:
        yield name, value
        return
    first, *rest = steps
    if first == "[]":
        for inner in value if isinstance(value, list) else ():
            yield from _follow(inner, tuple(rest), name)
    elif isinstance(value, dict):
        for inner_name in [*value] if first == "*" else [first] if first in value else []:
            yield from _follow(value[inner_name], tuple(rest), inner_name)


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\[\]|[^.\[\]]+", path))


def value_at(thing: Any, path: str) -> Any:
    """What stands at a path without wildcards; None where there is nothing."""
    return next((found for _, found in things(thing, path)), None)


def joined(place: str, path: str) -> str:
    return path if place == "." else place if path == "." else f"{place}.{path}"


def pattern(path: str) -> str:
    """A regular expression that the paths of leaves fit."""
    return re.escape(path).replace(r"\*\*", ".*").replace(r"\*", r"[^.\[]+")


def may_hold(path: str, known: str) -> bool:
    """Whether the path of an empty or missing object leads to a known path."""
    found, wanted = _steps(path), _steps(known)
    return len(found) < len(wanted) and all(b in (a, "*") for a, b in zip(found, wanted, strict=False))
