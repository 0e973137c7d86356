"""Activities, and the original file of each."""

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import FileDataset, ListDataset
from garminsync.datasets.readers import one
from garminsync.fit import read_recording
from garminsync.models import (
    Activity,
    ActivityDevice,
    ActivityFile,
    Lap,
    Series,
    Session,
    Split,
    StrengthSet,
    SwimLength,
    ZoneTime,
)
from garminsync.schemas.activities import ActivityItem

ACTIVITIES = ListDataset(
    name="activities",
    title="activities",
    shape="recorded",
    kind="activities",
    path="/activitylist-service/activities/search/activities",
    detail="/activity-service/activity/{id}",
    read=one(Activity, ActivityItem),
    version=4,
    tables=(Table(Activity, "activity_id"),),
    id_name="activityId",
    sorted_by="start_time",
)


def read_recording_rows(content: bytes, notes: list[str]) -> Rows:
    """An activity's file. A file that cannot be read has a row that says so."""
    found = read_recording(content)
    notes += found.problems
    file = {
        "kind": found.kind,
        "status": found.status,
        "start_time": found.start_time,
        "utc_offset_s": found.utc_offset_s,
    }
    samples = {"name": "records", "start": found.samples_start, "columns": found.samples}
    return {
        ActivityFile: [file],
        Session: found.sessions,
        Lap: found.laps,
        Split: found.splits,
        StrengthSet: found.sets,
        SwimLength: found.lengths,
        ZoneTime: found.zones,
        ActivityDevice: found.devices,
        Series: [samples] if found.samples else [],
    }


ACTIVITY_FILES = FileDataset(
    name="activity_file",
    title="activity files",
    shape="recorded files, and Garmin's own FIT profile",
    kind="activities",
    path="/download-service/files/activity/{key}",
    label="file of activity {key}",
    part_of="activities",
    read=read_recording_rows,
    version=2,
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
