"""The clock on the watch of somebody who is away from home for a while."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Journey(tzinfo):
    """The zone of home but from `leaves` until `returns`, two instants: then that of `there`. So the first day
    there is shorter or longer than 24 hours, and the last one the other way round."""

    home: ZoneInfo
    there: ZoneInfo
    leaves: datetime
    returns: datetime

    def utcoffset(self, wall: datetime | None) -> timedelta | None:
        return None if wall is None else self._of_wall(wall).utcoffset()

    def dst(self, wall: datetime | None) -> timedelta | None:
        return None if wall is None else self._of_wall(wall).dst()

    def tzname(self, wall: datetime | None) -> str | None:
        return None if wall is None else self._of_wall(wall).tzname()

    def fromutc(self, instant: datetime) -> datetime:
        there = instant.replace(tzinfo=UTC).astimezone(self._zone_at(instant.replace(tzinfo=UTC)))
        wall = there.replace(tzinfo=self)
        return wall if wall.utcoffset() == there.utcoffset() else wall.replace(fold=1)

    def _zone_at(self, instant: datetime) -> ZoneInfo:
        return self.there if self.leaves <= instant < self.returns else self.home

    def _of_wall(self, wall: datetime) -> datetime:
        """A wall clock turned back shows a time twice: `fold` says which; one turned on leaves some out."""
        read = [wall.replace(tzinfo=zone) for zone in (self.home, self.there)]
        true = sorted((one for one in read if self._zone_at(one.astimezone(UTC)) is one.tzinfo), key=datetime.timestamp)
        return true[-1 if wall.fold else 0] if true else read[0]
