"""How much of a file is read: its size alone does not tell what time and memory it takes."""

from collections.abc import Iterable, Mapping
from typing import Any

from garmin_fit_sdk import Profile

MAX_VALUES = 7_000_000  # three days of samples, one a second; the memory they take is what limits them
VALUES_A_MESSAGE = 10  # what a message, or its definition, costs besides its values
VALUES_A_BEAT = 20  # a heart rate of a strap is held on every quarter of a second until the next
LETTERS_A_VALUE = 32
FIELDS_A_VALUE = 128  # so many descriptions of fields are looked through in the time of one value
MAX_COLUMNS = 200
MAX_CELLS = 12_000_000  # of all columns of samples together; empty ones cost, too

HR, FIELD_DESCRIPTION = Profile["mesg_num"]["HR"], Profile["mesg_num"]["FIELD_DESCRIPTION"]


class TooManyValues(Exception):
    """The file holds more values than are read."""


class Limit:
    """Counts what garmin-fit-sdk reads, as it reads it."""

    def __init__(self, values: int | None = None) -> None:
        self.left = MAX_VALUES if values is None else values
        self._developer_fields: dict[int, int] = {}
        self._described: dict[Any, int] = {}

    def spend(self, values: int) -> None:
        self.left -= values
        if self.left < 0:
            raise TooManyValues

    def define(self, definition: Mapping[str, Any]) -> None:
        number, fields = definition["global_mesg_num"], len(definition["developer_field_defs"])
        self._developer_fields[number] = max(fields, self._developer_fields.get(number, 0))
        self.spend(VALUES_A_MESSAGE + definition["num_fields"] + fields)

    def listen(self, number: int, message: Mapping[Any, Any]) -> None:
        values = VALUES_A_MESSAGE + values_of(message.values())
        if fields := self._developer_fields.get(number):
            values += fields * self.values_a_developer_field
        if number == HR:
            values += VALUES_A_BEAT * values_of([message.get("filtered_bpm")])
        if number == FIELD_DESCRIPTION:
            app = message.get("developer_data_index")
            self._described[app] = self._described.get(app, 0) + 1
        self.spend(values)

    @property
    def values_a_developer_field(self) -> int:
        """Each is looked for among all those that its app describes."""
        return 1 + max(self._described.values(), default=0) // FIELDS_A_VALUE


def values_of(values: Iterable[Any]) -> int:
    """Arrays by their items, long texts by their letters."""
    count = 0
    for value in values:
        count += 1
        if isinstance(value, str):
            count += len(value) // LETTERS_A_VALUE
        elif isinstance(value, list | tuple):
            count += len(value)
        elif isinstance(value, dict):
            count += values_of(value.values()) - len(value)  # its fields are counted by the definition
    return count


def columns_for(samples: int) -> int:
    """How many columns of so many samples are read."""
    return min(MAX_COLUMNS, MAX_CELLS // max(samples, 1))
