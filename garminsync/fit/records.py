"""The samples of an activity as columns of equal length."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from garmin_fit_sdk.fit import BASE_TYPE_DEFINITIONS, BASE_TYPE_MASK

from garminsync.fit.decoding import Decoded, Message
from garminsync.fit.values import clean, degrees, finite, is_true, moment, number

# A column, and the fields of a record it may come from: the enhanced ones have the wider range.
# Any other number keeps the name that FIT gives it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "heart_rate_bpm": ("heart_rate",),
    "distance_m": ("distance",),
    "speed_mps": ("enhanced_speed", "speed"),
    "altitude_m": ("enhanced_altitude", "altitude"),
    "cadence_rpm": ("cadence",),
    "fractional_cadence_rpm": ("fractional_cadence",),
    "power_w": ("power",),
    "temperature_c": ("temperature",),
    "grade_percent": ("grade",),
    "respiration_per_min": ("enhanced_respiration_rate", "respiration_rate"),
    "stress": ("current_stress",),
    "vertical_oscillation_mm": ("vertical_oscillation",),
    "vertical_ratio_percent": ("vertical_ratio",),
    "stance_time_ms": ("stance_time",),
    "stance_time_percent": ("stance_time_percent",),
    "stance_time_balance_percent": ("stance_time_balance",),
    "step_length_mm": ("step_length",),
    "left_right_balance": ("left_right_balance",),
    "gps_accuracy_m": ("gps_accuracy",),
    "battery_percent": ("battery_soc",),
    "accumulated_power_w": ("accumulated_power",),
}
PLACED = {name for names in COLUMNS.values() for name in names} | {"timestamp", "position_lat", "position_long"}
# The reader has words for two of the numbers that a balance can be.
BALANCES = {"mask": 127, "right": 128}

CLOCK = "the device's clock was not set, so nobody knows when this was"
CLOCK_AT_TIMES = "the device's clock was not set all the time, so nobody knows when some of the samples were"

type Columns = dict[str, list[Any]]
type Starts = Sequence[tuple[datetime, int]]


def read_records(decoded: Decoded, session_starts: Starts) -> tuple[datetime | None, Columns]:
    """The time of the first sample and its columns; `offset_s` counts from there and is always there, another
    column only where a sample fills it. Two samples of one second stay two. Offsets are true even by a clock
    that was never set, but such a time is no start."""
    records = decoded["record"]
    if not records:
        return None, {}
    times = _times(decoded, records)
    start = next((time for time in times if time is not None), None)
    columns: Columns = {column: [_number(record, fields) for record in records] for column, fields in COLUMNS.items()}
    columns |= _positions(records)
    if len(session_starts) > 1:
        columns["session"] = [time and _session_at(time, session_starts) for time in times]
    offsets = [_short((time - start).total_seconds()) if time and start else None for time in times]
    others = sorted({name for record in records for name in record if isinstance(name, str)} - PLACED)
    columns |= {name: [_number(record, (name,)) for record in records] for name in others if name not in columns}
    columns |= _developer_columns(decoded, records, {"offset_s", *columns})
    filled = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    return start if is_true(start) else None, {"offset_s": offsets, **filled}


def _times(decoded: Decoded, records: Sequence[Message]) -> list[datetime | None]:
    """By a clock that was set, where it ever was."""
    times = [moment(record, "timestamp") for record in records]
    true = [time if is_true(time) else None for time in times]
    if true == times:
        return times
    decoded.notes.append(CLOCK_AT_TIMES if any(true) else CLOCK)
    return true if any(true) else times


def _session_at(time: datetime, starts: Starts) -> int:
    """The last session that has begun; the first for a sample before all of them."""
    return max((start for start in starts if start[0] <= time), default=min(starts))[1]


def _short(value: float | None) -> float | int | None:
    """142 instead of 142.0: an hour of samples is a third smaller so."""
    return int(value) if value is not None and value.is_integer() else value


def _number(record: Message, fields: tuple[str, ...]) -> float | int | None:
    if fields == ("left_right_balance",) and (balance := BALANCES.get(str(record.get(*fields)))):
        return balance
    if any(isinstance(record.get(field), list) for field in fields):
        return None  # the reader makes one number of an array where one belongs, but which?
    return _short(number(record, *fields))


def _positions(records: Sequence[Message]) -> Columns:
    """Degrees. A position of exactly 0, 0 is a receiver that had none yet."""
    pairs = [(degrees(record, "position_lat"), degrees(record, "position_long")) for record in records]
    real = [(None, None) if pair == (0, 0) else pair for pair in pairs]
    return {"latitude_deg": [lat for lat, _ in real], "longitude_deg": [long for _, long in real]}


def _developer_columns(decoded: Decoded, records: Sequence[Message], taken: set[str]) -> Columns:
    """Fields of apps, by the name their description gives; a value comes only where it was described. A name
    that is taken, or that two apps give, has the app's number behind it."""
    named = [(clean(_first(d.get("field_name"))), d) for d in decoded["field_description"] if d.get("field_name")]
    apps: dict[str, set[str]] = {}
    for name, description in named:
        apps.setdefault(name, set()).add(str(description.get("developer_data_index")))
    keys: dict[str, dict[Any, Any]] = {}
    for name, description in named:
        shared = name in taken or len(apps[name]) > 1
        column = f"{name} ({description.get('developer_data_index')})" if shared else name
        keys.setdefault(column, {})[description.get("key")] = _invalid(description.get("fit_base_type_id"))
    return {column: [_developer_value(record, own) for record in records] for column, own in keys.items() if column}


def _first(name: Any) -> Any:
    return next((part for part in name if part), "") if isinstance(name, list) else name


def _invalid(base_type: Any) -> Any:
    """What stands for no value; the reader leaves it in."""
    known = BASE_TYPE_DEFINITIONS.get(base_type & BASE_TYPE_MASK) if isinstance(base_type, int) else None
    return known["invalid"] if known else None


def _developer_value(record: Message, invalid: dict[Any, Any]) -> Any:
    """Described anew within a file, a field has several keys."""
    fields: dict[Any, Any] = record.get("developer_fields") or {}
    key = next((key for key in invalid if key in fields), None)
    if key is None:
        return None
    value = fields[key]
    values = [
        clean(item) if isinstance(item, str) else None if item == invalid[key] else _short(finite(item))
        for item in (value if isinstance(value, list) else [value])
    ]
    if all(item is None for item in values):
        return None
    return values if isinstance(value, list) else values[0]
