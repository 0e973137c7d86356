"""A sound FIT file cut in three: the samples, the heart rates of a strap, and the rest as a file of its own."""

import struct
from dataclasses import dataclass, field

from garmin_fit_sdk import Profile

from garminsync.fit.definitions import Definition, Unusual, definition_at
from garminsync.fit.frames import CHECKSUM_BYTES, frames_of
from garminsync.fit.limits import VALUES_A_BEAT, VALUES_A_MESSAGE, Limit

RECORD, HR = Profile["mesg_num"]["RECORD"], Profile["mesg_num"]["HR"]
APPS = {Profile["mesg_num"]["DEVELOPER_DATA_ID"], Profile["mesg_num"]["FIELD_DESCRIPTION"]}
READ = {
    Profile["mesg_num"][kind]
    for kind in (
        *("ACTIVITY", "DEVICE_INFO", "FILE_ID", "LAP", "LENGTH", "SESSION", "SET", "SPLIT", "SPORT", "TIME_IN_ZONE"),
        *("DEVELOPER_DATA_ID", "FIELD_DESCRIPTION", "MONITORING", "MONITORING_INFO"),
    )
}
DEFINITION_OR_COMPRESSED, IS_DEFINITION, LOCAL = 0xC0, 0x40, 0x0F
LOOK_AHEAD = 256

type Batches = list[tuple[Definition, bytearray]]


@dataclass
class Cut:
    """`records` and `heart_rates` are messages of one definition together, in the order of the file."""

    records: Batches = field(default_factory=list)
    heart_rates: Batches = field(default_factory=list)
    rest: bytes = b""


def cut(content: bytes, limit: Limit) -> Cut:
    """Raises Unusual where anything is not as in a sound file. Takes from the limit what is neither a record nor in
    the rest."""
    made, rest, end = Cut(), bytearray(), 0
    definitions: dict[int, Definition] = {}
    for frame in frames_of(content):
        end = frame.end + CHECKSUM_BYTES
        if end > len(content):
            raise Unusual
        _cut_frame(content[frame.start + frame.header : frame.end], definitions, made, rest, limit)
    if end != len(content) or not end:
        raise Unusual
    made.rest = struct.pack("<BBHI4sH", 14, 0x20, 0, len(rest), b".FIT", 0) + rest + b"\0\0" if rest else b""
    return made


def _cut_frame(data: bytes, definitions: dict[int, Definition], made: Cut, rest: bytearray, limit: Limit) -> None:
    at = 0
    while at < len(data):
        header = data[at]
        if header & DEFINITION_OR_COMPRESSED == IS_DEFINITION:
            definition = definitions[header & LOCAL] = definition_at(data, at)
            at += len(definition.raw)
            limit.spend(VALUES_A_MESSAGE + len(definition.fields) + len(definition.developer))
            if _is_for_the_sdk(definition):
                rest += definition.raw
            continue
        known = definitions.get(header & LOCAL)
        if known is None or header & DEFINITION_OR_COMPRESSED:
            raise Unusual
        end = _end_of_run(data, at, known.size)
        _put(known, data[at:end], made, rest, limit)
        at = end


def _end_of_run(data: bytes, at: int, size: int) -> int:
    """Where the messages end that follow each other and have the same first byte."""
    end = at
    while True:
        ahead = data[end : end + LOOK_AHEAD * size : size]
        alike = len(ahead) - len(ahead.lstrip(data[at : at + 1]))
        end += alike * size
        if alike < LOOK_AHEAD:
            break
    if end > len(data):
        raise Unusual
    return end


def _put(definition: Definition, messages: bytes, made: Cut, rest: bytearray, limit: Limit) -> None:
    count = len(messages) // definition.size
    if _is_for_the_sdk(definition):
        if definition.number in APPS and any(batch.developer for batch, _ in made.records):
            raise Unusual  # described late, or anew
        rest += messages
        return
    if definition.number != RECORD:
        beats = sum(field.count for field in definition.fields) if definition.number == HR else 0
        limit.spend(count * (VALUES_A_MESSAGE + definition.values + VALUES_A_BEAT * beats))
    if definition.number in (RECORD, HR):
        batches = made.records if definition.number == RECORD else made.heart_rates
        if not batches or batches[-1][0].raw != definition.raw:
            batches.append((definition, bytearray()))
        batches[-1][1].extend(messages)


def _is_for_the_sdk(definition: Definition) -> bool:
    """The samples and heart rates are not; neither is what nobody reads and holds nothing to tell."""
    if definition.number in (RECORD, HR):
        return False
    return definition.number in READ or bool(definition.developer) or not definition.is_plain
