"""The samples of a sound file, read by columns: all values of a field at once. They are those that `samples_of` makes
of garmin-fit-sdk's messages; where that is not certain, Unusual is raised."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from garminsync.fit.apps import App, Apps, app_of
from garminsync.fit.columns import number_column, seconds_column, text_of
from garminsync.fit.cutting import Batches
from garminsync.fit.definitions import Definition, Field, Unusual
from garminsync.fit.limits import Limit, columns_for
from garminsync.fit.samples import TIME, Samples

AT_ONCE = 4096  # messages; what is made of them in between would fill the memory
VALUES_A_SAMPLE = 3  # less than a message, as its values rest in columns

# Each is the whole of its enhanced form.
ENHANCED = {name: f"enhanced_{name}" for name in ("altitude", "respiration_rate", "speed")}

type Column = list[Any]
type Items = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Slot:
    """One field of a message: how it is packed, in how many items, and what makes a column of them; None where all
    are invalid."""

    code: str
    width: int
    make: Callable[[Items], Column | None]
    name: str = ""
    app: App | None = None
    is_developer: bool = False
    is_expanded: bool = False


class Bulk:
    """Gathers the samples of batches of records."""

    def __init__(self, apps: Apps, limit: Limit) -> None:
        self.apps = apps
        self.limit = limit
        self.samples = Samples()
        self.slots: dict[bytes, list[Slot]] = {}

    def read(self, batches: Batches) -> Samples:
        for definition, messages in batches:
            step = definition.size * AT_ONCE
            for at in range(0, len(messages), step):
                self._add(definition, bytes(messages[at : at + step]))
        for column in (*self.samples.fields.values(), *self.samples.apps.values()):
            self._extend(column, [], len(self.samples.seconds))
        return self.samples

    def _add(self, definition: Definition, messages: bytes) -> None:
        if definition.raw not in self.slots:
            self.slots[definition.raw] = _slots(definition, self.apps)
        slots = self.slots[definition.raw]
        values = definition.values + sum(self._values_of(slot) for slot in slots if slot.is_developer)
        self.limit.spend(len(messages) // definition.size * (VALUES_A_SAMPLE + values))
        layout = struct.Struct(definition.order + "x" + "".join(slot.code for slot in slots))
        items = list(zip(*layout.iter_unpack(messages), strict=True))
        before, count, at = len(self.samples.seconds), len(messages) // definition.size, 0
        times: Column = [None] * count
        fields: dict[str, Column] = {}
        expanded: dict[str, Column] = {}
        for slot in slots:
            column = slot.make(items[at : at + slot.width]) if slot.width else None
            at += slot.width
            if column is None:
                continue
            if slot.app:
                self._extend(self.samples.apps.setdefault(slot.app.key, []), column, before)
            elif slot.name == TIME:
                times = column
            else:
                (expanded if slot.is_expanded else fields)[slot.name] = column
        for name, column in expanded.items():
            own = fields.get(name)
            fields[name] = [own[i] if value is None else value for i, value in enumerate(column)] if own else column
        for name, column in fields.items():
            self._extend(self.samples.fields.setdefault(name, []), column, before)
        self.samples.seconds += times
        if len(self.samples.fields) + len(self.samples.apps) > columns_for(len(self.samples.seconds)):
            raise Unusual  # some have to be left out

    def _values_of(self, slot: Slot) -> int:
        return self.limit.values_a_developer_field + (slot.width if slot.width > 1 else 0)

    def _extend(self, column: Column, values: Column, before: int) -> None:
        column += [None] * (before - len(column))
        column += values


def _slots(definition: Definition, apps: Apps) -> list[Slot]:
    developer = [app_of(apps, told) for told in definition.developer]
    if len({app.key for app in developer if app}) < sum(app is not None for app in developer):
        raise Unusual
    return [_slot(field) for field in definition.fields] + [
        Slot(app.code, app.width, app.values, app=app, is_developer=True)
        if app
        else Slot(f"{size}x", 0, _nothing, is_developer=True)
        for app, (_, size, _) in zip(developer, definition.developer, strict=True)
    ]


def _slot(field: Field) -> Slot:
    known = field.profile
    if not known:
        return Slot(f"{field.size}x", 0, _nothing)
    name, is_expanded = field.name, known["has_components"]
    if field.is_wrong_array or known["sub_fields"] or (known["is_accumulated"] and not field.is_whole_number):
        raise Unusual
    if is_expanded:
        if name not in ENHANCED or not field.is_of_its_type or not field.is_whole_number:
            raise Unusual
        name = ENHANCED[name]
    if field.is_text:
        return Slot(field.code, 1, lambda items: _empty(items[0], any(map(text_of, items[0]))), name)
    if field.count > 1:
        return Slot(field.code, field.count, lambda items: _empty(items[0], _is_any(items, field.invalid)), name)
    make = seconds_column(field) if name == TIME else number_column(field)
    return Slot(field.code, 1, lambda items: make(items[0]), name, is_expanded=is_expanded)


def _nothing(items: Items) -> None:
    return None


def _empty(items: Sequence[Any], is_filled: bool) -> Column | None:
    """No text and no array is a number, but a field that is there keeps others from its name."""
    return [None] * len(items) if is_filled else None


def _is_any(items: Items, invalid: Any) -> bool:
    return any(item != invalid for column in items for item in column)
