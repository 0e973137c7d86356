"""FIT files for tests: by Garmin's own encoder, or byte by byte where that writes only what is right."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from garmin_fit_sdk import CrcCalculator, Encoder, Profile

START = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
FIT_START = 1_151_820_000 - 29_200  # any time of 2026 by FIT's clock

ENUM, UINT8, UINT16, UINT32, STRING, FLOAT32, UINT64 = 0x00, 0x02, 0x84, 0x86, 0x07, 0x88, 0x8F
FILE_ID, SESSION, LAP, RECORD, DEVICE_INFO, ACTIVITY, FIELD_DESCRIPTION, DEVELOPER_DATA_ID = (
    *(0, 18, 19, 20, 23, 34),
    *(206, 207),
)
CODES = {ENUM: "B", UINT8: "B", UINT16: "H", UINT32: "I", FLOAT32: "f", UINT64: "Q"}

type Fields = dict[str, Any]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def encoded(*messages: tuple[str, Fields]) -> bytes:
    """A sound file of these messages, by name."""
    encoder = Encoder()
    for name, fields in messages:
        encoder.on_mesg(Profile["mesg_num"][name.upper()], fields)
    return bytes(encoder.close())


def records(count: int, **fields: Any) -> list[tuple[str, Fields]]:
    """One a second, their heart rates counting up from 100."""
    return [("record", {"timestamp": at(i), "heart_rate": 100 + i, **fields}) for i in range(count)]


def session(**fields: Any) -> tuple[str, Fields]:
    return "session", {"timestamp": at(60), "start_time": START, "sport": "running", **fields}


def run(count: int = 4) -> bytes:
    """A sound run: `count` records, one lap, one session."""
    lap = "lap", {"timestamp": at(60), "start_time": START, "total_distance": 200.0}
    last = session(total_elapsed_time=60.0, total_distance=200.0)
    return encoded(("file_id", {"type": "activity"}), *records(count), lap, last)


def file_of(data: bytes, *, size: int | None = None, crc: int | None = None, header: int = 14) -> bytes:
    """Data with a header and a checksum, or with wrong ones."""
    stated = len(data) if size is None else size
    made = struct.pack("<BBHI4s", header, 0x20, 2132, stated, b".FIT")
    made += struct.pack("<H", 0) if header == 14 else b""
    made += data
    checksum = CrcCalculator.calculate_crc(made, 0, len(made)) if crc is None else crc
    return made + struct.pack("<H", checksum)


def resized(file: bytes, size: int) -> bytes:
    """The same file with another size in its header."""
    return file[:4] + struct.pack("<I", size) + file[8:]


def definition(local: int, number: int, *fields: Sequence[int], developer: Sequence[Sequence[int]] = ()) -> bytes:
    """Fields are (number, size, base type), developer fields (number, size, index)."""
    header = 0x40 | local | (0x20 if developer else 0)
    made = struct.pack("<BBBHB", header, 0, 0, number, len(fields)) + b"".join(map(bytes, fields))
    return made + (bytes((len(developer),)) + b"".join(map(bytes, developer)) if developer else b"")


def told(local: int, number: int, fields: dict[int, tuple[int, Any]]) -> bytes:
    """A definition and one message: field number -> (base type, value); bytes are taken as they are."""
    triples, body = [], b""
    for field, (base, value) in fields.items():
        packed = value if isinstance(value, bytes) else struct.pack("<" + CODES[base], value)
        triples.append((field, len(packed), base))
        body += packed
    return definition(local, number, *triples) + bytes((local,)) + body


def record_of(local: int, seconds: int, heart_rate: int) -> bytes:
    """A record with its definition."""
    return told(local, RECORD, {253: (UINT32, FIT_START + seconds), 3: (UINT8, heart_rate)})


def described(index: int, name: str, number: int = 0, base: int = UINT8) -> bytes:
    """The description of a developer field."""
    fields = {0: (UINT8, index), 1: (UINT8, number), 2: (UINT8, base), 3: (STRING, name.encode() + b"\0")}
    return told(14, FIELD_DESCRIPTION, fields)


def developer(index: int) -> bytes:
    """An app that says nothing of itself but its index."""
    return told(15, DEVELOPER_DATA_ID, {3: (UINT8, index)})


def developer_record(seconds: int, heart_rate: int, value: int, index: int = 0) -> bytes:
    fields = (253, 4, UINT32), (3, 1, UINT8)
    body = struct.pack("<BIBB", 1, FIT_START + seconds, heart_rate, value)
    return definition(1, RECORD, *fields, developer=[(0, 1, index)]) + body


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()
