"""HRV, every weigh-in, blood pressure, hydration."""

from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import DayDataset, Ride, Source
from garminsync.datasets.parts import day_at, has_numbers, listed, within
from garminsync.datasets.readers import a_day
from garminsync.models import BloodPressure, Hrv, Hydration, WeighIn
from garminsync.schemas.answers import held
from garminsync.schemas.body import CONSUMED, GOALS, BloodPressureItem, HrvNight, HydrationDay, WeighInItem, day_weighed

HRV = DayDataset(
    name="hrv",
    title="HRV",
    shape="recorded",
    sources=(Source(name="hrv", path="/hrv-service/hrv/daily/{start}/{end}", span=365, parts=listed("hrvSummaries")),),
    read=a_day(Hrv, HrvNight),
    version=3,
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
            parts=within("dailyWeightSummaries", "allWeightMetrics", "summaryDate", "latestWeight"),
            day=day_weighed,
            many=True,
            by_hand=True,
            before_a_watch=True,
        ),
    ),
    read=a_day(WeighIn, WeighInItem),
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
            before_a_watch=True,
        ),
    ),
    read=a_day(BloodPressure, BloodPressureItem),
    version=2,
    tables=(Table(BloodPressure),),
    optional=True,
)


def read_hydration(part: Any, notes: list[str]) -> Rows:
    """A goal alone is nothing drunk: the range of its own leaves such a day out."""
    row = HydrationDay.read(part, notes).row()
    return {Hydration: [row]} if row["consumed_ml"] or notes else {}


def says_nothing_drunk(part: Any) -> bool:
    """By a 0 or a null, or by a goal alone, where no other number may be what was drunk."""
    known = (*CONSUMED, *GOALS)
    return any(name in part for name in known) and not has_numbers({k: v for k, v in part.items() if k not in known})


def hydration_of(day: Any) -> Any:
    """The nested form of a day's summary brings it along. Undocumented, so it is believed only where it is all
    understood: a number consumed, or nothing but a goal. Otherwise the range of its own is asked."""
    things = held(day.get("hydration")) if isinstance(day, dict) else []
    if len(things) != 1 or not isinstance(things[0], dict):
        return None
    found = things[0]
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
            by_hand=True,
        ),
    ),
    read=read_hydration,
    says_none=says_nothing_drunk,
    version=2,
    tables=(Table(Hydration),),
    rides_on=Ride("daily_v2", hydration_of),
    optional=True,
)
