"""Training status: the entries of all devices."""

from collections.abc import Iterator
from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import day_of, flat
from garminsync.datasets.readers import rows_of_a_day
from garminsync.models import TrainingStatus
from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.readiness import StatusEntry

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
            yield alone(value[name])
    for name, inner in value.items():
        if name.endswith("TrainingStatus"):
            yield from _status_data(_unwrapped(alone(inner))) if inner else [None]


def _unwrapped(part: Any) -> Any:
    if not isinstance(part, dict) or "payload" not in part:
        return part
    status = part.get("statusCode", 200)
    status = int(status) if isinstance(status, str) and status.isdecimal() else status
    if status in NOT_HERE:
        return []
    if status != 200 or part.get("successful") is False:
        raise NotUnderstood(f"Garmin answered that the training status failed with {status!r:.20}")
    return alone(part["payload"]) or []


def _by_device(data: Any) -> Iterator[Any]:
    """Each entry with the device it stands under, if it does not name it itself."""
    if not isinstance(data, dict) or day_of(data) is not None:
        yield from flat(data)
        return
    for device, inner in data.items():
        for entry in flat(inner):
            named = isinstance(entry, dict) and entry.get("deviceId") is None and device.isascii() and device.isdigit()
            yield {**entry, "deviceId": int(device)} if named else entry


def read_statuses(part: Any, notes: list[str]) -> Rows:
    """One row a device: the newest, should there be several."""
    rows = sorted((row for _, row in rows_of_a_day(StatusEntry, part, notes)), key=lambda row: str(row["time"] or ""))
    return {TrainingStatus: list({row["device_id"]: row for row in rows}.values())}


TRAINING_STATUS = DayDataset(
    name="training_status",
    title="training status",
    shape="recorded",
    sources=(
        # Despite its name it has an entry for every day and device.
        Source(
            name="training_status",
            path="/mobile-gateway/usersummary/trainingstatus/weekly/{start}/{end}",
            span=364,
            parts=statuses,
            many=True,
        ),
    ),
    read=read_statuses,
    version=2,
    tables=(Table(TrainingStatus),),
    optional=True,
)
