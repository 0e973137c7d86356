"""The data of a FIT file, message by message, rewritten so that the reader takes all of it."""

import struct
from dataclasses import dataclass

from garminsync.fit.limits import MAX_VALUES, VALUES_A_MESSAGE

COMPRESSED, DEFINITION, WITH_DEVELOPER_FIELDS = 0x80, 0x40, 0x20
TIMESTAMP = 253
TIMESTAMP_FIELD = bytes((TIMESTAMP, 4, 0x86))
BASE_TYPE_MASK, LAST_BASE_TYPE, BYTES = 0x1F, 0x10, 0x0D
DEVELOPER_MESSAGES = (206, 207)  # field_description, developer_data_id


class Damaged(Exception):
    """This message cannot be followed."""


@dataclass
class Definition:
    """What messages of one local number hold. `written` is how it was last written: with a timestamp added?"""

    head: bytes
    fields: list[bytes]
    developer_fields: list[bytes]
    written: bool | None = None

    @property
    def order(self) -> str:
        return ">" if self.head[1] else "<"

    @property
    def number(self) -> int:
        return int(struct.unpack_from(f"{self.order}H", self.head, 2)[0])

    def time_of(self, body: bytes) -> int | None:
        at = 0
        for number, size, _ in self.fields:
            if number == TIMESTAMP:
                return int(struct.unpack_from(f"{self.order}I", body, at)[0]) if size == 4 else None
            at += size
        return None

    def as_bytes(self, local: int, timed: bool, developer_data: bool) -> bytes:
        # A base type that nobody knows would end the reading.
        fields = [
            field if field[2] & BASE_TYPE_MASK <= LAST_BASE_TYPE else field[:2] + bytes((BYTES,))
            for field in self.fields
        ] + [TIMESTAMP_FIELD] * timed
        developer = self.developer_fields if developer_data else []
        header = DEFINITION | local | (WITH_DEVELOPER_FIELDS if developer else 0)
        made = bytes((header,)) + self.head + bytes((len(fields),)) + b"".join(fields)
        return made + (bytes((len(developer),)) + b"".join(developer) if developer else b"")


class Rewriter:
    """Writes out compressed timestamps, calls unknown base types bytes, and, without `developer_data`, leaves out
    the fields of apps. Where it can follow no further it keeps the bytes as they are."""

    def __init__(self, developer_data: bool = True) -> None:
        self.developer_data = developer_data
        self.definitions: dict[int, Definition] = {}
        self.time = 0
        self.made = bytearray()

    def rewrite(self, data: bytes) -> bytes:
        at = count = 0
        while at < len(data):
            header, count = data[at], count + 1
            try:
                if count > MAX_VALUES // VALUES_A_MESSAGE:
                    raise Damaged  # so many are not read
                if not header & COMPRESSED and header & DEFINITION:
                    at = self._definition(data, at)
                else:
                    at = self._message(data, at)
            except Damaged:
                # A plain header in place of a compressed one: the reader then names what is wrong.
                self.made += bytes((header >> 5 & 3,)) + data[at + 1 :] if header & COMPRESSED else data[at:]
                break
        return bytes(self.made)

    def _definition(self, data: bytes, at: int) -> int:
        header, head = data[at], data[at + 1 : at + 5]
        fields, end = _triples(data, at + 5)
        developer, end = _triples(data, end) if header & WITH_DEVELOPER_FIELDS else ([], end)
        self.definitions[header & 0x0F] = Definition(head, fields, developer)
        return end

    def _message(self, data: bytes, at: int) -> int:
        header = data[at]
        compressed = bool(header & COMPRESSED)
        local = header >> 5 & 3 if compressed else header & 0x0F
        definition = self.definitions.get(local)
        if definition is None:
            raise Damaged
        middle = at + 1 + sum(field[1] for field in definition.fields)
        end = middle + sum(field[1] for field in definition.developer_fields)
        if end > len(data):
            raise Damaged
        body, developer = data[at + 1 : middle], data[middle:end]
        own_time = definition.time_of(body)
        if compressed:
            self.time += (header - self.time) & 0x1F
        elif own_time is not None:
            self.time = own_time
        if self.developer_data or definition.number not in DEVELOPER_MESSAGES:
            timed = compressed and own_time is None and len(definition.fields) < 0xFF
            if definition.written is not timed:
                self.made += definition.as_bytes(local, timed, self.developer_data)
                definition.written = timed
            time = struct.pack(f"{definition.order}I", self.time & 0xFFFFFFFF) if timed else b""
            self.made += bytes((local,)) + body + time + (developer if self.developer_data else b"")
        return end


def _triples(data: bytes, at: int) -> tuple[list[bytes], int]:
    """A count, and so many times three bytes, of which the second is a size. Fields of no bytes are left out: they
    would end the reading."""
    if at >= len(data) or (end := at + 1 + 3 * data[at]) > len(data):
        raise Damaged
    return [data[i : i + 3] for i in range(at + 1, end, 3) if data[i + 1]], end
