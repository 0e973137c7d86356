"""Workouts: the library, what is planned, and what was done of it."""

from garminsync.datasets.kinds import ListDataset, Table
from garminsync.datasets.reading import one
from garminsync.models import Workout
from garminsync.schemas.workouts import WorkoutItem

WORKOUTS = ListDataset(
    name="workouts",
    title="workouts",
    kind="workouts",
    path="/workout-service/workouts",
    params={"orderBy": "UPDATE_DATE", "orderSeq": "DESC"},
    detail="/workout-service/workout/{id}",
    read=one(Workout, WorkoutItem),
    tables=(Table(Workout, "workout_id"),),
    id_name="workoutId",
    sorted_by="updated_time",
)
