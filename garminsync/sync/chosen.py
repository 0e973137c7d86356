"""Which days of a list a person asked for, and what of the list lies in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from garminsync.datasets import Row
from garminsync.sync.history import local_day


@dataclass(frozen=True)
class Chosen:
    """The days from `since` to `until`, both included; all of them where neither is told. What has no day may
    always be meant."""

    since: date | None = None
    until: date | None = None

    @property
    def are_all(self) -> bool:
        return self.since is None and self.until is None

    def has(self, row: Row) -> bool:
        day = _day_of(row)
        return day is None or ((self.since is None or day >= self.since) and (self.until is None or day <= self.until))

    def lie_before(self, rows: Iterable[Row]) -> bool:
        """Whether these, and so all that follow them in a list, are older."""
        days = [day for row in rows if (day := _day_of(row))]
        return self.since is not None and bool(days) and max(days) < self.since


def _day_of(row: Row) -> date | None:
    begun: datetime | None = row.get("start_time")
    return local_day(begun, row.get("utc_offset_s")) if begun else None
