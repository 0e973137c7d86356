"""What a definition in a FIT file says of the messages that follow it."""

import struct
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from garmin_fit_sdk import Profile
from garmin_fit_sdk.fit import BASE_TYPE, BASE_TYPE_DEFINITIONS, BASE_TYPE_MASK

from garminsync.fit.limits import LETTERS_A_VALUE

DEVELOPER_DATA = 0x20
STRING = BASE_TYPE["STRING"]
FLOATS = {BASE_TYPE["FLOAT32"], BASE_TYPE["FLOAT64"]}


class Unusual(Exception):
    """The file is left to garmin-fit-sdk, which knows what to do with it."""


@dataclass(frozen=True)
class Field:
    """`profile` is what garmin-fit-sdk knows of it, empty for a field that nobody knows; `count` its values."""

    number: int
    size: int
    base: int
    count: int
    profile: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.profile.get("name", ""))

    @property
    def code(self) -> str:
        """As struct has it."""
        return f"{self.count}{BASE_TYPE_DEFINITIONS[self.base]['type_code']}"

    @property
    def invalid(self) -> Any:
        return BASE_TYPE_DEFINITIONS[self.base]["invalid"]

    @property
    def is_text(self) -> bool:
        return self.base == STRING

    @property
    def is_whole_number(self) -> bool:
        return self.count == 1 and not self.is_text and self.base not in FLOATS

    @property
    def is_of_its_type(self) -> bool:
        """As FIT says that the field has to be."""
        return bool(self.profile) and self.base == BASE_TYPE[self.profile["base_type"].upper()]

    @cached_property
    def is_plain(self) -> bool:
        """Neither made of other fields nor what others are made of; a single number where FIT has one."""
        known = self.profile
        return not known or not (
            known["has_components"] or known["is_accumulated"] or known["sub_fields"] or self.is_wrong_array
        )

    @property
    def values(self) -> int:
        """The most that it counts for the limit; a number that others are made of may stand under a second name."""
        if self.is_text:
            return 1 + self.size // LETTERS_A_VALUE
        return 1 + (self.count if self.count > 1 else 0) + bool(self.profile and self.profile["has_components"])

    @property
    def is_wrong_array(self) -> bool:
        return bool(self.profile and self.profile["array"] == "false" and self.count > 1 and not self.is_text)


@dataclass(frozen=True)
class Definition:
    """`developer` are fields of apps: number, size and the app's index. Messages have `size` bytes."""

    raw: bytes
    order: str
    number: int
    fields: tuple[Field, ...]
    developer: tuple[tuple[int, int, int], ...]

    @cached_property
    def size(self) -> int:
        return 1 + sum(field.size for field in self.fields) + sum(size for _, size, _ in self.developer)

    @cached_property
    def is_plain(self) -> bool:
        return all(field.is_plain for field in self.fields)

    @cached_property
    def values(self) -> int:
        """The most that a message of its kind can hold, but for fields of apps."""
        return sum(field.values for field in self.fields)


def definition_at(data: bytes, at: int) -> Definition:
    """The definition that begins there; the caller has made sure that there is data to the end of the file."""
    try:
        order = ">" if data[at + 2] else "<"
        (number,) = struct.unpack_from(f"{order}H", data, at + 3)
        triples, end = _triples(data, at + 5)
        developer, end = _triples(data, end) if data[at] & DEVELOPER_DATA else ([], end)
    except (IndexError, struct.error) as error:
        raise Unusual from error
    fields = tuple(_field(number, *triple) for triple in triples)
    if len({field.number for field in fields}) < len(fields):
        raise Unusual
    return Definition(data[at:end], order, number, fields, tuple(developer))


@lru_cache(maxsize=2048)
def _field(kind: int, number: int, size: int, base: int) -> Field:
    base &= BASE_TYPE_MASK
    if not size or base not in BASE_TYPE_DEFINITIONS:
        raise Unusual
    if size % BASE_TYPE_DEFINITIONS[base]["size"]:
        base = BASE_TYPE["UINT8"]
    known = Profile["messages"].get(kind, {}).get("fields", {})
    return Field(number, size, base, size // BASE_TYPE_DEFINITIONS[base]["size"], known.get(number, {}))


def _triples(data: bytes, at: int) -> tuple[list[tuple[int, int, int]], int]:
    end = at + 1 + 3 * data[at]
    return [(data[i], data[i + 1], data[i + 2]) for i in range(at + 1, end, 3)], end
