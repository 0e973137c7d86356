"""Records, goals and badges, as Garmin tells them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AliasPath, BeforeValidator, Field

from garminsync.schemas.base import BigId, CalendarDate, GarminModel, Instant, Number, Text, Whole, offset_s
from garminsync.schemas.things import unset

ActivityId = Annotated[BigId | None, BeforeValidator(unset)]


class RecordItem(GarminModel):
    """personalrecord-service/personalrecord/prs/{name}[]: the unit of the value depends on the type."""

    record_id: BigId = Field(validation_alias="id")
    type_id: Whole | None = Field(None, validation_alias="typeId")
    value: Number | None = Field(None, validation_alias="value")
    activity_id: ActivityId = Field(None, validation_alias="activityId")
    activity_type: Text | None = Field(None, validation_alias="activityType")
    time: Instant | None = Field(None, validation_alias="prStartTimeGmt")
    local_time: Instant | None = Field(None, validation_alias="prStartTimeLocal", exclude=True)
    activity_start: Instant | None = Field(None, validation_alias="activityStartDateTimeInGMT", exclude=True)
    activity_local: Instant | None = Field(None, validation_alias="activityStartDateTimeLocal", exclude=True)

    def row(self) -> dict[str, Any]:
        name, unit = RECORDS.get(self.type_id or 0, (None, None))
        return {**super().row(), "name": name, "unit": unit, "utc_offset_s": self._offset_s()}

    def _offset_s(self) -> int | None:
        pairs: list[tuple[datetime | None, datetime | None]] = [
            (self.local_time, self.time),
            (self.activity_local, self.activity_start),
        ]
        return next((found for pair in pairs if (found := offset_s(*pair)) is not None), None)


# By typeId; 16 and those from 19 on are told differently by everybody, so their meaning stays open.
RECORDS: dict[int, tuple[str, str]] = {
    1: ("1 km run", "s"),
    2: ("1 mile run", "s"),
    3: ("5 km run", "s"),
    4: ("10 km run", "s"),
    5: ("half marathon", "s"),
    6: ("marathon", "s"),
    7: ("longest run", "m"),
    8: ("longest ride", "m"),
    9: ("largest climb of a ride", "m"),
    10: ("best 20 minutes of power", "W"),
    11: ("40 km ride", "s"),
    12: ("most steps in a day", "steps"),
    13: ("most steps in a week", "steps"),
    14: ("most steps in a month", "steps"),
    15: ("longest streak of step goals", "days"),
    17: ("longest swim", "m"),
    18: ("100 m swim", "s"),
}


class GoalItem(GarminModel):
    """goal-service/goal/goals[]: metres, seconds, kcal, or a number of activities."""

    goal_id: BigId = Field(validation_alias="id")
    name: Text | None = Field(None, validation_alias="name")
    type: Text | None = Field(None, validation_alias="type")
    activity_type: Text | None = Field(None, validation_alias="activityType")
    period: Text | None = Field(None, validation_alias="period")
    start_date: CalendarDate | None = Field(None, validation_alias="startDate")
    end_date: CalendarDate | None = Field(None, validation_alias="endDate")
    distance_m: Number | None = Field(None, validation_alias="distanceInMeters")
    duration_s: Number | None = Field(None, validation_alias="durationInSeconds")
    kcal: Number | None = Field(None, validation_alias="caloriesInKiloCalories")
    activities: Whole | None = Field(None, validation_alias="numberOfActivities")
    reached_percent: Number | None = Field(None, validation_alias=AliasPath("progress", "percent"))
    completed: bool | None = Field(None, validation_alias="completed")


class BadgeItem(GarminModel):
    """badge-service/badge/earned[]: a date without a zone; what it was earned by stands there as text."""

    badge_id: BigId = Field(validation_alias="badgeId")
    key: Text | None = Field(None, validation_alias="badgeKey")
    name: Text | None = Field(None, validation_alias="badgeName")
    category_id: Whole | None = Field(None, validation_alias="badgeCategoryId")
    difficulty: Whole | None = Field(None, validation_alias="badgeDifficultyId")
    points: Whole | None = Field(None, validation_alias="badgePoints")
    earned_date: CalendarDate | None = Field(None, validation_alias="badgeEarnedDate")
    times_earned: Whole | None = Field(None, validation_alias="badgeEarnedNumber")
    progress: Number | None = Field(None, validation_alias="badgeProgressValue")
    target: Number | None = Field(None, validation_alias="badgeTargetValue")
    unit_id: Whole | None = Field(None, validation_alias="badgeUnitId")
    earned_by: Text | None = Field(None, validation_alias="badgeAssocType", exclude=True)
    earned_by_id: Text | None = Field(None, validation_alias="badgeAssocDataId", exclude=True)

    def row(self) -> dict[str, Any]:
        number = self.earned_by_id or ""
        is_activity = self.earned_by == "activityId" and number.isascii() and number.isdecimal()
        return {**super().row(), "activity_id": int(number) if is_activity and 0 < int(number[:20]) < 2**63 else None}
