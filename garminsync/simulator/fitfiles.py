"""The file a watch would have made of an activity, and the zip Garmin wraps it in."""

import io
import zipfile
from bisect import bisect
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import ceil, cos, pi, radians, sin

from garmin_fit_sdk import Encoder

from .activities import Activity
from .activity_answers import device_id
from .fit_messages import Message, laps, per_leg, semicircles, session
from .fit_parts import devices, lengths, sets, splits, zones
from .journey import watch_zone
from .laps import between, laps_of, marks
from .options import Options

FILE_ID, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY = 0, 18, 19, 20, 21, 23, 34
LENGTH, SET, TIME_IN_ZONE, SPLIT = 101, 225, 216, 312
MOST_RECORDS = 300
PRODUCT = 4260


def original_zip(activity: Activity, options: Options) -> bytes:
    # All that a file tells of them: accounts that differ otherwise have the same one.
    told = Options(seed=options.seed, time_zone=options.time_zone, profile_id=options.profile_id)
    return _original_zip(activity, told)


@lru_cache(maxsize=512)
def _original_zip(activity: Activity, options: Options) -> bytes:
    packed = io.BytesIO()
    # The same bytes each time: a zip stamped with the hour would look changed to a sync.
    member = zipfile.ZipInfo(f"{activity.id}_ACTIVITY.fit", (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, fit_file(activity, options))
    return packed.getvalue()


def fit_file(activity: Activity, options: Options) -> bytes:
    zone = watch_zone(options)
    # FIT knows whole seconds.
    start = activity.start(zone)
    end = start + timedelta(seconds=round(activity.elapsed_s))
    serial = device_id(options) % 2**32
    encoder = Encoder()
    write = encoder.on_mesg
    made = {"manufacturer": "garmin", "product": PRODUCT, "serial_number": serial}
    write(FILE_ID, made | {"type": "activity", "time_created": start})
    for message in devices(activity, start, made):
        write(DEVICE_INFO, message)
    write(EVENT, {"timestamp": start, "event": "timer", "event_type": "start"})
    for record in _records(activity, start, options.seed):
        write(RECORD, record)
    for message in sets(activity, start):
        write(SET, message)
    for message in lengths(activity, start):
        write(LENGTH, message)
    write(EVENT, {"timestamp": end, "event": "timer", "event_type": "stop_all"})
    for message in laps(activity, start, options.seed):
        write(LAP, message)
    for message in splits(activity, start, options.seed):
        write(SPLIT, message)
    write(TIME_IN_ZONE, zones(activity, end))
    write(SESSION, session(activity, start, end, options.seed))
    offset = end.astimezone(zone).utcoffset() or timedelta()
    closing: Message = {"timestamp": end, "total_timer_time": activity.duration_s, "num_sessions": 1}
    closing |= {"type": "manual", "event": "activity", "event_type": "stop"}
    # The SDK has no zone for a local time: the wall clock goes in as if it were UTC.
    write(ACTIVITY, closing | {"local_timestamp": (end + offset).astimezone(UTC)})
    return bytes(encoder.close())


def _records(activity: Activity, start: datetime, seed: int) -> list[Message]:
    """One every 5 s or, in a long activity, so many that there are at most MOST_RECORDS; one at the end.

    The heart swings evenly about its mean in each lap, so that mean and peak are those of the laps.
    """
    laps = laps_of(activity, seed)
    parts = [lap.of(activity) for lap in laps]
    seconds, metres = marks(laps)
    # A file ends its laps at whole seconds.
    ends = [round(each) for each in seconds]
    step = max(5, ceil(ends[-1] / (MOST_RECORDS - 1)))
    records = []
    for after in (*range(0, ends[-1], step), ends[-1]):
        number = min(bisect(ends, after), len(parts)) - 1
        part = parts[number]
        wave = sin(2 * pi * (after - ends[number]) / part.duration_s)
        record: Message = {
            "timestamp": start + timedelta(seconds=after),
            "heart_rate": round(part.avg_hr + (part.max_hr - part.avg_hr) * wave),
        }
        if activity.distance_m is not None:
            record["distance"] = round(between(after, ends, metres), 2)
            record["enhanced_speed"] = part.avg_speed
        if activity.cadence is not None:
            record["cadence"] = per_leg(activity, activity.cadence)
        if part.power is not None:
            record["power"] = round(part.power * (1 + 0.2 * wave))
        if activity.latitude is not None and activity.longitude is not None:
            share = record["distance"] / activity.distance_m if activity.distance_m else 0
            record |= _place(activity, activity.latitude, activity.longitude, share)
        records.append(record)
    return records


def _place(activity: Activity, latitude: float, longitude: float, share: float) -> Message:
    """On a circle as long as the distance; up the one half, down the other."""
    radius = (activity.distance_m or 0) / (2 * pi) / 111_320
    turn = 2 * pi * share
    north = latitude + radius * (1 - cos(turn))
    east = longitude + radius * sin(turn) / cos(radians(latitude))
    return {
        "position_lat": semicircles(north),
        "position_long": semicircles(east),
        "enhanced_altitude": round(40 + activity.ascent_m / 4 * (1 - cos(4 * turn)) / 2, 1),
    }
