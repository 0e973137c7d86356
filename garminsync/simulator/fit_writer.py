"""A FIT file, message by message, as a watch writes its monitoring: also fields that the SDK has no name for."""

import struct
from datetime import UTC, datetime

from garmin_fit_sdk import CrcCalculator

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
MOST_LOCAL = 16

# Letters of struct, and the base type that says the same in FIT; E is an enum.
BASE_TYPES = {"E": 0x00, "b": 0x01, "B": 0x02, "h": 0x83, "H": 0x84, "i": 0x85, "I": 0x86}

type Layout = tuple[tuple[int, str], ...]
"""Field number and letter of each field; a letter that is repeated is an array."""


def fit_seconds(instant: datetime) -> int:
    return round((instant - EPOCH).total_seconds())


class FitWriter:
    def __init__(self) -> None:
        self._data = bytearray()
        self._local: dict[tuple[int, Layout], tuple[int, struct.Struct]] = {}

    def write(self, number: int, layout: Layout, *values: int) -> None:
        """A message of this global number; its definition goes before the first of its layout."""
        known = self._local.get((number, layout))
        local, packing = known or self._define(number, layout)
        self._data += bytes((local,)) + packing.pack(*values)

    def _define(self, number: int, layout: Layout) -> tuple[int, struct.Struct]:
        if len(self._local) == MOST_LOCAL:
            raise ValueError(f"more than {MOST_LOCAL} layouts")
        local = len(self._local)
        packing = struct.Struct("<" + "".join(letters for _, letters in layout).replace("E", "B"))
        self._data += struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(layout))
        for field, letters in layout:
            size = struct.calcsize("<" + letters.replace("E", "B"))
            self._data += bytes((field, size, BASE_TYPES[letters[0]]))
        self._local[number, layout] = local, packing
        return local, packing

    def close(self) -> bytes:
        head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(self._data), b".FIT")
        made = head + struct.pack("<H", CrcCalculator.calculate_crc(head, 0, len(head))) + bytes(self._data)
        return made + struct.pack("<H", CrcCalculator.calculate_crc(made, 0, len(made)))
