"""Which messages of monitoring files hold which readings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from garminsync.fit.decoding import Decoded, Message
from garminsync.fit.values import EARLIEST, FIT_EPOCH, LATEST_S, finite, number

EARLIEST_S = round((EARLIEST - FIT_EPOCH).total_seconds())
# Those that have steps; the cycles of others are turns of a crank or strokes.
ON_FOOT = ("walking", "running")
ACTIVITY_TYPE_MASK = 0x1F
NUMBER_OF_TYPE = {1: "running", 6: "walking"}

type Value = float | int | None


class Sample(NamedTuple):
    """`time` in seconds of FIT's clock, which is UTC; `device` its serial number."""

    time: int
    device: int | None
    value: Value


class Count(NamedTuple):
    """Steps of one type of activity since local midnight."""

    time: int
    device: int | None
    steps: int
    type: str


@dataclass(frozen=True)
class Reading:
    """A series, its column, and the messages and field that fill it. Outside of `low` and `high` it is no reading:
    left out, or null where the device says so on purpose (`kept`). Field 3 of a stress message has no name."""

    name: str
    column: str
    message: str
    field: str | int
    low: float
    high: float
    time: str = "timestamp"
    kept: bool = False

    def samples(self, decoded: Decoded, device: int | None) -> Iterator[Sample | None]:
        """In the order of the file; None for one that has no time."""
        for message in decoded[self.message]:
            if self.field in message:
                # Those of health snapshots have an array that spans the interval.
                told = message[self.field]
                values = told if isinstance(told, list) else [told]
                step = (number(message, "processing_interval") or 0) / max(len(values), 1)
                start = seconds(message, self.time)
                for place, value in enumerate(map(self._read, values)):
                    if value is not None or self.kept:
                        yield None if start is None else Sample(start + int(place * step), device, value)

    def _read(self, told: object) -> Value:
        value = finite(told)
        return short(value) if value is not None and self.low <= value <= self.high else None


READINGS = (
    Reading("heart_rate", "heart_rate_bpm", "monitoring", "heart_rate", 1, 254),
    Reading("resting_heart_rate", "resting_hr_bpm", "monitoring_hr_data", "current_day_resting_heart_rate", 1, 254),
    Reading("stress", "stress", "stress_level", "stress_level_value", 0, 100, "stress_level_time", kept=True),
    Reading("body_battery", "body_battery", "stress_level", 3, 0, 100, "stress_level_time"),
    Reading("respiration", "respiration_per_min", "respiration_rate", "respiration_rate", 0.01, 100),
    Reading("spo2", "spo2_percent", "spo2_data", "reading_spo2", 1, 100),
    Reading("hsa_heart_rate", "heart_rate_bpm", "hsa_heart_rate_data", "heart_rate", 1, 254),
    Reading("hsa_stress", "stress", "hsa_stress_data", "stress_level", 0, 100, kept=True),
    Reading("hsa_respiration", "respiration_per_min", "hsa_respiration_data", "respiration_rate", 0.01, 100),
    Reading("hsa_body_battery", "body_battery", "hsa_body_battery_data", "level", 0, 100),
    Reading("hsa_spo2", "spo2_percent", "hsa_spo2_data", "reading_spo2", 1, 100),
    Reading("hsa_steps", "steps", "hsa_step_data", "steps", 0, 1e6),
    Reading("hsa_wrist_temperature", "temperature_c", "hsa_wrist_temperature_data", "value", -50, 100),
)


def counts_of(decoded: Decoded, device: int | None) -> Iterator[Count | None]:
    """Counters of steps, in the order of the file; None for one that has no time."""
    kind = ""
    for message in decoded["monitoring"]:
        kind = _type_of(message) or kind
        steps = _steps(message, kind)
        if steps is not None and steps >= 0:
            time = seconds(message, "timestamp")
            yield None if time is None else Count(time, device, round(steps), kind)


def _type_of(message: Message) -> str:
    """A message without one means the type before it."""
    kind, packed = message.get("activity_type"), message.get("current_activity_type_intensity")
    if kind is None and isinstance(packed, int):
        kind = NUMBER_OF_TYPE.get(packed & ACTIVITY_TYPE_MASK, "other")
    return "" if kind is None else str(kind)


def _steps(message: Message, kind: str) -> float | None:
    if kind not in ON_FOOT:
        return None
    cycles = number(message, "cycles")
    return number(message, "steps") if cycles is None or "steps" in message else cycles * 2


def seconds(message: Message, name: str) -> int | None:
    """None by a clock that was never set."""
    value = number(message, name)
    return int(value) if value is not None and EARLIEST_S <= value <= LATEST_S else None


def short(value: float) -> float | int:
    """61 instead of 61.0."""
    return int(value) if value.is_integer() else value
