from garminsync.datasets.activities import ACTIVITIES, ACTIVITY_FILES
from garminsync.datasets.body import BLOOD_PRESSURE, HRV, HYDRATION, WEIGHT
from garminsync.datasets.dataset import NOT_TOLD, Dataset, Made, Row, Rows, Table
from garminsync.datasets.days import DAILY, SLEEP
from garminsync.datasets.kinds import DayDataset, FileDataset, ItemDataset, ListDataset, Ride, SnapshotDataset, Source
from garminsync.datasets.parts import day_of, is_blank, items_of
from garminsync.datasets.plans import PLAN_TASKS, PLANS
from garminsync.datasets.schedule import SCHEDULE, ScheduleDataset
from garminsync.datasets.table import DATASETS
from garminsync.datasets.things import GEAR, GEAR_ACTIVITIES
from garminsync.datasets.within_day import MONITORING, SLEEP_DETAIL
from garminsync.datasets.workouts import WORKOUT_STEPS, WORKOUTS

__all__ = [
    "ACTIVITIES",
    "ACTIVITY_FILES",
    "BLOOD_PRESSURE",
    "DAILY",
    "DATASETS",
    "GEAR",
    "GEAR_ACTIVITIES",
    "HRV",
    "HYDRATION",
    "MONITORING",
    "NOT_TOLD",
    "PLANS",
    "PLAN_TASKS",
    "SCHEDULE",
    "SLEEP",
    "SLEEP_DETAIL",
    "WEIGHT",
    "WORKOUTS",
    "WORKOUT_STEPS",
    "Dataset",
    "DayDataset",
    "FileDataset",
    "ItemDataset",
    "ListDataset",
    "Made",
    "Ride",
    "Row",
    "Rows",
    "ScheduleDataset",
    "SnapshotDataset",
    "Source",
    "Table",
    "day_of",
    "is_blank",
    "items_of",
]
