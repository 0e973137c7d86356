"""The table of what can be fetched. One entry says where it comes from, how much of it one request may
ask for, what reads it and where it is saved."""

from garminsync.datasets.activities import ACTIVITIES, ACTIVITY_FILES
from garminsync.datasets.days import DAILY, SLEEP
from garminsync.datasets.kinds import Dataset
from garminsync.datasets.workouts import WORKOUTS

DATASETS: tuple[Dataset, ...] = (ACTIVITIES, ACTIVITY_FILES, DAILY, SLEEP, WORKOUTS)
