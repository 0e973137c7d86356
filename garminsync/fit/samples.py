"""The samples of an activity by the names that FIT gives them, whichever reader they came through."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from garminsync.fit.limits import columns_for
from garminsync.fit.values import FIT_EPOCH, LARGEST, degrees, moment, number

type Message = dict[Any, Any]
type Number = float | int
type Numbers = list[Number | None]

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
SAME_COLUMN = {name: names for names in COLUMNS.values() for name in names}
TIME, LATITUDE, LONGITUDE = "timestamp", "position_lat", "position_long"
PLACED = {*SAME_COLUMN, TIME, LATITUDE, LONGITUDE}
BALANCE = "left_right_balance"
# The reader has words for two of the numbers that a balance can be.
BALANCES = {"mask": 127, "right": 128}


@dataclass
class Samples:
    """Lists of equal length, one item a sample. `seconds` are by FIT's clock; `fields` are those that a sample fills,
    positions being degrees; `apps` are values of developer fields by the key of their description, as the file has
    them; `left_out` are columns too many."""

    seconds: Numbers = field(default_factory=list)
    fields: dict[str, Numbers] = field(default_factory=dict)
    apps: dict[Any, list[Any]] = field(default_factory=dict)
    left_out: int = 0


class Memo[Key, Value](dict[Key, Value]):
    """What is made of a value, made once for each."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self.make(key)
        return value


def samples_of(records: Sequence[Message]) -> Samples:
    """From the messages as garmin-fit-sdk gives them; where there are too many columns, those that are filled most."""
    count = Counter(column for record in records for column in _columns_of(record))
    ordered = sorted(count, key=lambda column: (-count[column], column[0], str(column[1])))
    columns = ordered[: columns_for(len(records))]
    return Samples(
        [_seconds(record) for record in records],
        {name: [_number(record, name) for record in records] for is_app, name in columns if not is_app},
        {
            key: [(record.get("developer_fields") or {}).get(key) for record in records]
            for is_app, key in columns
            if is_app
        },
        left_out=len(ordered) - len(columns),
    )


def _columns_of(record: Message) -> Iterator[tuple[bool, Any]]:
    """Whether it is an app's, and its name or key."""
    for name in record:
        if name == "developer_fields":
            yield from ((True, key) for key in record[name])
        elif isinstance(name, str) and name != TIME:
            yield False, name


def _seconds(record: Message) -> Number | None:
    time = moment(record, TIME)
    return None if time is None else short((time - FIT_EPOCH).total_seconds())


def _number(record: Message, name: str) -> Number | None:
    if name in (LATITUDE, LONGITUDE):
        return degrees(record, name)
    if name == BALANCE and (balance := BALANCES.get(str(record.get(name)))):
        return balance
    if any(isinstance(record.get(same), list) for same in SAME_COLUMN.get(name, ())):
        return None  # the reader makes one number of an array where one belongs, but which?
    return short(number(record, name))


def short(value: float | None) -> Number | None:
    """142 instead of 142.0: an hour of samples is a third smaller so."""
    return int(value) if value is not None and value.is_integer() else value


def short_finite(value: Any) -> Number | None:
    """`short` of `finite`, in one step: it is called for most values of a file."""
    if type(value) is int:
        return value if abs(value) <= LARGEST else None
    if type(value) is float and abs(value) <= LARGEST:
        return int(value) if value.is_integer() else value
    return None
