"""What a person may ask of a sync: the body of a start, and the options of the command."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

EARLIEST = date(2000, 1, 1)


def _possible(day: date) -> date:
    # Somewhere on Earth it is already tomorrow.
    if not EARLIEST <= day <= datetime.now(UTC).date() + timedelta(days=1):
        raise ValueError(f"must lie between {EARLIEST} and today")
    return day


def _written_out(text: object) -> object:
    # pydantic also takes a number of seconds, even in quotes, when it falls on midnight.
    if not isinstance(text, str):
        return text
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("must be a date of the calendar, such as 2026-01-31")


def _given(day: object) -> object:
    if day is None:
        raise ValueError("must be a date, or be left out")
    return day


SyncDate = Annotated[date, BeforeValidator(_written_out), AfterValidator(_possible)]


class SyncOptions(BaseModel):
    """`since` and `until` are calendar days, both included; `detail` is how many of the newest days get
    within-day data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Annotated[SyncDate | None, BeforeValidator(_given)] = None
    until: Annotated[SyncDate | None, BeforeValidator(_given)] = None
    full: bool = False
    detail: Annotated[int, Field(ge=0, le=36500)] | Literal["all"] = 30

    def first_within_day(self, until: date) -> date:
        """The oldest of the days up to `until` that get within-day data."""
        return date.min if self.detail == "all" else until - timedelta(days=self.detail - 1)

    @field_validator("until")
    @classmethod
    def _in_order(cls, until: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("since")
        if since and until and since > until:
            raise ValueError(f"until ({until}) lies before since ({since})")
        return until
