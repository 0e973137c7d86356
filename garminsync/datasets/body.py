"""HRV, every weigh-in, blood pressure, hydration."""

from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Reader, Row, Rows, Table
from garminsync.datasets.kinds import DayDataset, Ride, Source
from garminsync.datasets.parts import day_at, listed, within
from garminsync.datasets.performance_parts import has_numbers
from garminsync.models import BloodPressure, Hrv, Hydration, WeighIn
from garminsync.schemas.answers import NotUnderstood, held
from garminsync.schemas.base import GarminModel
from garminsync.schemas.body import GOALS, BloodPressureItem, HrvNight, HydrationDay, WeighInItem, day_weighed


def each(model: type[Model], schema: type[GarminModel]) -> Reader:
    """A row for each thing of a day; one that tells no more than whose it is has none."""

    def read(part: Any, notes: list[str]) -> Rows:
        rows: list[Row] = []
        for thing in part if isinstance(part, list) else [part]:
            try:
                row = schema.read(thing, notes).row()
            except NotUnderstood as error:
                notes.append(str(error))
                continue
            if any(value is not None for column, value in row.items() if column not in WHOSE):
                rows.append(row)
            elif any(value is not None for name, value in thing.items() if name not in GARMINS_WHOSE):
                notes.append("it has content, but none that is understood")
        return {model: rows}

    return read


# What tells one thing from another, and where it came from: as columns, and as Garmin names it.
WHOSE = {"sample_pk", "version", "date", "time", "utc_offset_s", "source"}
GARMINS_WHOSE = {
    *("calendarDate", "createTimeStamp", "date", "measurementTimestampGMT", "measurementTimestampLocal"),
    *("multiMeasurement", "samplePk", "sourceType", "startDate", "summaryDate", "timestampGMT", "version"),
}

HRV = DayDataset(
    name="hrv",
    title="HRV",
    shape="recorded",
    sources=(Source(name="hrv", path="/hrv-service/hrv/daily/{start}/{end}", span=365, parts=listed("hrvSummaries")),),
    read=each(Hrv, HrvNight),
    version=2,
    tables=(Table(Hrv),),
    optional=True,
)

WEIGHT = DayDataset(
    name="weight",
    title="weight",
    shape="recorded",
    sources=(
        Source(
            name="weight",
            path="/weight-service/weight/range/{start}/{end}",
            params={"includeAll": "true"},
            span=366,
            parts=within("dailyWeightSummaries", "allWeightMetrics", "summaryDate"),
            day=day_weighed,
            many=True,
            by_hand=True,
        ),
    ),
    read=each(WeighIn, WeighInItem),
    tables=(Table(WeighIn),),
    optional=True,
)

BLOOD_PRESSURE = DayDataset(
    name="blood_pressure",
    title="blood pressure",
    shape="agreed by several public clients",
    sources=(
        Source(
            name="blood_pressure",
            path="/bloodpressure-service/bloodpressure/range/{start}/{end}",
            params={"includeAll": "true"},
            span=366,
            parts=within("measurementSummaries", "measurements", "startDate"),
            day=day_at("measurementTimestampLocal", "startDate"),
            many=True,
            by_hand=True,
        ),
    ),
    read=each(BloodPressure, BloodPressureItem),
    tables=(Table(BloodPressure),),
    optional=True,
)


def read_hydration(part: Any, notes: list[str]) -> Rows:
    """A goal alone is nothing drunk: the range of its own leaves such a day out."""
    row = HydrationDay.read(part, notes).row()
    return {Hydration: [row]} if row["consumed_ml"] or notes else {}


def hydration_of(day: Any) -> Any:
    """The nested form of a day's summary brings it along. Undocumented, so it is believed only where it is all
    understood: a number consumed, or nothing but a goal. Otherwise the range of its own is asked."""
    found = next(iter(held(day.get("hydration"))), None) if isinstance(day, dict) else None
    if not isinstance(found, dict):
        return None
    notes: list[str] = []
    told = HydrationDay.read(found, notes)
    only_a_goal = told.goal_ml is not None and not has_numbers({k: v for k, v in found.items() if k not in GOALS})
    return found if not notes and (told.consumed_ml is not None or only_a_goal) else None


HYDRATION = DayDataset(
    name="hydration",
    title="hydration",
    shape="recorded",
    sources=(
        Source(
            name="hydration",
            path="/usersummary-service/stats/hydration/daily/{start}/{end}",
            span=28,
            parts=listed("hydration"),
        ),
    ),
    read=read_hydration,
    version=2,
    tables=(Table(Hydration),),
    rides_on=Ride("daily_v2", hydration_of),
    optional=True,
)
