"""The zone of the watch: that of the account and, on a journey, that of where it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from .options import Options, parse_instant


@lru_cache(maxsize=64)
def watch_zone(options: Options) -> tzinfo:
    """By which the watch and Garmin file what was measured when, whatever the profile says."""
    home = ZoneInfo(options.time_zone)
    if options.journey is None:
        return home
    name, leaves, returns = options.journey
    return Journey(home, ZoneInfo(name), parse_instant(leaves).astimezone(UTC), parse_instant(returns).astimezone(UTC))


def zone_name(options: Options, at: datetime) -> str:
    """IANA name of where the watch is."""
    zone = watch_zone(options)
    return zone.where(at).key if isinstance(zone, Journey) else options.time_zone


@dataclass(frozen=True)
class Journey(tzinfo):
    """A zone whose clocks are set to those of another one while a person is there."""

    home: ZoneInfo
    away: ZoneInfo
    leaves: datetime
    returns: datetime

    def where(self, at: datetime) -> ZoneInfo:
        return self.away if self.leaves <= at < self.returns else self.home

    def utcoffset(self, wall: datetime | None) -> timedelta | None:
        """Of an hour lived twice `fold` tells which; one left out is counted as if the clocks had not been set."""
        if wall is None:
            return None
        instants = {zone: wall.replace(tzinfo=zone).astimezone(UTC) for zone in (self.home, self.away)}
        lived = sorted((at, zone.key) for zone, at in instants.items() if self.where(at) is zone)
        if lived:
            _, key = lived[-1 if wall.fold else 0]
            zone = self.home if key == self.home.key else self.away
        else:
            leaving = abs(instants[self.home] - self.leaves) < abs(instants[self.home] - self.returns)
            zone = self.home if leaving else self.away
        return wall.replace(tzinfo=zone).utcoffset()

    def fromutc(self, at: datetime) -> datetime:
        instant = at.replace(tzinfo=UTC)
        local = instant.astimezone(self.where(instant))
        told = local.replace(tzinfo=self, fold=0)
        return told if told.utcoffset() == local.utcoffset() else told.replace(fold=1)

    def dst(self, wall: datetime | None) -> timedelta | None:
        return None

    def tzname(self, wall: datetime | None) -> str | None:
        return None
