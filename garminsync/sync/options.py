"""What a person may ask of a sync: the body of a start, and the options of the command."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

EARLIEST = date(2000, 1, 1)


def _possible(day: date) -> date:
    # Somewhere on Earth it is already tomorrow.
    if not EARLIEST <= day <= datetime.now(UTC).date() + timedelta(days=1):
        raise ValueError(f"must lie between {EARLIEST} and today")
    return day


SyncDate = Annotated[date, AfterValidator(_possible)]


class SyncOptions(BaseModel):
    """`since` and `until` are calendar days, both included; `detail` is how many of the newest days get
    within-day data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: SyncDate | None = None
    until: SyncDate | None = None
    full: bool = False
    detail: Annotated[int, Field(ge=0, le=36500)] | Literal["all"] = 30

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since ({self.since}) lies after until ({self.until})")
        return self
