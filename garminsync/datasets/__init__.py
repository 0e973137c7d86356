from garminsync.datasets.activities import ACTIVITIES, ACTIVITY_FILES
from garminsync.datasets.days import DAILY, SLEEP
from garminsync.datasets.kinds import (
    Dataset,
    DayDataset,
    FileDataset,
    ItemDataset,
    ListDataset,
    Made,
    Row,
    Rows,
    SnapshotDataset,
    Source,
    Table,
)
from garminsync.datasets.parts import day_of
from garminsync.datasets.table import DATASETS
from garminsync.datasets.workouts import WORKOUTS

__all__ = [
    "ACTIVITIES",
    "ACTIVITY_FILES",
    "DAILY",
    "DATASETS",
    "SLEEP",
    "WORKOUTS",
    "Dataset",
    "DayDataset",
    "FileDataset",
    "ItemDataset",
    "ListDataset",
    "Made",
    "Row",
    "Rows",
    "SnapshotDataset",
    "Source",
    "Table",
    "day_of",
]
