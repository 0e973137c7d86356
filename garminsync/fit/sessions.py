"""The sessions of an activity's file, one for each sport."""

from datetime import timedelta
from typing import Any

from garminsync.fit.decoding import Decoded
from garminsync.fit.efforts import effort, span
from garminsync.fit.samples import Samples
from garminsync.fit.values import EARLIEST_S, FIT_EPOCH, number, text, whole


def read_sessions(decoded: Decoded, samples: Samples) -> list[dict[str, Any]]:
    """One of each sport; where a file has none (a device that broke off), one made from its samples."""
    told = decoded["session"] or (decoded["sport"][:1] or [{}] if samples.seconds else [])
    rows = [
        {
            "index": index,
            "sport": text(message, "sport"),
            "sub_sport": text(message, "sub_sport"),
            "name": text(message, "sport_profile_name"),
            **span(message),
            **effort(message),
            "pool_length_m": number(message, "pool_length"),
            "pool_unit": text(message, "pool_length_unit"),
            "active_lengths": whole(message, "num_active_lengths"),
            "training_effect": number(message, "total_training_effect"),
            "anaerobic_training_effect": number(message, "total_anaerobic_training_effect"),
            "training_load": number(message, "training_load_peak"),
        }
        for index, message in enumerate(told)
    ]
    if len(rows) == 1:
        _fill_from_samples(rows[0], decoded, samples)
    return rows


def _fill_from_samples(row: dict[str, Any], decoded: Decoded, samples: Samples) -> None:
    """What the only session does not say and its samples do; pauses are not looked for."""
    times = [time for time in samples.seconds if time is not None and time >= EARLIEST_S]
    if times and row["start_time"] is None:
        row["start_time"] = FIT_EPOCH + timedelta(seconds=min(times))
    if times and row["elapsed_s"] is None:
        row["elapsed_s"] = round(float(max(times) - min(times)), 6)
        row["duration_s"] = row["elapsed_s"] if row["duration_s"] is None else row["duration_s"]
    row["distance_m"] = row["distance_m"] or _swum_m(decoded, row["pool_length_m"]) or row["distance_m"]
    if row["distance_m"] is None:
        distances = [distance for distance in samples.fields.get("distance", []) if distance is not None]
        row["distance_m"] = float(max(distances)) if distances else None


def _swum_m(decoded: Decoded, pool_m: float | None) -> float | None:
    active = sum(1 for message in decoded["length"] if message.get("length_type") == "active")
    return round(active * pool_m, 2) if active and pool_m else None
