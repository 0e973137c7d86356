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
from garminsync.datasets.table import ACTIVITIES, ACTIVITY_FILES, DAILY, DATASETS, HEALTH, SLEEP, WORKOUTS

__all__ = [
    "ACTIVITIES",
    "ACTIVITY_FILES",
    "DAILY",
    "DATASETS",
    "HEALTH",
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
