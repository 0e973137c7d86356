"""What tells when a watch synced, and since when there is data."""

from typing import Annotated

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.things import unset
from garminsync.schemas.values import CalendarDate, Instant, Number


class LastUpload(GarminModel):
    """device-service/deviceservice/mylastused: milliseconds since 1970, in UTC."""

    synced_at: Annotated[Instant | None, BeforeValidator(unset)] = at("lastUsedDeviceUploadTime")


class Week(GarminModel):
    """usersummary-service/stats/steps/weekly: a week, named by its first day. Who pushes a wheelchair takes no
    steps."""

    first_day: CalendarDate = at("calendarDate", default=...)
    steps: Number | None = at("values.totalSteps")
    days_with_data: Number | None = at("values.wellnessDataDaysCount")

    @property
    def has_data(self) -> bool:
        return bool(self.steps or self.days_with_data)
