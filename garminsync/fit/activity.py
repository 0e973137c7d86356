"""What an activity's file tells: sessions, laps, splits, sets, lengths, zones, devices and samples."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from garmin_fit_sdk import Profile

from garminsync.fit import parts
from garminsync.fit.decoding import Decoded, decode
from garminsync.fit.fast import decode_fast
from garminsync.fit.limits import Limit
from garminsync.fit.opening import FIT, GPX, TCX, UNKNOWN, OpenedFile, open_files
from garminsync.fit.records import Columns, read_records
from garminsync.fit.samples import Samples, samples_of
from garminsync.fit.sessions import read_sessions
from garminsync.fit.values import clean, utc_offset_s

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

    @property
    def is_activity(self) -> bool:
        """Samples alone make a session."""
        return bool(self.sessions)


def read_recording(content: bytes) -> Recording:
    """Never raises: what cannot be read is told in `problems`."""
    files = open_files(content)
    problems = [file.problem for file in files if file.problem]
    best, others = _best_fit([file for file in files if file.kind == FIT])
    if best is None or not best.recording.is_activity:
        tracks = [file for file in files if file.kind in (GPX, TCX)]
        if tracks:
            kind = max(tracks, key=lambda file: len(file.content)).kind
            return Recording(kind, kind, problems + [fit.passed_over for fit in (*others, best) if fit])
    if best is None:
        return Recording(UNKNOWN, "unreadable", problems or ["not a FIT, GPX or TCX file"])
    if others:
        problems.append(f"{len(others) + 1} FIT files in the zip; {best.name} is read")
    best.recording.problems[:0] = problems + [fit.passed_over for fit in others]
    return best.recording


@dataclass(frozen=True)
class _Fit:
    name: str
    size: int
    recording: Recording

    @property
    def worth(self) -> tuple[bool, bool, int, int]:
        told = self.recording
        return told.is_activity, told.status == "whole", len(told.samples.get("offset_s", ())), self.size

    @property
    def passed_over(self) -> str:
        told = self.recording
        why = "; ".join(told.problems) if told.status == "unreadable" else "it has neither a session nor samples"
        return f"{self.name}: not read, {'another activity' if told.is_activity else why}"


def _best_fit(files: list[OpenedFile]) -> tuple[_Fit | None, list[_Fit]]:
    """The one that tells most of an activity, and the others without their samples. What can be held is shared, so the
    small ones come first."""
    limit = Limit()
    best: _Fit | None = None
    others: list[_Fit] = []
    for file in sorted(files, key=lambda file: len(file.content)):
        read = decode_fast(file.content, limit) or decode_with_sdk(file.content, limit)
        fit = _Fit(clean(file.name), len(file.content), recording_of(*read))
        if best:
            worse, fit = sorted((best, fit), key=lambda one: one.worth)
            others.append(replace(worse, recording=replace(worse.recording, samples={})))
        best = fit
    return best, others


def decode_with_sdk(content: bytes, limit: Limit | None = None) -> tuple[Decoded, Samples]:
    """Whatever the file, and what `decode_fast` has to agree with."""
    decoded = decode(content, limit)
    samples = samples_of(decoded["record"])
    if samples.left_out:
        decoded.problems.append(
            f"{samples.left_out} columns of samples, those with the fewest values, are left out: there are too many"
        )
    return decoded, samples


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
