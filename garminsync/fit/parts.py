"""The parts of an activity's file as rows, each with its `index` in the order of the file."""

from typing import Any

from garminsync.fit.decoding import Decoded, Message
from garminsync.fit.efforts import effort, span
from garminsync.fit.values import instant, number, numbers, text, whole

type Rows = list[dict[str, Any]]


def read_laps(decoded: Decoded) -> Rows:
    return [
        {
            "index": index,
            "sport": text(message, "sport"),
            "trigger": text(message, "lap_trigger"),
            "intensity": text(message, "intensity"),
            **span(message),
            **effort(message),
            "swim_stroke": text(message, "swim_stroke"),
            "workout_step": whole(message, "wkt_step_index"),
        }
        for index, message in enumerate(decoded["lap"])
    ]


def read_splits(decoded: Decoded) -> Rows:
    """Intervals, walks and runs, climbs: what the watch told apart within the laps."""
    return [
        {"index": index, "type": text(message, "split_type"), **span(message)}
        for index, message in enumerate(decoded["split"])
    ]


def read_sets(decoded: Decoded) -> Rows:
    """Sets of strength training; a rest has neither repetitions nor weight, whatever came before it."""
    return [
        {
            "index": index,
            "type": text(message, "set_type"),
            "exercise": text(message, "category"),
            "start_time": instant(message, "start_time", "timestamp"),
            "duration_s": number(message, "duration"),
            "repetitions": whole(message, "repetitions"),
            "weight_kg": number(message, "weight"),
        }
        for index, message in enumerate(decoded["set"])
    ]


def read_lengths(decoded: Decoded) -> Rows:
    """Lengths of the pool, swum or idle."""
    return [
        {
            "index": index,
            "type": text(message, "length_type"),
            "stroke": text(message, "swim_stroke"),
            "start_time": instant(message, "start_time"),
            "elapsed_s": number(message, "total_elapsed_time"),
            "strokes": whole(message, "total_strokes"),
            "avg_speed_mps": number(message, "avg_speed"),
        }
        for index, message in enumerate(decoded["length"])
    ]


def read_zones(decoded: Decoded) -> Rows:
    """Seconds in each heart-rate and power zone of the whole activity; zone 0 lies below the first."""
    of_session = [m for m in decoded["time_in_zone"] if m.get("reference_mesg") == "session"]
    rows: Rows = []
    for kind in ("hr", "power"):
        name = f"time_in_{kind}_zone"
        seconds: dict[int, float] = {}
        upper: dict[int, float] = {}
        told = [m for m in of_session if m.get(name)] or [m for m in decoded["session"] if m.get(name)]
        for message in told:
            for zone, value in enumerate(numbers(message, name)):
                if value is not None:
                    seconds[zone] = seconds.get(zone, 0) + value
            for zone, value in enumerate(numbers(message, f"{kind}_zone_high_boundary")):
                if value is not None:
                    upper.setdefault(zone, value)
        rows += [{"kind": kind, "zone": z, "seconds": s, "upper": upper.get(z)} for z, s in sorted(seconds.items())]
    return rows


def read_devices(decoded: Decoded) -> Rows:
    """The watch and its sensors, each once, as they were told last."""
    found: dict[str, Message] = {}
    for message in decoded["device_info"]:
        key = text(message, "device_index") or "creator"
        known = {name: value for name, value in message.items() if value is not None}
        found[key] = {**found.get(key, {}), **known}
    return [
        {
            "index": index,
            "role": key,
            "manufacturer": text(message, "manufacturer"),
            "product": text(message, "garmin_product", "product_name", "product"),
            "type": text(message, "antplus_device_type", "local_device_type", "ble_device_type", "device_type"),
            "serial_number": text(message, "serial_number"),
            "software": text(message, "software_version"),
            "battery_status": text(message, "battery_status"),
        }
        for index, (key, message) in enumerate(found.items())
    ]
