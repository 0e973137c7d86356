"""What the files of one day tell within it: heart rate, steps, stress, body battery, breath, oxygen."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from garminsync.fit.decoding import Decoded, decode
from garminsync.fit.limits import Limit
from garminsync.fit.opening import FIT, open_files
from garminsync.fit.readings import READINGS, Count, Sample, counts_of, seconds
from garminsync.fit.values import FIT_EPOCH, number

EMPTY_ZIP = b"PK\5\6"
FARTHEST_S = 15 * 3600  # that a clock can be from UTC

type Device = int | None


@dataclass(frozen=True)
class DaySeries:
    """`offset_s` counts from `start`. What several devices have filled has their serial numbers beside it."""

    name: str
    start: datetime
    columns: dict[str, list[Any]]


@dataclass(frozen=True)
class Monitoring:
    """The series of one day, and what could not be read."""

    series: list[DaySeries] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_monitoring(content: bytes, day: date) -> Monitoring:
    """From a zip of the day's files, or a single one. Never raises.

    Garmin files parts of the neighbouring days with them: they are left out where the files tell the local time.
    """
    if content.startswith(EMPTY_ZIP):
        return Monitoring()
    files, problems = _files(content)
    zone, timeless, strange = _Zone(files), 0, 0
    series = []
    for name, column, found in _found(files):
        timed = _once(found)
        of_day = [one for one in timed if zone.is_of(day, one.time, one.device, until=name == "steps")]
        timeless += found.count(None)
        strange += len(timed) - len(of_day)
        if of_day:
            series.append(_series(name, column, _per_interval(of_day)))
    if timeless:
        problems.append(f"{timeless} samples without a time are left out")
    if not series and not problems:
        problems.append("nothing but samples of other days" if strange else "no samples in its files")
    return Monitoring(series, problems)


def _files(content: bytes) -> tuple[list[tuple[Decoded, Device]], list[str]]:
    """What could be read of each, with the serial number of its device."""
    files, problems = [], []
    limit = Limit()
    for file in open_files(content):
        decoded = (
            decode(file.content, limit) if file.kind == FIT else Decoded(problems=[file.problem or "not a FIT file"])
        )
        told = f"{file.name}: " if file.name else ""
        problems += [f"{told}{problem}" for problem in (*decoded.problems, *decoded.notes)]
        serials = (number(message, "serial_number") for message in decoded["file_id"])
        files.append((decoded, next((int(serial) for serial in serials if serial), None)))
    return files, problems


class _Zone:
    """Local time less UTC, by device and time, from the messages that tell both."""

    def __init__(self, files: Iterable[tuple[Decoded, Device]]) -> None:
        self._marks: dict[Device, list[tuple[int, int]]] = {}
        for decoded, device in files:
            for message in (*decoded["monitoring_info"], *decoded["monitoring"]):
                local, utc = seconds(message, "local_timestamp"), seconds(message, "timestamp")
                if local is not None and utc is not None and abs(local - utc) <= FARTHEST_S:
                    self._marks.setdefault(device, []).append((utc, local - utc))
        self._all = sorted(mark for marks in self._marks.values() for mark in marks)
        for marks in self._marks.values():
            marks.sort()

    def is_of(self, day: date, time: int, device: Device, *, until: bool) -> bool:
        """By the last mark before, or else the first one. What counts `until` a midnight belongs to the day that
        ends then."""
        marks = self._marks.get(device, self._all)
        if not marks:
            return True
        _, offset = marks[max(bisect_right(marks, (time, FARTHEST_S)) - 1, 0)]
        return (FIT_EPOCH + timedelta(seconds=time + offset - until)).date() == day


def _found(files: list[tuple[Decoded, Device]]) -> Iterator[tuple[str, str, list[Any]]]:
    """By series: its name and column, and all samples of it."""
    yield "steps", "steps", [count for file in files for count in counts_of(*file)]
    for reading in READINGS:
        yield reading.name, reading.column, [sample for file in files for sample in reading.samples(*file)]


def _once(found: Iterable[Any]) -> list[Any]:
    """Files overlap. Of what a device tells twice of an instant the later, unless it is no reading. A counter may rise
    within an instant: of it only what is told twice word for word goes."""
    kept: dict[Any, Any] = {}
    for one in found:
        if one is not None:
            instant = one if isinstance(one, Count) else one[:2]
            if one[2] is not None or instant not in kept:
                kept[instant] = one
    return list(kept.values())


def _per_interval(samples: list[Any]) -> list[Sample]:
    """Counters become what was added since the one before, of all types together; a fall is a reset."""
    ordered = sorted(samples, key=lambda one: (one.time, one.device or 0, one[2] or 0))
    if not isinstance(ordered[0], Count):
        return ordered
    last: dict[tuple[Device, str], int] = {}
    added: dict[tuple[int, Device], int] = {}
    for time, device, steps, kind in ordered:
        before = last.get((device, kind), 0)
        last[device, kind] = steps
        added[time, device] = added.get((time, device), 0) + steps - (before if steps >= before else 0)
    return [Sample(time, device, steps) for (time, device), steps in added.items()]


def _series(name: str, column: str, samples: list[Sample]) -> DaySeries:
    start = samples[0].time
    columns: dict[str, list[Any]] = {
        "offset_s": [one.time - start for one in samples],
        column: [one.value for one in samples],
    }
    if len({one.device for one in samples}) > 1:
        columns["device"] = [one.device for one in samples]
    return DaySeries(name, FIT_EPOCH + timedelta(seconds=start), columns)
