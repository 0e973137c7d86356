"""Thresholds: of lactate by speed and by heart rate, and the power of an hour."""

from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Reader, Rows, Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import day_at, entries
from garminsync.datasets.readers import a_day
from garminsync.models import FunctionalThresholdPower, LactateThresholdHr, LactateThresholdSpeed
from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.base import GarminModel
from garminsync.schemas.performance import Biometric, ThresholdHr, ThresholdPower, ThresholdSpeed


def _a_daily_value(model: type[Model], schema: type[GarminModel]) -> Reader:
    """A value that says from when until when it stands."""

    def read(part: Any, notes: list[str]) -> Rows:
        if isinstance(part, dict) and part.get("until") not in (None, part.get("from")):
            raise NotUnderstood("a value of several days, where that of each was asked for")
        return a_day(model, schema)(part, notes)

    return read


def _biometric(
    name: str, title: str, quantity: str, sport: str, model: type[Model], schema: type[Biometric]
) -> DayDataset:
    day = day_at("from")
    source = Source(
        name=name,
        path=f"/biometric-service/stats/{quantity}/range/{{start}}/{{end}}",
        params={"sport": sport, "aggregation": "daily", "aggregationStrategy": "LATEST"},
        span=366,
        parts=entries(day=day),
        day=day,
    )
    read, tables = _a_daily_value(model, schema), (Table(model),)
    return DayDataset(
        name=name,
        title=title,
        shape="agreed by several public clients with answers of their own",
        sources=(source,),
        read=read,
        version=2,
        tables=tables,
        optional=True,
    )


LACTATE_THRESHOLD_SPEED = _biometric(
    "lactate_threshold_speed",
    "lactate threshold speed",
    "lactateThresholdSpeed",
    "RUNNING",
    LactateThresholdSpeed,
    ThresholdSpeed,
)
LACTATE_THRESHOLD_HR = _biometric(
    "lactate_threshold_hr",
    "lactate threshold heart rate",
    "lactateThresholdHeartRate",
    "RUNNING",
    LactateThresholdHr,
    ThresholdHr,
)
FTP = _biometric(
    "ftp", "functional threshold power", "functionalThresholdPower", "CYCLING", FunctionalThresholdPower, ThresholdPower
)

THRESHOLDS = (LACTATE_THRESHOLD_SPEED, LACTATE_THRESHOLD_HR, FTP)
