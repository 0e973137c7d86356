"""What an activity's file tells: sessions, laps, splits, sets, lengths, zones, devices and samples."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from garmin_fit_sdk import Profile

from garminsync.fit import parts
from garminsync.fit.decoding import Decoded, decode
from garminsync.fit.fast import decode_fast
from garminsync.fit.opening import FIT, GPX, TCX, OpenedFile, open_files
from garminsync.fit.records import Columns, read_records
from garminsync.fit.samples import Samples, samples_of
from garminsync.fit.sessions import read_sessions
from garminsync.fit.values import utc_offset_s

type Rows = list[dict[str, Any]]

SINGLE = {
    str(message["messages_key"]).removesuffix("_mesgs"): {
        field["name"] for field in message["fields"].values() if field["array"] == "false"
    }
    for message in Profile["messages"].values()
    if "messages_key" in message
}


@dataclass
class Recording:
    """One activity's file. `status` is whole, partial or unreadable, or the name of a kind that is kept
    and not read; rows are columns of the models of the same name."""

    kind: str
    status: str
    problems: list[str] = field(default_factory=list)
    start_time: datetime | None = None
    utc_offset_s: int | None = None
    sessions: Rows = field(default_factory=list)
    laps: Rows = field(default_factory=list)
    splits: Rows = field(default_factory=list)
    sets: Rows = field(default_factory=list)
    lengths: Rows = field(default_factory=list)
    zones: Rows = field(default_factory=list)
    devices: Rows = field(default_factory=list)
    samples_start: datetime | None = None
    samples: Columns = field(default_factory=dict)


def read_recording(content: bytes) -> Recording:
    """Never raises: what cannot be read is told in `problems`."""
    files = open_files(content)
    chosen = max(files, key=_usefulness)
    problems = [file.problem for file in files if file.problem]
    if (others := sum(file.kind == FIT for file in files) - 1) > 0:
        problems.append(f"{others + 1} FIT files in the zip; the largest is read")
    if chosen.kind in (GPX, TCX):
        return Recording(chosen.kind, chosen.kind, problems)
    if chosen.kind != FIT:
        return Recording(chosen.kind, "unreadable", problems or ["not a FIT, GPX or TCX file"])
    recording = recording_of(*(decode_fast(chosen.content) or decode_with_sdk(chosen.content)))
    recording.problems[:0] = problems
    return recording


def decode_with_sdk(content: bytes) -> tuple[Decoded, Samples]:
    """Whatever the file, and what `decode_fast` has to agree with."""
    decoded = decode(content)
    return decoded, samples_of(decoded["record"])


def _usefulness(file: OpenedFile) -> tuple[bool, bool, int]:
    return file.kind == FIT, file.kind in (GPX, TCX), len(file.content)


def recording_of(decoded: Decoded, samples: Samples) -> Recording:
    if not (decoded.messages or samples.seconds):
        return Recording(FIT, "unreadable", decoded.problems)
    sessions = read_sessions(decoded, samples)
    starts = sorted((row["start_time"], row["index"]) for row in sessions if row["start_time"])
    samples_start, columns = read_records(decoded, samples, starts)
    return Recording(
        FIT,
        "partial" if decoded.problems else "whole",
        [*decoded.problems, *decoded.notes, *_arrays_for_values(decoded)],
        start_time=starts[0][0] if starts else samples_start,
        utc_offset_s=next((o for message in decoded["activity"] if (o := utc_offset_s(message)) is not None), None),
        sessions=sessions,
        laps=parts.read_laps(decoded),
        splits=parts.read_splits(decoded),
        sets=parts.read_sets(decoded),
        lengths=parts.read_lengths(decoded),
        zones=parts.read_zones(decoded),
        devices=parts.read_devices(decoded),
        samples_start=samples_start,
        samples=columns,
    )


def _arrays_for_values(decoded: Decoded) -> list[str]:
    """Arrays of numbers where FIT has one number: none of them is taken."""
    fields = {
        f"{kind}.{name}"
        for kind, messages in decoded.messages.items()
        for message in messages
        for name, value in message.items()
        if isinstance(value, list) and name in SINGLE.get(kind, ()) and not any(isinstance(v, str) for v in value)
    }
    return [f"{field} is an array where one number belongs" for field in sorted(fields)]
