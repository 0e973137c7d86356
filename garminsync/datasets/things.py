"""What belongs to the account: settings, devices, gear, records, goals, badges. Each is one answer, asked for at
most once a day. The weather of an activity is left out: no request brings more than that of one."""

from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Reader, Table
from garminsync.datasets.kinds import ItemDataset, SnapshotDataset
from garminsync.datasets.parts import items_of
from garminsync.models import Badge, Device, Gear, GearActivity, Goal, HeartRateZones, PersonalRecord, Profile
from garminsync.schemas.achievements import BadgeItem, GoalItem, RecordItem
from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.base import GarminModel
from garminsync.schemas.things import DeviceItem, GearActivityItem, GearItem, ProfileSettings
from garminsync.schemas.zones import ZonesOfASport


def each(model: type[Model], schema: type[GarminModel], *names: str) -> Reader:
    """A row for every item; one that is not understood costs itself. They stand in a list, or in one under a name
    of `names`; one alone may come without its list."""

    def read(part: Any, notes: list[str]) -> dict[type[Model], list[dict[str, Any]]]:
        rows = []
        for index, item in enumerate(items_of(part, *names)):
            said: list[str] = []
            try:
                rows.append(schema.read(item, said).row())
            except NotUnderstood as error:
                said.append(str(error))
            notes += [f"item {index}: {why}" if isinstance(part, list) else why for why in said]
        return {model: rows}

    return read


PROFILE = SnapshotDataset(
    name="profile",
    title="profile",
    shape="recorded",
    kind="health",
    path="/userprofile-service/userprofile/user-settings",
    read=each(Profile, ProfileSettings),
    version=2,
    tables=(Table(Profile, None),),
)

DEVICES = SnapshotDataset(
    name="devices",
    title="devices",
    shape="agreed by several public clients with answers of their own",
    kind="health",
    path="/device-service/deviceregistration/devices",
    read=each(Device, DeviceItem),
    version=2,
    tables=(Table(Device, None),),
)

GEAR = SnapshotDataset(
    name="gear",
    title="gear",
    shape="agreed by several public clients",
    kind="activities",
    path="/gear-service/gear/v2/list",
    # Both by name: nobody has told what comes without.
    params={"start": "0", "limit": "100", "gearStatuses": ("ACTIVE", "RETIRED")},
    read=each(Gear, GearItem),
    version=2,
    tables=(Table(Gear, None),),
)

GEAR_ACTIVITIES = ItemDataset(
    name="gear_activities",
    title="activities of gear",
    shape="recorded, as it is the list of activities",
    kind="activities",
    # The id without its dashes here.
    path="/activitylist-service/activities/{key}/gear",
    params={"start": "0", "limit": "1000"},
    label="activities of gear {key}",
    asked="and again when the number of its activities has changed",
    read=each(GearActivity, GearActivityItem),
    version=2,
    tables=(Table(GearActivity, "gear_uuid"),),
)

RECORDS = SnapshotDataset(
    name="personal_records",
    title="personal records",
    shape="agreed by several public clients with answers of their own",
    kind="activities",
    path="/personalrecord-service/personalrecord/prs/{name}",
    read=each(PersonalRecord, RecordItem),
    version=2,
    tables=(Table(PersonalRecord, None),),
)


def _goals(state: str) -> SnapshotDataset:
    return SnapshotDataset(
        name=f"goals_{state}",
        title=f"{state} goals",
        shape="a tolerant guess, from two public clients",
        kind="activities",
        path="/goal-service/goal/goals",
        # This list counts from 1.
        params={"status": state, "start": "1", "limit": "100", "sortOrder": "desc"},
        # Without it Garmin leaves out goals over a span of dates, and says nothing.
        headers={"Sec-Fetch-Site": "same-origin"},
        read=each(Goal, GoalItem),
        version=2,
        tables=(Table(Goal, None, {"state": state}),),
    )


# In this order: a goal that has passed may still stand in what is kept of the active ones.
GOALS = (_goals("active"), _goals("past"))

BADGES = SnapshotDataset(
    name="badges",
    title="badges",
    shape="agreed by several public clients with answers of their own",
    kind="activities",
    path="/badge-service/badge/earned",
    read=each(Badge, BadgeItem),
    version=2,
    tables=(Table(Badge, None),),
)

HEART_RATE_ZONES = SnapshotDataset(
    name="heart_rate_zones",
    title="heart rate zones",
    shape="recorded",
    kind="activities",
    path="/biometric-service/heartRateZones",
    read=each(HeartRateZones, ZonesOfASport),
    version=2,
    tables=(Table(HeartRateZones, None),),
)

THINGS = (PROFILE, DEVICES, GEAR, GEAR_ACTIVITIES, RECORDS, *GOALS, BADGES, HEART_RATE_ZONES)
