"""Training: readiness, status, endurance, hills, how much running the legs take.

All are features that many never use; a year of each costs a request, of the training status two.
"""

from garminsync.datasets.dataset import Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.performance_parts import entries
from garminsync.datasets.performance_reading import (
    a_day,
    read_endurance_score,
    read_hill_scores,
    read_readiness,
    read_statuses,
)
from garminsync.datasets.readiness_parts import endurance_day, endurance_scores, statuses
from garminsync.models import EnduranceScore, HillScore, RunningTolerance, TrainingReadiness, TrainingStatus
from garminsync.schemas.performance import RunningToleranceDay

METRICS = "/metrics-service/metrics"
STATS = {"startDate": "{start}", "endDate": "{end}", "aggregation": "daily"}
ONE_DAY = {"calendarDate": "{start}"}

TRAINING_READINESS = DayDataset(
    name="training_readiness",
    title="training readiness",
    shape="of a day recorded; of a range a tolerant guess: the same entries",
    sources=(
        Source("readiness_range", f"{METRICS}/trainingreadiness/{{start}}/{{end}}", 366, entries(), many=True),
        Source("readiness_day", f"{METRICS}/trainingreadiness/{{start}}", 1, entries(), many=True),
    ),
    read=read_readiness,
    tables=(Table(TrainingReadiness),),
    optional=True,
)

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

ENDURANCE_SCORE = DayDataset(
    name="endurance_score",
    title="endurance score",
    shape="of a day recorded; of a range agreed by several public clients, some with weeks only",
    sources=(
        Source(
            name="endurance_stats",
            path=f"{METRICS}/endurancescore/stats",
            params=STATS,
            span=366,
            parts=endurance_scores,
            day=endurance_day,
        ),
        Source("endurance_day", f"{METRICS}/endurancescore", 1, endurance_scores, ONE_DAY),
    ),
    read=read_endurance_score,
    tables=(Table(EnduranceScore),),
    optional=True,
)

HILL_SCORE = DayDataset(
    name="hill_score",
    title="hill score",
    shape="of a day recorded; of a range agreed by several public clients with answers of their own",
    sources=(
        Source("hill_stats", f"{METRICS}/hillscore/stats", 366, entries("hillScoreDTOList"), STATS, many=True),
        Source("hill_day", f"{METRICS}/hillscore", 1, entries("hillScoreDTOList"), ONE_DAY, many=True),
    ),
    read=read_hill_scores,
    tables=(Table(HillScore),),
    optional=True,
)

RUNNING_TOLERANCE = DayDataset(
    name="running_tolerance",
    title="running tolerance",
    shape="agreed by several public clients",
    sources=(Source("running_tolerance", f"{METRICS}/runningtolerance/stats", 366, entries(), STATS),),
    read=a_day(RunningTolerance, RunningToleranceDay),
    tables=(Table(RunningTolerance),),
    optional=True,
)

READINESS = (TRAINING_READINESS, TRAINING_STATUS, ENDURANCE_SCORE, HILL_SCORE, RUNNING_TOLERANCE)
