"""The table of what can be fetched. One entry says where it comes from, how much of it one request may
ask for, what reads it and where it is saved."""

from garminsync.datasets.activities import ACTIVITIES, ACTIVITY_FILES
from garminsync.datasets.body import BLOOD_PRESSURE, HRV, HYDRATION, WEIGHT
from garminsync.datasets.dataset import Dataset
from garminsync.datasets.days import DAILY, SLEEP
from garminsync.datasets.performance import PERFORMANCE
from garminsync.datasets.plans import PLAN_TASKS, PLANS
from garminsync.datasets.schedule import SCHEDULE
from garminsync.datasets.things import THINGS
from garminsync.datasets.within_day import MONITORING, SLEEP_DETAIL
from garminsync.datasets.workouts import WORKOUT_STEPS, WORKOUTS

DATASETS: tuple[Dataset, ...] = (
    ACTIVITIES,
    ACTIVITY_FILES,
    DAILY,
    SLEEP,
    MONITORING,
    SLEEP_DETAIL,
    HRV,
    WEIGHT,
    BLOOD_PRESSURE,
    HYDRATION,
    *PERFORMANCE,
    *THINGS,
    WORKOUTS,
    WORKOUT_STEPS,
    SCHEDULE,
    PLANS,
    PLAN_TASKS,
)
