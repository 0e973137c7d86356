"""The messages of what an activity is made of beside laps: splits, lengths of the pool, sets, zones, devices."""

from datetime import datetime, timedelta

from .activities import Activity
from .fit_messages import Message, semicircles
from .laps import between, laps_of, marks


def splits(activity: Activity, start: datetime, seed: int) -> list[Message]:
    """A run that was walked at its end."""
    if activity.sport.fit_sport != "running" or activity.distance_m is None or activity.manual:
        return []
    made = []
    run_m = round(between(0.9 * activity.duration_s, *marks(laps_of(activity, seed))), 2)
    kinds = (("rwd_run", 0.9, run_m), ("rwd_walk", 0.1, activity.distance_m - run_m))
    for number, (kind, share, metres) in enumerate(kinds):
        speed = round(metres / (activity.duration_s * share), 3)
        end = start + timedelta(seconds=round(activity.duration_s * share))
        split: Message = {
            "message_index": number,
            "split_type": kind,
            "start_time": start,
            "end_time": end,
            "total_elapsed_time": round(activity.duration_s * share, 3),
            "total_timer_time": round(activity.duration_s * share, 3),
            "total_distance": round(metres, 2),
            "total_calories": round(activity.calories * share),
            "avg_speed": speed,
            "max_speed": round((activity.avg_speed or 0) * 1.35, 3),
            "total_ascent": round(activity.ascent_m * share),
            "total_descent": round(activity.ascent_m * share),
        }
        if activity.latitude is not None and activity.longitude is not None:
            split["start_position_lat"] = semicircles(activity.latitude)
            split["start_position_long"] = semicircles(activity.longitude)
        made.append(split)
        start = end
    return made


def lengths(activity: Activity, start: datetime) -> list[Message]:
    each = activity.duration_s / max(activity.lengths, 1)
    return [
        {
            "message_index": number,
            "start_time": start + timedelta(seconds=round(number * each)),
            "timestamp": start + timedelta(seconds=round((number + 1) * each)),
            "event": "length",
            "event_type": "stop",
            "total_elapsed_time": round(each, 3),
            "total_timer_time": round(each, 3),
            "total_strokes": 12,
            "swim_stroke": "freestyle",
            "avg_speed": activity.avg_speed,
            "length_type": "active",
        }
        for number in range(activity.lengths)
    ]


def sets(activity: Activity, start: datetime) -> list[Message]:
    if activity.sport.key != "strength_training":
        return []
    each = activity.duration_s / 12
    return [
        {
            "message_index": number,
            "start_time": start + timedelta(seconds=round(number * each)),
            "timestamp": start + timedelta(seconds=round(number * each + 45)),
            "duration": 45.0,
            "repetitions": 10,
            "weight": 20.0 + 2.5 * number,
            "set_type": "active",
            "category": ["squat"],
        }
        for number in range(12)
    ]


def zones(activity: Activity, end: datetime) -> Message:
    """Below the first zone, the five of them, and above: of the whole activity."""
    shares = (0.05, 0.2, 0.4, 0.25, 0.08, 0.02)
    spent = [round(share * activity.duration_s, 3) for share in shares]
    message: Message = {
        "timestamp": end,
        "reference_mesg": "session",
        "reference_index": 0,
        "time_in_hr_zone": spent,
        "hr_zone_high_boundary": [95, 114, 133, 152, 171, 190],
    }
    if activity.power is not None:
        message |= {"time_in_power_zone": spent, "power_zone_high_boundary": [130, 180, 215, 250, 290, 360]}
    return message


def devices(activity: Activity, start: datetime, made: Message) -> list[Message]:
    """The watch and, where one was worn, a strap."""
    told: list[Message] = [made | {"timestamp": start, "device_index": "creator", "software_version": 12.34}]
    if activity.sport.outdoors:
        strap = {"timestamp": start, "device_index": 1, "manufacturer": "garmin", "source_type": "antplus"}
        told.append(strap | {"device_type": 120, "serial_number": 3_300_001, "battery_status": "good"})
    return told
