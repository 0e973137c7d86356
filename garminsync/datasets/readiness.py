"""Training readiness, hill score, and how much running the legs take."""

from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import entries
from garminsync.datasets.readers import a_day, once, rows_of_a_day
from garminsync.models import HillScore, RunningTolerance, TrainingReadiness
from garminsync.schemas.performance import HillScoreDay, RunningToleranceDay
from garminsync.schemas.readiness import ReadinessSnapshot

METRICS = "/metrics-service/metrics"
STATS = {"startDate": "{start}", "endDate": "{end}", "aggregation": "daily"}
ONE_DAY = {"calendarDate": "{start}"}


def read_readiness(part: Any, notes: list[str]) -> Rows:
    """A day's snapshots by time, whatever order Garmin gives them in."""
    rows = once(row for _, row in rows_of_a_day(ReadinessSnapshot, part, notes))
    rows.sort(key=lambda row: (str(row["time"] or ""), row["device_id"] or 0))
    return {TrainingReadiness: [{"index": index, **row} for index, row in enumerate(rows)]}


TRAINING_READINESS = DayDataset(
    name="training_readiness",
    title="training readiness",
    shape="of a day recorded; of a range a tolerant guess: the same entries",
    sources=(
        Source("readiness_range", f"{METRICS}/trainingreadiness/{{start}}/{{end}}", 366, entries(), many=True),
        Source("readiness_day", f"{METRICS}/trainingreadiness/{{start}}", 1, entries(), many=True),
    ),
    read=read_readiness,
    version=2,
    tables=(Table(TrainingReadiness),),
    optional=True,
)


def read_hill_scores(part: Any, notes: list[str]) -> Rows:
    """That of the primary training device; of the first where none is."""
    found = list(rows_of_a_day(HillScoreDay, part, notes))
    found.sort(key=lambda one: one[0].get("primaryTrainingDevice") is not True)
    return {HillScore: [row for _, row in found[:1]]}


HILL_SCORE = DayDataset(
    name="hill_score",
    title="hill score",
    shape="of a day recorded; of a range agreed by several public clients with answers of their own",
    sources=(
        Source("hill_stats", f"{METRICS}/hillscore/stats", 366, entries("hillScoreDTOList"), STATS, many=True),
        Source("hill_day", f"{METRICS}/hillscore", 1, entries("hillScoreDTOList"), ONE_DAY, many=True),
    ),
    read=read_hill_scores,
    version=2,
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
