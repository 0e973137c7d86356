"""What sessions and laps have in common, and splits in part."""

from datetime import timedelta
from typing import Any

from garminsync.fit.decoding import Message
from garminsync.fit.values import degrees, instant, number

A_YEAR_S = 366 * 24 * 3600  # longer is no activity but damage


def span(message: Message) -> dict[str, Any]:
    """When, how long, how far, where."""
    start, end = instant(message, "start_time"), instant(message, "timestamp", "end_time")
    elapsed = number(message, "total_elapsed_time")
    if start is None and end is not None and elapsed is not None and 0 <= elapsed <= A_YEAR_S:
        start = end - timedelta(seconds=elapsed)
    return {
        "start_time": start,
        "elapsed_s": elapsed,
        "duration_s": number(message, "total_timer_time"),
        "distance_m": number(message, "total_distance"),
        "start_latitude_deg": degrees(message, "start_position_lat"),
        "start_longitude_deg": degrees(message, "start_position_long"),
        "kcal": number(message, "total_calories"),
        "avg_speed_mps": number(message, "enhanced_avg_speed", "avg_speed"),
        "max_speed_mps": number(message, "enhanced_max_speed", "max_speed"),
        "ascent_m": number(message, "total_ascent"),
        "descent_m": number(message, "total_descent"),
    }


def effort(message: Message) -> dict[str, Any]:
    """How hard."""
    return {
        "avg_hr_bpm": number(message, "avg_heart_rate"),
        "max_hr_bpm": number(message, "max_heart_rate"),
        "avg_power_w": number(message, "avg_power"),
        "max_power_w": number(message, "max_power"),
        "normalized_power_w": number(message, "normalized_power"),
        "avg_cadence_rpm": number(message, "avg_running_cadence", "avg_swimming_cadence", "avg_cadence"),
        "max_cadence_rpm": number(message, "max_running_cadence", "max_swimming_cadence", "max_cadence"),
        "avg_temperature_c": number(message, "avg_temperature"),
    }
