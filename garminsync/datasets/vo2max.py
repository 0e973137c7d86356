"""VO2 max, for running and for cycling, and the acclimation that comes along."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Row, Rows, Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import day_of, entries, has_numbers
from garminsync.datasets.readers import NONE_UNDERSTOOD, row_of_an_entry
from garminsync.models import Acclimation, Vo2Max
from garminsync.schemas.answers import alone
from garminsync.schemas.performance import AcclimationDay, Vo2MaxDay

MAXMET = ("generic", "cycling", "heatAltitudeAcclimation")


def maxmet_day(part: Any) -> date | None:
    """The answer has no date of its own, but each of its three objects has."""
    dates = (day_of(alone(part.get(name))) for name in MAXMET) if isinstance(part, dict) else ()
    return next((found for found in dates if found is not None), None)


def maxmets(answer: Any) -> Iterator[Any]:
    """Each object under its own day: one may be older than its neighbour."""
    for part in entries(day=maxmet_day)(answer):
        first = maxmet_day(part)
        if first is None:
            yield part
            continue
        dates = {name: day_of(alone(part.get(name))) or first for name in MAXMET}
        for day in sorted(set(dates.values())):
            yield {name: inner for name, inner in part.items() if dates.get(name, day) == day}


def read_vo2max(part: Any, notes: list[str]) -> Rows:
    """VO2 max and acclimation, which come together; either may be missing."""
    rows: dict[type[Model], Row] = {Vo2Max: {}, Acclimation: {}}
    for entry in part if isinstance(part, list) else [part]:
        for model, schema in ((Vo2Max, Vo2MaxDay), (Acclimation, AcclimationDay)):
            new = row_of_an_entry(schema, entry, notes)
            rows[model] |= {c: value for c, value in new.items() if rows[model].get(c) is None}
    if not any(rows.values()) and not notes and has_numbers(part):
        notes.append(NONE_UNDERSTOOD)
    return {model: [row] if row else [] for model, row in rows.items()}


VO2MAX = DayDataset(
    name="vo2max",
    title="VO2 max",
    shape="agreed by several public clients with answers of their own",
    sources=(
        Source(
            name="vo2max",
            path="/metrics-service/metrics/maxmet/daily/{start}/{end}",
            span=366,
            parts=maxmets,
            day=maxmet_day,
            many=True,
        ),
    ),
    read=read_vo2max,
    version=3,
    tables=(Table(Vo2Max), Table(Acclimation)),
    optional=True,
)
