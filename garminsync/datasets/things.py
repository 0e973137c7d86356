"""What belongs to the account: settings, devices, gear, records, goals, badges. Each is one answer, asked for at
most once a day. The weather of an activity is left out: no request brings more than that of one."""

from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Table
from garminsync.datasets.kinds import ItemDataset, SnapshotDataset
from garminsync.datasets.parts import items_of
from garminsync.datasets.readers import each
from garminsync.models import Badge, Device, Gear, GearActivity, Goal, HeartRateZones, PersonalRecord, Profile
from garminsync.schemas.achievements import BadgeItem, GoalItem, RecordItem
from garminsync.schemas.base import GarminModel
from garminsync.schemas.things import DeviceItem, GearActivityItem, GearItem, ProfileSettings
from garminsync.schemas.zones import ZonesOfASport

AGREED = "agreed by several public clients"
WITH_ANSWERS = f"{AGREED} with answers of their own"


def _snapshot(
    path: str, model: type[Model], schema: type[GarminModel], *, name: str, shape: str, **options: Any
) -> SnapshotDataset:
    """All of one kind, a row each; of those that belong to activities, if not said otherwise."""
    defaults: dict[str, Any] = {"title": name.replace("_", " "), "kind": "activities", "version": 2}
    tables = (Table(model, None, options.pop("fixed", {})),)
    return SnapshotDataset(
        path=path, name=name, shape=shape, read=each(model, schema), tables=tables, **defaults | options
    )


PROFILE = _snapshot(
    "/userprofile-service/userprofile/user-settings",
    Profile,
    ProfileSettings,
    name="profile",
    is_list=False,
    shape="recorded",
    kind="health",
)

DEVICES = _snapshot(
    "/device-service/deviceregistration/devices",
    Device,
    DeviceItem,
    name="devices",
    shape=WITH_ANSWERS,
    kind="health",
)

GEAR = _snapshot(
    "/gear-service/gear/v2/list",
    Gear,
    GearItem,
    name="gear",
    shape=AGREED,
    # Both by name: nobody has told what comes without.
    params={"start": "0", "limit": "100", "gearStatuses": ("ACTIVE", "RETIRED")},
)


def _ids_alone(answer: Any) -> Any:
    """All else of these activities is kept with the list of all: a gear of years would hold it a second time."""
    items = items_of(answer)
    return [
        {"activityId": item["activityId"]} if isinstance(item, dict) and "activityId" in item else item
        for item in items
    ]


GEAR_ACTIVITIES = ItemDataset(
    name="gear_activities",
    title="activities of gear",
    shape="recorded, as it is the list of activities",
    kind="activities",
    # The id without its dashes here.
    path="/activitylist-service/activities/{key}/gear",
    params={"start": "0", "limit": "200"},
    label="activities of gear {key}",
    kept=_ids_alone,
    asked="and again when the number or the distance of its activities has changed",
    read=each(GearActivity, GearActivityItem),
    version=2,
    tables=(Table(GearActivity, "gear_uuid"),),
)

RECORDS = _snapshot(
    "/personalrecord-service/personalrecord/prs/{name}",
    PersonalRecord,
    RecordItem,
    name="personal_records",
    shape=WITH_ANSWERS,
)


def _goals(state: str) -> SnapshotDataset:
    return _snapshot(
        "/goal-service/goal/goals",
        Goal,
        GoalItem,
        name=f"goals_{state}",
        title=f"{state} goals",
        shape="a tolerant guess, from two public clients",
        # This list counts from 1.
        params={"status": state, "start": "1", "limit": "100", "sortOrder": "desc"},
        # Without it Garmin leaves out goals over a span of dates, and says nothing.
        headers={"Sec-Fetch-Site": "same-origin"},
        fixed={"state": state},
    )


# In this order: a goal that has passed may still stand in what is kept of the active ones.
GOALS = (_goals("active"), _goals("past"))

BADGES = _snapshot("/badge-service/badge/earned", Badge, BadgeItem, name="badges", shape=WITH_ANSWERS)

HEART_RATE_ZONES = _snapshot(
    "/biometric-service/heartRateZones", HeartRateZones, ZonesOfASport, name="heart_rate_zones", shape="recorded"
)

THINGS = (PROFILE, DEVICES, GEAR, GEAR_ACTIVITIES, RECORDS, *GOALS, BADGES, HEART_RATE_ZONES)
