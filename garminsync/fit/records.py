"""The samples of an activity as columns of equal length."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from garmin_fit_sdk.fit import BASE_TYPE_DEFINITIONS, BASE_TYPE_MASK

from garminsync.fit.decoding import Decoded
from garminsync.fit.samples import (
    COLUMNS,
    LATITUDE,
    LONGITUDE,
    PLACED,
    Memo,
    Message,
    Number,
    Numbers,
    Samples,
    short_finite,
)
from garminsync.fit.values import EARLIEST_S, FIT_EPOCH, clean

CLOCK = "the device's clock was not set, so nobody knows when this was"
CLOCK_AT_TIMES = "the device's clock was not set all the time, so nobody knows when some of the samples were"

MICROSECONDS = 6

type Columns = dict[str, list[Any]]
type Starts = Sequence[tuple[datetime, int]]


def read_records(decoded: Decoded, samples: Samples, session_starts: Starts) -> tuple[datetime | None, Columns]:
    """The time of the first sample and its columns; `offset_s` counts from there and is always there, another
    column only where a sample fills it. Two samples of one second stay two. Offsets are true even by a clock
    that was never set, but such a time is no start."""
    if not samples.seconds:
        return None, {}
    times = _true_ones(decoded, samples.seconds)
    start = next((time for time in times if time is not None), None)
    columns: Columns = {column: _first(samples, names) for column, names in COLUMNS.items()}
    columns |= _positions(samples)
    if len(session_starts) > 1:
        starts = [((time - FIT_EPOCH).total_seconds(), index) for time, index in session_starts]
        columns["session"] = [None if time is None else _session_at(time, starts) for time in times]
    offsets: Numbers = [
        None if time is None or start is None else short_finite(round(time - start, MICROSECONDS)) for time in times
    ]
    columns |= {name: samples.fields[name] for name in sorted(samples.fields.keys() - PLACED) if name not in columns}
    columns |= _app_columns(decoded["field_description"], samples, {"offset_s", *columns})
    filled = {name: values for name, values in columns.items() if values.count(None) < len(values)}
    begun = None if start is None or start < EARLIEST_S else FIT_EPOCH + timedelta(seconds=start)
    return begun, {"offset_s": offsets, **filled}


def _true_ones(decoded: Decoded, times: Numbers) -> Numbers:
    """By a clock that was set, where it ever was."""
    true = [None if time is None or time < EARLIEST_S else time for time in times]
    if true == times:
        return times
    decoded.notes.append(CLOCK_AT_TIMES if any(true) else CLOCK)
    return true if any(true) else times


def _session_at(time: Number, starts: Sequence[tuple[float, int]]) -> int:
    """The last session that has begun; the first for a sample before all of them."""
    return max((start for start in starts if start[0] <= time), default=min(starts))[1]


def _first(samples: Samples, names: tuple[str, ...]) -> Numbers:
    """Of each sample the first of these fields that has a number."""
    first, *others = [samples.fields[name] for name in names if name in samples.fields] or [[]]
    for other in others:
        first = [other[i] if value is None else value for i, value in enumerate(first)]
    return first


def _positions(samples: Samples) -> Columns:
    """A position of exactly 0, 0 is a receiver that had none yet."""
    nowhere: Numbers = [None] * len(samples.seconds)
    latitudes, longitudes = (samples.fields.get(name, nowhere) for name in (LATITUDE, LONGITUDE))
    zeros = [i for i, pair in enumerate(zip(latitudes, longitudes, strict=True)) if pair == (0, 0)]
    if zeros:
        latitudes, longitudes = latitudes.copy(), longitudes.copy()
        for i in zeros:
            latitudes[i] = longitudes[i] = None
    return {"latitude_deg": latitudes, "longitude_deg": longitudes}


def _app_columns(descriptions: Sequence[Message], samples: Samples, taken: set[str]) -> Columns:
    """Fields of apps, by the name their description gives; a value comes only where it was described. A name
    that is taken, or that two apps give, has the app's number behind it."""
    named = [(clean(_first_part(d.get("field_name"))), d) for d in descriptions if d.get("field_name")]
    apps: dict[str, set[str]] = {}
    for name, description in named:
        apps.setdefault(name, set()).add(str(description.get("developer_data_index")))
    keys: dict[str, dict[Any, Any]] = {}
    for name, description in named:
        shared = name in taken or len(apps[name]) > 1
        column = f"{name} ({description.get('developer_data_index')})" if shared else name
        if (key := description.get("key")) in samples.apps:
            keys.setdefault(column, {})[key] = _invalid(description.get("fit_base_type_id"))
    return {column: _app_values(samples, own) for column, own in keys.items() if column}


def _first_part(name: Any) -> Any:
    return next((part for part in name if part), "") if isinstance(name, list) else name


def _invalid(base_type: Any) -> Any:
    """What stands for no value; the reader leaves it in."""
    known = BASE_TYPE_DEFINITIONS.get(base_type & BASE_TYPE_MASK) if isinstance(base_type, int) else None
    return known["invalid"] if known else None


def _app_values(samples: Samples, invalid: dict[Any, Any]) -> list[Any]:
    """Described anew within a file, a field has several keys: of each sample the first that it has."""
    column: list[Any] = [None] * len(samples.seconds)
    for key in reversed(invalid):
        memo = Memo[Any, Any](partial(_app_value, invalid[key]))
        for i, value in enumerate(samples.apps[key]):
            if isinstance(value, list):
                values = [_app_value(invalid[key], item) for item in value]
                column[i] = None if all(item is None for item in values) else values
            elif value is not None:
                column[i] = memo[value]
    return column


def _app_value(invalid: Any, value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return None if value == invalid else short_finite(value)
