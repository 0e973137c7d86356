"""What the body is able to: VO2 max, race predictions, fitness age, thresholds; and the menstrual cycle.

All are features that many never use. Ranges of a year cost a request each; only the fitness age (28 days) and
the cycle (90) cost more.
"""

from garminsync.datasets.dataset import Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.performance_parts import (
    cycle_day,
    cycles,
    entries,
    maxmet_day,
    maxmets,
)
from garminsync.datasets.performance_reading import (
    a_day,
    read_cycles,
    read_vo2max,
)
from garminsync.datasets.readiness import READINESS
from garminsync.datasets.thresholds import THRESHOLDS
from garminsync.models import (
    Acclimation,
    FitnessAge,
    MenstrualCycle,
    MenstrualLog,
    RacePrediction,
    Vo2Max,
)
from garminsync.schemas.performance import (
    FitnessAgeDay,
    RacePredictionDay,
)

METRICS = "/metrics-service/metrics"

VO2MAX = DayDataset(
    name="vo2max",
    title="VO2 max",
    shape="agreed by several public clients with answers of their own",
    sources=(Source("vo2max", f"{METRICS}/maxmet/daily/{{start}}/{{end}}", 366, maxmets, day=maxmet_day, many=True),),
    read=read_vo2max,
    version=2,
    tables=(Table(Vo2Max), Table(Acclimation)),
    optional=True,
)

RACE_PREDICTIONS = DayDataset(
    name="race_predictions",
    title="race predictions",
    shape="agreed by several public clients with answers of their own",
    sources=(
        Source(
            name="race_predictions",
            path=f"{METRICS}/racepredictions/daily/{{name}}",
            params={"fromCalendarDate": "{start}", "toCalendarDate": "{end}"},
            span=366,
            parts=entries(),
        ),
    ),
    read=a_day(RacePrediction, RacePredictionDay),
    tables=(Table(RacePrediction),),
    optional=True,
)

FITNESS_AGE = DayDataset(
    name="fitness_age",
    title="fitness age",
    shape="agreed by several public clients with answers of their own",
    sources=(Source("fitness_age", "/fitnessage-service/stats/daily/{start}/{end}", 28, entries()),),
    read=a_day(FitnessAge, FitnessAgeDay),
    version=2,
    tables=(Table(FitnessAge),),
    optional=True,
)


MENSTRUAL_CYCLE = DayDataset(
    name="menstrual_cycle",
    title="menstrual cycle",
    shape="agreed by several public clients; cycles themselves a tolerant guess",
    sources=(
        Source(
            name="menstrual_cycle",
            path="/periodichealth-service/menstrualcycle/calendar/{start}/{end}",
            span=90,
            parts=cycles,
            day=cycle_day,
            many=True,
            reaches_over=True,
        ),
    ),
    read=read_cycles,
    tables=(Table(MenstrualCycle), Table(MenstrualLog)),
    optional=True,
)

PERFORMANCE = (
    *READINESS,
    VO2MAX,
    RACE_PREDICTIONS,
    FITNESS_AGE,
    *THRESHOLDS,
    MENSTRUAL_CYCLE,
)
