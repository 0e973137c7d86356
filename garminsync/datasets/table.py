"""The table of what can be fetched. One entry says where it comes from, how much of it one request may
ask for, what reads it and where it is saved."""

from garminsync.datasets.kinds import Dataset, DayDataset, FileDataset, ListDataset, Source, Table
from garminsync.datasets.parts import listed, whole
from garminsync.datasets.reading import one, read_day_rows, read_night_rows, read_recording_rows
from garminsync.models import (
    Activity,
    ActivityDevice,
    ActivityFile,
    Day,
    Lap,
    Night,
    Series,
    Session,
    Split,
    StrengthSet,
    SwimLength,
    Workout,
    ZoneTime,
)
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
    read=read_day_rows,
    tables=(Table(Day),),
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
    read=read_night_rows,
    tables=(Table(Night),),
)

ACTIVITIES = ListDataset(
    name="activities",
    title="activities",
    path="/activitylist-service/activities/search/activities",
    detail="/activity-service/activity/{id}",
    read=one(Activity, ActivityItem),
    tables=(Table(Activity, "activity_id"),),
    id_name="activityId",
    sorted_by="start_time",
)

WORKOUTS = ListDataset(
    name="workouts",
    title="workouts",
    path="/workout-service/workouts",
    params={"orderBy": "UPDATE_DATE", "orderSeq": "DESC"},
    detail="/workout-service/workout/{id}",
    read=one(Workout, WorkoutItem),
    tables=(Table(Workout, "workout_id"),),
    id_name="workoutId",
    sorted_by="updated_time",
)

ACTIVITY_FILES = FileDataset(
    name="activity_file",
    title="activity files",
    path="/download-service/files/activity/{key}",
    label="file of activity {key}",
    part_of="activities",
    read=read_recording_rows,
    tables=(
        Table(ActivityFile, "activity_id"),
        Table(Session, "activity_id"),
        Table(Lap, "activity_id"),
        Table(Split, "activity_id"),
        Table(StrengthSet, "activity_id"),
        Table(SwimLength, "activity_id"),
        Table(ZoneTime, "activity_id"),
        Table(ActivityDevice, "activity_id"),
        Table(Series, "key", {"kind": "activity"}),
    ),
)

HEALTH = (DAILY, SLEEP)

DATASETS: tuple[Dataset, ...] = (ACTIVITIES, ACTIVITY_FILES, DAILY, SLEEP, WORKOUTS)
