"""The ways in which Garmin writes one instant."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def millis(instant: datetime) -> int:
    """Milliseconds since 1970, of the instant itself."""
    return round(instant.timestamp() * 1000)


def local_millis(instant: datetime, zone: tzinfo) -> int:
    """The wall clock written as if it were UTC: Garmin's "Local" timestamps."""
    return millis(instant.astimezone(zone).replace(tzinfo=UTC))


def gmt(instant: datetime) -> str:
    """2026-02-03T06:10:00.0"""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.0")


def local(instant: datetime, zone: tzinfo) -> str:
    """2026-02-03T07:10:00.0, on the wall clock of `zone`."""
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S.0")


def spaced(text: str) -> str:
    """2026-02-03 06:10:00, as the activity list writes it."""
    return text.replace("T", " ").removesuffix(".0")


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant at which `day` begins in `zone`."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
