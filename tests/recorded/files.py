"""Recorded files of activities: counted against garmin-fit-sdk's own messages, and number by number."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from garmin_fit_sdk import Decoder, Stream
from garmin_fit_sdk.fit import BASE_TYPE_DEFINITIONS, BASE_TYPE_MASK

from garminsync.fit import Recording, read_recording
from garminsync.fit.limits import MAX_VALUES
from garminsync.fit.opening import FIT, GPX, TCX, open_files
from garminsync.fit.samples import COLUMNS, PLACED
from garminsync.fit.values import DEGREES_PER_SEMICIRCLE, EARLIEST, FIT_EPOCH, LARGEST, clean
from tests.recorded.finding import Finding

type Message = dict[Any, Any]

KINDS = ("record", "lap", "session", "length", "split", "set")
# What the SDK cannot do; the file is not to blame.
LIMITS_OF_THE_SDK = ("Compressed timestamp", "'record_mesgs'")


@dataclass
class Told:
    """What garmin-fit-sdk tells of a file by itself."""

    messages: dict[str, list[Message]] = field(default_factory=dict)
    stopped: bool = False
    damaged: bool = False
    size: int = 0

    def __getitem__(self, kind: str) -> list[Message]:
        return self.messages.get(f"{kind}_mesgs", [])


def told_by_garmin(content: bytes) -> Told:
    """Its check_integrity() is not asked: that wants a checksum of the header, which makers may leave out."""
    decoder = Decoder(Stream.from_byte_array(bytearray(content)))
    # A time that is an array would end the reading.
    found, errors = decoder.read(convert_datetimes_to_dates=False)
    kinds: dict[Any, Any] = dict(found)
    messages = {str(kind): list(rows) for kind, rows in kinds.items()}
    faults = [error for error in errors if not any(limit in str(error) for limit in LIMITS_OF_THE_SDK)]
    return Told(messages, bool(errors), bool(faults) or not any(messages.values()), len(content))


def check_file(content: bytes, read: Callable[[bytes], Recording] = read_recording) -> Finding:
    """A FIT file, bare or in a zip; of GPX and TCX files only the kind."""
    ours = read(content)
    rows = [*ours.sessions, *ours.laps, *ours.splits, *ours.sets, *ours.lengths, *ours.zones, *ours.devices]
    finding = Finding(rows=len(rows) + _stored(ours)["record"], problems=list(ours.problems))
    finding.kept = sum(value is not None for row in rows for value in row.values())
    finding.kept += sum(value is not None for column in ours.samples.values() for value in column)
    fits = [file.content for file in open_files(content) if file.kind == FIT]
    if not fits or ours.kind in (GPX, TCX):
        if ours.kind in (GPX, TCX):
            finding.problems.append(f"{ours.kind}, kept and not read")
        elif not ours.problems:
            finding.lost.append("not FIT, and no reason is told")
        return finding
    told = max(map(told_by_garmin, fits), key=_worth)
    if told.damaged and not ours.problems:
        finding.lost.append("damaged, and no reason is told")
    finding.lost += [*_miscounted(told, ours), *_lost_numbers(told["record"], ours), *_lost_app_values(told, ours)]
    return finding


def _worth(told: Told) -> tuple[bool, bool, int, int]:
    """Of several FIT files in a zip the one that is to be read."""
    return bool(told["session"] or told["record"]), not told.damaged, len(told["record"]), told.size


def _stored(ours: Recording) -> dict[str, int]:
    parts = (ours.samples.get("offset_s", []), ours.laps, ours.sessions, ours.lengths, ours.splits, ours.sets)
    return dict(zip(KINDS, map(len, parts), strict=True))


def _miscounted(told: Told, ours: Recording) -> Iterator[str]:
    """Where the SDK stopped at what it cannot read, we may have more."""
    for kind, stored in _stored(ours).items():
        theirs = len(told[kind])
        if kind == "session" and not theirs:
            theirs = 1 if told["record"] else 0  # made from the samples
        excused = stored > theirs if told.stopped else _holds_too_much(ours)
        if stored != theirs and not excused:
            yield f"{stored} of {theirs} {kind} messages"


def _holds_too_much(ours: Recording) -> bool:
    return any(f"more than {MAX_VALUES} values" in problem for problem in ours.problems)


def _lost_numbers(records: Sequence[Message], ours: Recording) -> list[str]:
    wrong: dict[str, list[str]] = {}
    for index in range(min(len(records), _stored(ours)["record"])):
        for column, value in _numbers(records[index]).items():
            stored = _number_at(ours, column, index)
            if stored is None or not math.isclose(stored, value, rel_tol=1e-9, abs_tol=1e-6):
                wrong.setdefault(column, []).append(f"{stored}, not {value} in record {index}")
        start, seconds = ours.samples_start, records[index].get("timestamp")
        if start and isinstance(seconds, int) and (time := FIT_EPOCH + timedelta(seconds=seconds)) >= EARLIEST:
            offset = ours.samples["offset_s"][index]
            if offset is None or start + timedelta(seconds=offset) != time:
                wrong.setdefault("offset_s", []).append(f"{offset}, not {time} in record {index}")
    return [
        f"record.{column}: {told[0]} ({len(told)} in all)"
        for column, told in wrong.items()
        if not _is_told(column, ours.problems)
    ]


def _numbers(record: Message) -> dict[str, float]:
    """By the column they belong to; of a field and its enhanced form the enhanced one."""
    found = {name: value for name, value in record.items() if isinstance(name, str) and _is_number(value)}
    numbers = {column: found[name] for column, names in COLUMNS.items() for name in reversed(names) if name in found}
    lat, long = (found.get(name) for name in ("position_lat", "position_long"))
    degrees = {
        column: value * DEGREES_PER_SEMICIRCLE
        for column, value in (("latitude_deg", lat), ("longitude_deg", long))
        if value is not None
    }
    if lat is not None and long is not None and not any(round(value, 6) for value in degrees.values()):
        degrees = {}  # a receiver that had no position yet
    return numbers | degrees | {name: value for name, value in found.items() if name not in PLACED}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _number_at(ours: Recording, column: str, index: int) -> float | None:
    value = ours.samples[column][index] if column in ours.samples else None
    return value if isinstance(value, int | float) else None


def _is_told(column: str, problems: Sequence[str]) -> bool:
    """An array where one number belongs; fields of a damaged file that had to be left out."""
    fields = (column, *COLUMNS.get(column, ()))
    named = any(f"record.{name} " in problem for name in fields for problem in problems)
    return named or any("are left out" in problem for problem in problems)


def _lost_app_values(told: Told, ours: Recording) -> list[str]:
    """Values of apps rest under the name that their description gives, or under it and the app's number."""
    columns: dict[Any, tuple[str, ...]] = {}
    invalid: dict[Any, Any] = {}
    for description in told["field_description"]:
        names = description.get("field_name")
        first = next(filter(None, names), "") if isinstance(names, list) else names
        if name := clean(first or ""):
            columns[description["key"]] = (f"{name} ({description.get('developer_data_index')})", name)
            base = description.get("fit_base_type_id")
            known = BASE_TYPE_DEFINITIONS.get(base & BASE_TYPE_MASK) if isinstance(base, int) else None
            invalid[description["key"]] = known["invalid"] if known else None
    wrong: dict[str, list[str]] = {}
    for index, record in enumerate(told["record"][: _stored(ours)["record"]]):
        for key, value in (record.get("developer_fields") or {}).items():
            if key in columns and (sound := _app_value(value, invalid[key])) is not None:
                stored = [ours.samples[name][index] for name in columns[key] if name in ours.samples]
                if sound not in stored:
                    wrong.setdefault(columns[key][-1], []).append(f"{stored}, not {sound!r:.60} in record {index}")
    left_out = any("developer fields" in problem or "are left out" in problem for problem in ours.problems)
    return [] if left_out else [f"{name}: {told[0]} ({len(told)} in all)" for name, told in wrong.items()]


def _app_value(value: Any, invalid: Any) -> Any:
    items = [
        clean(item) if isinstance(item, str) else item if item != invalid and _is_number(item) else None
        for item in (value if isinstance(value, list) else [value])
    ]
    if all(item is None for item in items):
        return None
    return items if isinstance(value, list) else items[0]
