"""The monitoring files of a day in the zip that Garmin hands out: a watch begins a new one whenever it has uploaded,
not at midnight."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise

from .account import Account
from .activity_answers import device_id
from .day_part import DayPart
from .fit_writer import FitWriter, Layout, fit_seconds
from .times import midnight
from .wellness_messages import COUNT, clock_lines, day_lines

BEGINNINGS = (3, 13, 23)  # o'clock

FILE_ID, READINESS = 0, 369
MONITORING_B, METRICS = 32, 44
FILE_LAYOUT: Layout = ((0, "E"), (1, "H"), (2, "H"), (3, "I"), (4, "I"))
GARMIN, PRODUCT = 1, 4260


def wellness_zip(account: Account, day: date) -> bytes | None:
    """None when the watch has uploaded nothing of that day."""
    near = [day + timedelta(days=step) for step in (-1, 0, 1)]
    parts = {each: part for each in near if (part := _part(account, each))}
    if day not in parts:
        return None
    serial = device_id(account.options) % 2**32
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for start, end in _spans(account, day):
            inside = tuple(part for part in parts.values() if part.start < end and part.until > start)
            name = f"{fit_seconds(start)}_WELLNESS.fit"
            archive.writestr(_member(name), _file(serial, account.zone, start, end, inside))
        archive.writestr(_member(f"{fit_seconds(parts[day].start)}_METRICS.fit"), _metrics(serial, parts[day].start))
    return packed.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    # The same bytes each time: a zip stamped with the hour would look changed to a sync.
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _part(account: Account, day: date) -> DayPart | None:
    known = account.day(day)
    start, end = midnight(day, account.zone), midnight(day + timedelta(days=1), account.zone)
    until = account.day_end(day).replace(microsecond=0)
    if known is None or until <= start:
        return None
    night = account.night(day)
    asleep = (night.start(account.zone), night.end(account.zone)) if night else None
    return DayPart(account.options.seed, known, start, until, end, asleep)


def _spans(account: Account, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Of the files that hold something of this day; the last ends with the upload."""
    hours = [(day - timedelta(days=1), 23), *((day, hour) for hour in BEGINNINGS), (day + timedelta(days=1), 3)]
    begins = [datetime.combine(each, time(hour), account.zone).astimezone(UTC) for each, hour in hours]
    synced = account.synced().replace(microsecond=0)
    for start, end in pairwise(begins):
        if start < synced:
            yield start, min(end, synced)


@lru_cache(maxsize=512)
def _file(serial: int, zone: tzinfo, start: datetime, end: datetime, parts: tuple[DayPart, ...]) -> bytes:
    writer = FitWriter()
    writer.write(FILE_ID, FILE_LAYOUT, MONITORING_B, GARMIN, PRODUCT, serial, fit_seconds(start))
    lines = [*clock_lines(zone, start, end)]
    for part in parts:
        lines += day_lines(part)
    for at, order, number, layout, values in sorted(lines, key=lambda line: line[:2]):
        # What was counted until an instant belongs to the file that ends there.
        if start < at <= end if order == COUNT else start <= at < end:
            writer.write(number, layout, *values)
    return writer.close()


def _metrics(serial: int, start: datetime) -> bytes:
    """Files with messages that nobody has named lie in the same zip."""
    writer = FitWriter()
    writer.write(FILE_ID, FILE_LAYOUT, METRICS, GARMIN, PRODUCT, serial, fit_seconds(start))
    writer.write(READINESS, ((253, "I"), (0, "B"), (2, "H")), fit_seconds(start), 61, 420)
    return writer.close()
