"""What rests in the database. See DESIGN.md section 5 for the rules."""

from garminsync.models.account import Account
from garminsync.models.activity import Activity
from garminsync.models.health import Day, Night
from garminsync.models.ledger import Coverage, Payload, PayloadField, Problem
from garminsync.models.recording import (
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
from garminsync.models.tokens import ApiToken, GarminToken
from garminsync.models.workout import Workout

__all__ = [
    "Account",
    "Activity",
    "ActivityDevice",
    "ActivityFile",
    "ApiToken",
    "Coverage",
    "Day",
    "GarminToken",
    "Lap",
    "Night",
    "Payload",
    "PayloadField",
    "Problem",
    "Series",
    "Session",
    "Split",
    "StrengthSet",
    "SwimLength",
    "Workout",
    "ZoneTime",
]
