"""The table of what can be fetched. One entry says where it comes from, how much of it one request may
ask for, what reads it and where it is saved."""

from garminsync.datasets.kinds import Dataset, DayDataset, FileDataset, ListDataset, Source
from garminsync.datasets.parts import day_row, listed, night_row, whole
from garminsync.models import Activity, Day, Night, Workout
from garminsync.schemas.activities import ActivityItem
from garminsync.schemas.workouts import WorkoutItem

DAILY = DayDataset(
    name="daily",
    title="daily summaries",
    sources=(
        Source(
            name="daily_v2",
            path="/usersummary-service/v2/dailysummaries",
            params={"startDate": "{start}", "endDate": "{end}"},
            span=28,
            parts=listed("data"),
        ),
        Source(
            name="daily_flat",
            path="/usersummary-service/usersummary/daily/{name}",
            params={"calendarDate": "{start}"},
            span=1,
            parts=whole,
        ),
    ),
    read=day_row,
    model=Day,
)

SLEEP = DayDataset(
    name="sleep",
    title="sleep",
    sources=(
        Source(
            name="sleep_stats",
            path="/sleep-service/stats/sleep/daily/{start}/{end}",
            span=28,
            parts=listed("individualStats"),
        ),
        Source(
            name="sleep_page",
            path="/wellness-service/wellness/dailySleepData/{name}",
            params={"date": "{start}", "nonSleepBufferMinutes": "60"},
            span=1,
            parts=whole,
        ),
    ),
    read=night_row,
    model=Night,
)

ACTIVITIES = ListDataset(
    name="activities",
    title="activities",
    path="/activitylist-service/activities/search/activities",
    params={},
    detail="/activity-service/activity/{id}",
    schema=ActivityItem,
    model=Activity,
    id_name="activityId",
    id_column="activity_id",
)

WORKOUTS = ListDataset(
    name="workouts",
    title="workouts",
    path="/workout-service/workouts",
    params={"orderBy": "UPDATE_DATE", "orderSeq": "DESC"},
    detail="/workout-service/workout/{id}",
    schema=WorkoutItem,
    model=Workout,
    id_name="workoutId",
    id_column="workout_id",
)

ACTIVITY_FILES = FileDataset(
    name="activity_file",
    title="activity files",
    path="/download-service/files/activity/{id}",
)

HEALTH = (DAILY, SLEEP)

DATASETS: tuple[Dataset, ...] = (ACTIVITIES, ACTIVITY_FILES, DAILY, SLEEP, WORKOUTS)
