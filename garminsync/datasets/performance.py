"""What the body is able to: race predictions and fitness age, and, each in a module of its own, all else.

All are features that many never use. Ranges of a year cost a request each; only the training status (two), the
fitness age (28 days) and the cycle (90) cost more.
"""

from garminsync.datasets.dataset import Table
from garminsync.datasets.endurance_score import ENDURANCE_SCORE
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.menstrual_cycle import MENSTRUAL_CYCLE
from garminsync.datasets.parts import entries
from garminsync.datasets.readers import a_day
from garminsync.datasets.readiness import HILL_SCORE, RUNNING_TOLERANCE, TRAINING_READINESS
from garminsync.datasets.thresholds import THRESHOLDS
from garminsync.datasets.training_status import TRAINING_STATUS
from garminsync.datasets.vo2max import VO2MAX
from garminsync.models import FitnessAge, RacePrediction
from garminsync.schemas.performance import FitnessAgeDay, RacePredictionDay

RACE_PREDICTIONS = DayDataset(
    name="race_predictions",
    title="race predictions",
    shape="agreed by several public clients with answers of their own",
    sources=(
        Source(
            name="race_predictions",
            path="/metrics-service/metrics/racepredictions/daily/{name}",
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
    version=3,
    tables=(Table(FitnessAge),),
    optional=True,
)

PERFORMANCE = (
    TRAINING_READINESS,
    TRAINING_STATUS,
    ENDURANCE_SCORE,
    HILL_SCORE,
    RUNNING_TOLERANCE,
    VO2MAX,
    RACE_PREDICTIONS,
    FITNESS_AGE,
    *THRESHOLDS,
    MENSTRUAL_CYCLE,
)
