"""What rests in the database: answers as they came, the ledger of what was asked, and rows made from the answers."""

from garminsync.models.account import Account
from garminsync.models.activity import Activity
from garminsync.models.body import BloodPressure, Hrv, Hydration, WeighIn
from garminsync.models.health import Day, Night
from garminsync.models.ledger import Coverage, Payload, PayloadField, Problem
from garminsync.models.performance import (
    Acclimation,
    EnduranceScore,
    FitnessAge,
    FunctionalThresholdPower,
    HillScore,
    LactateThresholdHr,
    LactateThresholdSpeed,
    MenstrualCycle,
    MenstrualLog,
    RacePrediction,
    RunningTolerance,
    Vo2Max,
)
from garminsync.models.readiness import TrainingReadiness, TrainingStatus
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
from garminsync.models.things import Badge, Device, Gear, GearActivity, Goal, PersonalRecord, Profile
from garminsync.models.tokens import ApiToken, GarminToken
from garminsync.models.within_day import Nap
from garminsync.models.workout import PlanTask, ScheduledWorkout, TrainingPlan, Workout, WorkoutStep
from garminsync.models.zones import HeartRateZones

__all__ = [
    "Acclimation",
    "Account",
    "Activity",
    "ActivityDevice",
    "ActivityFile",
    "ApiToken",
    "Badge",
    "BloodPressure",
    "Coverage",
    "Day",
    "Device",
    "EnduranceScore",
    "FitnessAge",
    "FunctionalThresholdPower",
    "GarminToken",
    "Gear",
    "GearActivity",
    "Goal",
    "HeartRateZones",
    "HillScore",
    "Hrv",
    "Hydration",
    "LactateThresholdHr",
    "LactateThresholdSpeed",
    "Lap",
    "MenstrualCycle",
    "MenstrualLog",
    "Nap",
    "Night",
    "Payload",
    "PayloadField",
    "PersonalRecord",
    "PlanTask",
    "Problem",
    "Profile",
    "RacePrediction",
    "RunningTolerance",
    "ScheduledWorkout",
    "Series",
    "Session",
    "Split",
    "StrengthSet",
    "SwimLength",
    "TrainingPlan",
    "TrainingReadiness",
    "TrainingStatus",
    "Vo2Max",
    "WeighIn",
    "Workout",
    "WorkoutStep",
    "ZoneTime",
]
