"""What happened within a day: two requests for each, so only the newest days are asked for unless told."""

from datetime import date
from typing import Any

from garminsync.datasets.dataset import Row, Rows, Table
from garminsync.datasets.kinds import FileDataset, ItemDataset
from garminsync.datasets.parts import day_of
from garminsync.fit import DaySeries, read_monitoring
from garminsync.models import Nap, Series
from garminsync.schemas.sleep_curves import NightSeries
from garminsync.schemas.sleep_detail import read_sleep_detail


def read_monitoring_rows(opened: tuple[date, bytes], notes: list[str]) -> Rows:
    """The monitoring files of a day."""
    day, content = opened
    found = read_monitoring(content, day)
    notes += found.problems
    return {Series: [_row(series) for series in found.series]}


def read_sleep_detail_rows(page: Any, notes: list[str]) -> Rows:
    """The page of a night."""
    series, naps = read_sleep_detail(page, notes)
    return {
        Series: [_row(one) for one in series],
        Nap: [{"index": index, **nap.row()} for index, nap in enumerate(naps)],
    }


def _row(series: DaySeries | NightSeries) -> Row:
    return {"name": series.name, "start": series.start, "columns": series.columns}


MONITORING = FileDataset(
    name="monitoring",
    title="monitoring files",
    shape="Garmin's own FIT profile, and files that several public clients read",
    kind="health",
    path="/download-service/files/wellness/{key}",
    label="monitoring files of {key}",
    within_day=True,
    read=read_monitoring_rows,
    version=2,
    tables=(Table(Series, "key", {"kind": "day"}),),
)

SLEEP_DETAIL = ItemDataset(
    name="sleep_detail",
    title="nights in detail",
    shape=(
        "recorded but for the curves, which are agreed by several public clients with answers of their own; "
        "naps a tolerant guess"
    ),
    kind="health",
    path="/wellness-service/wellness/dailySleepData/{name}",
    params={"date": "{key}", "nonSleepBufferMinutes": "60"},
    label="night of {key} in detail",
    within_day=True,
    day=day_of,
    read=read_sleep_detail_rows,
    # And whenever what its answers fill learns something.
    version=4,
    tables=(Table(Series, "key", {"kind": "night"}), Table(Nap)),
)
