"""The names of the series and their columns, on the page of datasets: told by the readers that fill them."""

from collections.abc import Iterator

from garminsync.fit.readings import READINGS
from garminsync.fit.samples import COLUMNS
from garminsync.management.units import unit_of
from garminsync.schemas.sleep_curves import CURVES

SPAN = ("offset_s", "duration_s")
# By kind, what `name` can be, and the columns of each.
SERIES: dict[str, dict[str, tuple[str, ...]]] = {
    "activity": {"records": ("offset_s", *COLUMNS, "latitude_deg", "longitude_deg", "session")},
    "day": {
        "steps": ("offset_s", "steps", "device"),
        **{reading.name: ("offset_s", reading.column, "device") for reading in READINGS},
    },
    "night": {
        "stages": (*SPAN, "stage"),
        **{curve.name: (*(SPAN if curve.end else SPAN[:1]), curve.column) for curve in CURVES},
    },
}


def curves(kind: str) -> Iterator[str]:
    yield "| name | columns |"
    yield "| --- | --- |"
    for name, columns in SERIES[kind].items():
        yield f"| `{name}` | {', '.join(map(_with_unit, columns))} |"
    yield ""


def _with_unit(column: str) -> str:
    unit = unit_of(column)
    return f"`{column}` ({unit})" if unit else f"`{column}`"
