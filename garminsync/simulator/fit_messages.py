"""The messages that sum an activity up: laps, lengths of the pool, sets, the session."""

from datetime import datetime, timedelta
from typing import Any

from .activities import POOL_M, Activity
from .activity_answers import lap_count

Message = dict[str, Any]


def laps(activity: Activity, start: datetime) -> list[Message]:
    made = []
    count = lap_count(activity)
    for number in range(count):
        covered = 1 / count
        if activity.lap_m and activity.distance_m:
            covered = min(activity.lap_m, activity.distance_m - number * activity.lap_m) / activity.distance_m
        length = activity.duration_s * covered
        lap: Message = {
            "message_index": number,
            "timestamp": start + timedelta(seconds=round(length)),
            "start_time": start,
            "event": "lap",
            "event_type": "stop",
            "total_elapsed_time": round(length, 3),
            "total_timer_time": round(length, 3),
            "total_calories": round(activity.calories * covered),
            "avg_heart_rate": activity.avg_hr,
            "max_heart_rate": activity.max_hr,
            "sport": activity.sport.fit_sport,
        }
        if activity.distance_m is not None:
            lap["total_distance"] = round(activity.distance_m * covered, 2)
            lap["enhanced_avg_speed"] = activity.avg_speed
        made.append(lap)
        start = lap["timestamp"]
    return made


def session(activity: Activity, start: datetime, end: datetime) -> Message:
    message: Message = {
        "message_index": 0,
        "timestamp": end,
        "start_time": start,
        "event": "session",
        "event_type": "stop",
        "sport": activity.sport.fit_sport,
        "sub_sport": activity.sport.fit_sub_sport,
        "total_elapsed_time": activity.elapsed_s,
        "total_timer_time": activity.duration_s,
        "total_calories": activity.calories,
        "avg_heart_rate": activity.avg_hr,
        "max_heart_rate": activity.max_hr,
        "first_lap_index": 0,
        "num_laps": lap_count(activity),
        "trigger": "activity_end",
    }
    if activity.distance_m is not None:
        message |= {"total_distance": activity.distance_m, "enhanced_avg_speed": activity.avg_speed}
    if activity.sport.outdoors:
        message |= {"total_ascent": activity.ascent_m, "total_descent": activity.ascent_m}
    if activity.cadence is not None:
        message["avg_cadence"] = per_leg(activity, activity.cadence)
    if activity.power is not None:
        message |= {"avg_power": activity.power, "max_power": activity.power * 2}
    if activity.lengths:
        message |= {
            "pool_length": POOL_M,
            "pool_length_unit": "metric",
            "num_lengths": activity.lengths,
            "num_active_lengths": activity.lengths,
        }
    return message


def per_leg(activity: Activity, cadence: int) -> int:
    """FIT counts the steps of one foot."""
    return cadence // 2 if activity.sport.fit_sport in ("running", "hiking") else cadence


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
        }
        for number in range(12)
    ]
