"""The messages that sum an activity up: the session and its laps."""

from datetime import datetime, timedelta
from typing import Any

from .activities import POOL_M, Activity
from .laps import laps_of, marks

Message = dict[str, Any]


def session(activity: Activity, start: datetime, end: datetime, seed: int) -> Message:
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
        "num_laps": len(laps_of(activity, seed)),
        "trigger": "activity_end",
        "sport_profile_name": activity.sport.key.replace("_", " ").title(),
        "total_training_effect": round(activity.avg_hr / 50, 1),
        "total_anaerobic_training_effect": round(activity.max_hr / 150, 1),
        "training_load_peak": round(activity.calories / 7, 1),
        **how_hard(activity),
    }
    if activity.distance_m is not None:
        message["total_distance"] = activity.distance_m
    if activity.sport.outdoors:
        message |= {"total_ascent": activity.ascent_m, "total_descent": activity.ascent_m}
    if activity.lengths:
        message |= {
            "pool_length": POOL_M,
            "pool_length_unit": "metric",
            "num_lengths": activity.lengths,
            "num_active_lengths": activity.lengths,
        }
    return message


def laps(activity: Activity, start: datetime, seed: int) -> list[Message]:
    made = []
    cut = laps_of(activity, seed)
    whole = how_hard(activity)
    for number, (lap, after) in enumerate(zip(cut, marks(cut)[0], strict=False)):
        part = lap.of(activity)
        hard = how_hard(part)
        message: Message = {
            "message_index": number,
            "timestamp": start + timedelta(seconds=round(after + part.elapsed_s)),
            "start_time": start + timedelta(seconds=round(after)),
            "event": "lap",
            "event_type": "stop",
            "total_elapsed_time": part.elapsed_s,
            "total_timer_time": part.duration_s,
            "total_calories": part.calories,
            "avg_heart_rate": part.avg_hr,
            "max_heart_rate": part.max_hr,
            "sport": activity.sport.fit_sport,
            "intensity": "active" if lap.kind == "interval" else lap.kind,
            "lap_trigger": lap.ended_by,
            **hard,
            **{peak: min(hard[peak], whole[peak]) for peak in ("enhanced_max_speed", "max_power") if peak in hard},
        }
        if part.distance_m is not None:
            message["total_distance"] = part.distance_m
        if activity.sport.outdoors:
            message |= {"total_ascent": part.ascent_m, "total_descent": part.ascent_m}
        if activity.lengths:
            message["swim_stroke"] = "freestyle"
        if lap.step is not None:
            message["wkt_step_index"] = lap.step
        made.append(message)
    return made


def how_hard(activity: Activity) -> Message:
    """What a session and its laps say alike."""
    message: Message = {}
    if activity.avg_speed is not None:
        message |= {"enhanced_avg_speed": activity.avg_speed, "enhanced_max_speed": round(activity.avg_speed * 1.35, 3)}
    if activity.cadence is not None:
        cadence = per_leg(activity, activity.cadence)
        message |= {"avg_cadence": cadence, "max_cadence": cadence + 10}
    if activity.power is not None:
        message |= {
            "avg_power": activity.power,
            "max_power": activity.power * 2,
            "normalized_power": round(activity.power * 1.07),
        }
    if activity.latitude is not None and activity.longitude is not None:
        message |= {
            "start_position_lat": semicircles(activity.latitude),
            "start_position_long": semicircles(activity.longitude),
            "avg_temperature": 17,
        }
    return message


def per_leg(activity: Activity, cadence: int) -> int:
    """FIT counts the steps of one foot."""
    return cadence // 2 if activity.sport.fit_sport in ("running", "hiking") else cadence


def semicircles(degrees: float) -> int:
    return round(degrees * 2**31 / 180)
