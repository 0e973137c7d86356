"""Answers about training status and endurance taken apart."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from garminsync.datasets.parts import day_at, day_of
from garminsync.datasets.performance_parts import entries, flat, has_numbers, is_blank
from garminsync.schemas.answers import NotUnderstood, alone

STATUS_DATA = ("reportData", "latestTrainingStatusData")
NOT_HERE = (204, 404)


def statuses(answer: Any) -> Iterator[Any]:
    """The entries of all devices, wherever the answer has them: by week, by month, the latest; with the wrapper
    of the mobile gateway, or without. Garmin answers 200 even where a part has failed."""
    answer = alone(answer)
    found = list(_status_data(answer))
    if answer and not found:
        raise NotUnderstood("an answer without a training status")
    for data in found:
        yield from _by_device(data)


def _status_data(value: Any) -> Iterator[Any]:
    if not isinstance(value, dict) or day_of(value) is not None:
        yield from [value] if isinstance(value, dict | list) else []
        return
    for name in STATUS_DATA:
        if name in value:
            yield value[name]
    for name, inner in value.items():
        if name.endswith("TrainingStatus"):
            yield from _status_data(_unwrapped(inner)) if inner else [None]


def _unwrapped(part: Any) -> Any:
    if not isinstance(part, dict) or "payload" not in part:
        return part
    status = part.get("statusCode", 200)
    status = int(status) if isinstance(status, str) and status.isdecimal() else status
    if status in NOT_HERE:
        return []
    if status != 200 or part.get("successful") is False:
        raise NotUnderstood(f"Garmin answered that the training status failed with {status!r:.20}")
    return part["payload"] or []


def _by_device(data: Any) -> Iterator[Any]:
    """Each entry with the device it stands under, if it does not name it itself."""
    if not isinstance(data, dict) or day_of(data) is not None:
        yield from flat(data)
        return
    for device, inner in data.items():
        for entry in flat(inner):
            named = isinstance(entry, dict) and entry.get("deviceId") is None and device.isascii() and device.isdigit()
            yield {**entry, "deviceId": int(device)} if named else entry


endurance_day = day_at("calendarDate", "endDate")


def endurance_scores(answer: Any) -> Iterator[Any]:
    """The days of a daily answer. One by the week or the month is kept whole, under its last day."""
    answer = alone(answer)
    if not isinstance(answer, dict) or "groupMap" not in answer:
        yield from entries()(answer)
        return
    groups = answer["groupMap"]
    if not isinstance(groups, dict):
        yield from flat(groups)
        return
    days = {key: day for key in groups if (day := day_at("key")({"key": key}))}
    if groups and not _are_days(sorted(days.values()), day_at("endDate")(answer)):
        yield answer
        return
    for key, inner in groups.items():
        if key in days and not is_blank(inner):
            yield {"calendarDate": key} | (inner if isinstance(inner, dict) else {"groupMap.*": inner})
        elif key not in days and has_numbers(inner):
            yield {key: inner}  # of no day: it is listed, and costs no other


def _are_days(days: list[date], end: date | None) -> bool:
    """Weeks are named by their first day, counted back from the end; they and months lie a week or more apart."""
    if len(days) == 1:
        return end is None or (end - days[0]).days % 7 != 6
    return any((later - day).days < 7 for day, later in pairwise(days))
