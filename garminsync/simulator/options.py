"""What can be chosen about the simulated account and its server."""

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, Self, get_args
from zoneinfo import available_timezones

V2Form = Literal["nested", "flat", 404]
TooWide = Literal["refuse", "reset", "shorten"]


@dataclass(frozen=True)
class Options:
    """One account. Two accounts with the same options are the same to the byte (tokens aside)."""

    seed: int = 1
    days: int = 90
    """Length of the history; its last day is today in `time_zone`."""
    activities: int | None = None
    """How many; about one every two days if not said."""
    workouts: int = 8
    time_zone: str = "Europe/Berlin"
    journey: tuple[str, str, str] | None = None
    """A zone that the watch is in meanwhile, and the ISO instants of leaving and of being back."""
    profile_travels: bool = False
    """Whether the zone of the profile follows the watch."""
    display_name: str = "6f1c7e52-0d0b-4a55-9d53-51b1e4a0c0de"
    full_name: str = "Mira Østergård"
    profile_id: int = 91_000_001
    email: str = "runner@example.test"
    password: str = "correct horse"  # noqa: S105 (of an account that does not exist)
    mfa_code: str | None = None
    token_seconds: int = 90_000
    """Lifetime of an access token. garminconnect refreshes one that has less than 900 s left."""
    now: str | None = None
    """ISO instant at which the account's clock stands still; the real clock if not said."""
    device_sync: str | None = None
    """ISO instant of the watch's last upload; 7 minutes before `now` if not said.
    A running clock makes the watch upload again every 6 hours; a fixed one only on demand."""
    max_span: int = 28
    """Days a range of daily statistics may cover; below 28 no range may cover more."""
    too_wide: TooWide = "refuse"
    """What a wider range gets: 400, a connection reset, or only the last days without a word."""
    page_cap: int = 99
    """Activities in one answer, whatever the limit."""
    page_refusal: int = 1000
    """A limit above this is refused."""
    v2: V2Form = "nested"
    """Form of v2/dailysummaries; 404 when Garmin has taken it away."""
    basic: bool = False
    """An old watch: days, nights, activities and workouts, and 404 for all else."""
    detail_days: int = 180
    """Age in days at which within-day values are offloaded."""
    hide_days: tuple[str, ...] = field(default=())
    """ISO dates the watch has not uploaded."""
    ranges_skip: tuple[str, ...] = field(default=())
    """ISO dates that ranges of summaries and of nights leave out; their own pages have them."""
    broken_days: tuple[str, ...] = field(default=())
    """ISO dates at which Garmin fails (500), whether asked for alone or in a range."""
    latency: float = 0.0
    """Seconds every request takes."""

    def __post_init__(self) -> None:
        # JSON has lists; the account needs something hashable.
        object.__setattr__(self, "hide_days", tuple(self.hide_days))
        object.__setattr__(self, "ranges_skip", tuple(self.ranges_skip))
        object.__setattr__(self, "broken_days", tuple(self.broken_days))
        object.__setattr__(self, "journey", tuple(self.journey) if self.journey else None)
        if self.v2 not in get_args(V2Form) or self.too_wide not in get_args(TooWide):
            raise ValueError(f"v2 and too_wide cannot be {self.v2} and {self.too_wide}")
        if self.days < 0 or (self.activities or 0) < 0:
            raise ValueError("days and activities cannot be negative")
        if self.time_zone not in _zones():
            raise ValueError(f"no such time zone: {self.time_zone}")
        zone, *times = self.journey or (self.time_zone,)
        if zone not in _zones() or len(times) not in (0, 2):
            raise ValueError(f"a journey is a zone and two instants, not {self.journey}")
        for instant in (self.now, self.device_sync, *times):
            if instant is not None:
                parse_instant(instant)

    def changed(self, **values: Any) -> Self:
        """The same options but for these; a name that does not exist is a ValueError."""
        unknown = values.keys() - {each.name for each in fields(self)}
        if unknown:
            raise ValueError(f"no such option: {', '.join(sorted(unknown))}")
        return replace(self, **values)


@cache
def _zones() -> set[str]:
    """Looked up once: that goes through all files of zones."""
    return available_timezones()


def parse_instant(text: str) -> datetime:
    """An ISO time; without an offset it is UTC."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
