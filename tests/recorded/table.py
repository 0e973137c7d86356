"""The tables of `paths/`: which value of a recorded answer fills which column. Written by hand from reading the
recordings, never from the readers that they check.

    for NAME...                              the payloads whose answers these are
    rows MODEL by COLUMN... [at PLACE...]    a row for each of these places, told apart by these columns
    PATH COLUMN [RULE [PATH...]] [alone]     a value beneath the place, and the rule by which it fills the column;
                                             of several for one column the first that is there
                                             `alone`: it makes no row by itself; `@name`: the name of the place
    PATH -                                   a value without a column
    made COLUMN                              a column that no single value fills
    curve NAME COLUMN LIST TIME VALUE RULE [END]    the points of a series
    elsewhere                                from here on whole paths of values without a column

A value without a column rests in the payload, or, where it stands beside the entries that are kept, nowhere.
`places.py` says how paths are written, `rules.py` what the rules mean.
"""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.recorded.places import joined, may_hold, pattern

FOLDER = Path(__file__).parent / "paths"


@dataclass(frozen=True)
class Filled:
    """A value, and the column that it fills."""

    path: str
    column: str
    rule: str = ""
    others: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Section:
    """The rows of a model."""

    model: str
    by: tuple[str, ...]
    places: tuple[str, ...]
    filled: list[Filled] = field(default_factory=list)
    made: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class CurvePaths:
    name: str
    column: str
    places: str
    start: str
    value: str
    rule: str
    end: str = ""


@dataclass
class PathTable:
    payloads: tuple[str, ...] = ()
    sections: list[Section] = field(default_factory=list)
    curves: list[CurvePaths] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return re.compile("|".join(map(pattern, self.known)))

    def knows(self, path: str, value: Any) -> bool:
        """Whether this table names a leaf, with a column or without."""
        if self._known.fullmatch(path):
            return True
        return value in (None, [], {}) and any(may_hold(path, known) for known in self.known)


@cache
def tables() -> dict[str, PathTable]:
    """By the name of the payload."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.txt"))]
    return {name: table for table in found for name in table.payloads}


def _read(path: Path) -> PathTable:
    table, section, elsewhere = PathTable(), Section("", (), ()), False
    for line in path.read_text(encoding="ascii").splitlines():
        match line.partition("#")[0].split():
            case []:
                pass
            case ["for", *names]:
                table.payloads = tuple(names)
            case ["elsewhere"]:
                elsewhere = True
            case [known] if elsewhere:
                table.known.append(known)
            case ["rows", model, "by", *rest]:
                by, places = (rest[: rest.index("at")], rest[rest.index("at") + 1 :]) if "at" in rest else (rest, ["."])
                section = Section(model, tuple(by), tuple(places))
                table.sections.append(section)
            case ["curve", name, *rest]:
                curve = CurvePaths(name, *rest)
                table.curves.append(curve)
                inner = (curve.start, curve.value, curve.end)
                table.known += [joined(curve.places, one) for one in inner if one]
            case ["made", column]:
                section.made.add(column)
            case [value, column, *rule]:
                *rule, alone = [*rule, ""] if rule[-1:] != ["alone"] else rule
                one = Filled(value, column, rule[0] if rule else "", tuple(rule[1:]), bool(alone))
                if column != "-":
                    section.filled.append(one)
                below = ["", "[]", ".**", "[].**"] if one.rule == "json" else [""]
                table.known += [joined(place, value) + end for place in section.places for end in below]
            case other:
                raise ValueError(f"{path.name}: {' '.join(other)}")
    return table
