"""Records, goals and badges, as Garmin tells them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.things import unset
from garminsync.schemas.values import BigId, CalendarDate, Instant, Number, Text, Whole, offset_s

ActivityId = Annotated[BigId | None, BeforeValidator(unset)]


class RecordItem(GarminModel):
    """personalrecord-service/personalrecord/prs/{name}[]: the unit of the value depends on the type."""

    record_id: BigId = at("id", default=...)
    type_id: Whole | None = at("typeId")
    value: Number | None = at("value")
    activity_id: ActivityId = at("activityId")
    activity_type: Text | None = at("activityType")
    time: Instant | None = at("prStartTimeGmt")
    local_time: Instant | None = at("prStartTimeLocal", exclude=True)
    activity_start: Instant | None = at("activityStartDateTimeInGMT", exclude=True)
    activity_local: Instant | None = at("activityStartDateTimeLocal", exclude=True)

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

    goal_id: BigId = at("id", default=...)
    name: Text | None = at("name")
    type: Text | None = at("type")
    activity_type: Text | None = at("activityType")
    period: Text | None = at("period")
    start_date: CalendarDate | None = at("startDate")
    end_date: CalendarDate | None = at("endDate")
    distance_m: Number | None = at("distanceInMeters")
    duration_s: Number | None = at("durationInSeconds")
    kcal: Number | None = at("caloriesInKiloCalories")
    activities: Whole | None = at("numberOfActivities")
    reached_percent: Number | None = at("progress.percent")
    completed: bool | None = at("completed")


class BadgeItem(GarminModel):
    """badge-service/badge/earned[]: a date without a zone; what it was earned by stands there as text."""

    badge_id: BigId = at("badgeId", default=...)
    key: Text | None = at("badgeKey")
    name: Text | None = at("badgeName")
    category_id: Whole | None = at("badgeCategoryId")
    difficulty: Whole | None = at("badgeDifficultyId")
    points: Whole | None = at("badgePoints")
    earned_date: CalendarDate | None = at("badgeEarnedDate")
    times_earned: Whole | None = at("badgeEarnedNumber")
    progress: Number | None = at("badgeProgressValue")
    target: Number | None = at("badgeTargetValue")
    unit_id: Whole | None = at("badgeUnitId")
    earned_by: Text | None = at("badgeAssocType", exclude=True)
    earned_by_id: Text | None = at("badgeAssocDataId", exclude=True)

    def row(self) -> dict[str, Any]:
        number = self.earned_by_id or ""
        is_activity = self.earned_by == "activityId" and number.isascii() and number.isdecimal()
        return {**super().row(), "activity_id": int(number) if is_activity and 0 < int(number[:20]) < 2**63 else None}
