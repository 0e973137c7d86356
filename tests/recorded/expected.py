"""The rows of an answer as the answer itself has them, by the table of its paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from garminsync.datasets import Row
from tests.recorded.places import things, value_at
from tests.recorded.rules import converted, same
from tests.recorded.table import Section


@dataclass
class Expected:
    """A row: its sound values by column, and how Garmin wrote them."""

    section: Section
    values: Row
    raw: Row

    def is_in(self, row: Row) -> bool:
        return all(same(row.get(column), self.values.get(column)) for column in self.section.by)

    def told(self) -> Row:
        """The values that make a row."""
        alone = {one.column for one in self.section.filled if one.alone}
        return {column: value for column, value in self.values.items() if column not in alone}

    def __str__(self) -> str:
        return " ".join(str(self.values.get(column)) for column in self.section.by)


def expected(answer: Any, section: Section) -> Iterator[Expected]:
    """Of several values for one column the first that is there is wanted."""
    for place in section.places:
        for name, thing in things(answer, place):
            found = Expected(section, {}, {})
            for one in section.filled:
                raw = name if one.path == "@name" else value_at(thing, one.path)
                no_value = raw is None or (isinstance(raw, dict | list) and one.rule != "json")
                if no_value or one.column in found.values:
                    continue
                value = converted(one.rule, raw, *(value_at(thing, other) for other in one.others))
                if value is not None:
                    found.values[one.column], found.raw[one.column] = value, raw
            if found.values:
                yield found
