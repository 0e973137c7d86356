"""Thresholds: of lactate by speed and by heart rate, and the power of an hour."""

from django.db.models import Model

from garminsync.datasets.dataset import Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import day_at
from garminsync.datasets.performance_parts import entries
from garminsync.datasets.performance_reading import a_daily_value
from garminsync.models import FunctionalThresholdPower, LactateThresholdHr, LactateThresholdSpeed
from garminsync.schemas.performance import Biometric, ThresholdHr, ThresholdPower, ThresholdSpeed


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
    read, tables = a_daily_value(model, schema), (Table(model),)
    return DayDataset(
        name=name,
        title=title,
        shape="agreed by several public clients with answers of their own",
        sources=(source,),
        read=read,
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
