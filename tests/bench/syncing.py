"""First syncs and second ones, each against its floor: as many requests as it made, one after the other, without any
work of ours in between."""

from dataclasses import dataclass
from typing import Any

from tests.bench.running import Garmin, Took, database_mb, log, signed_in_home, simulated, take
from tests.processes import Home


@dataclass(frozen=True)
class Size:
    """What is measured: the full form, or a short one that only shows that it runs."""

    year: int
    activities_a_year: int
    years: int
    month: int
    activities_a_month: int
    latency: float
    rate: int
    polls_s: float
    starts: int
    is_full: bool


FULL = Size(365, 250, 10, 30, 20, latency=0.05, rate=4, polls_s=10, starts=5, is_full=True)
QUICK = Size(4, 2, 2, 2, 1, latency=0.005, rate=1000, polls_s=0.5, starts=1, is_full=False)


@dataclass(frozen=True)
class Sync:
    """One sync: what it asked, what it took, and what it left."""

    name: str
    requests: int
    took: Took
    floor_s: float
    database_mb: float

    @property
    def ratio(self) -> float:
        return self.took.seconds / self.floor_s

    @property
    def own_s(self) -> float:
        """Without what Garmin takes to answer."""
        return self.took.seconds - self.floor_s


def measure(size: Size) -> dict[str, Sync]:
    years = size.years * size.year
    found = {}
    with simulated(size.year, size.activities_a_year, size.latency) as garmin:
        if size.is_full:
            found["health"] = _fresh(garmin, f"daily values of {size.year} days", "health", "--detail", "0")
        found["year"] = _fresh(garmin, f"{size.year} days and {size.activities_a_year} activities", "all")
    with simulated(size.month, size.activities_a_month, size.latency) as garmin:
        month = f"{size.month} days with their within-day data and {size.activities_a_month} activities"
        if size.is_full:
            found["month"] = _fresh(garmin, month, "all")
        found["paced"] = _fresh(garmin, f"{month} at {size.rate} requests a second", "all", rate=size.rate)
    with simulated(years, size.years * size.activities_a_year, size.latency) as garmin, signed_in_home(garmin) as home:
        many = f"{years} days and {size.years * size.activities_a_year} activities"
        found["years"] = _sync(garmin, home, many, "all")
        found["again"] = _sync(garmin, home, "the same home again at once", "all")
    return found


def _fresh(garmin: Garmin, name: str, *words: str, rate: float = 0) -> Sync:
    with signed_in_home(garmin, rate) as home:
        return _sync(garmin, home, name, *words)


def _sync(garmin: Garmin, home: Home, name: str, *words: str) -> Sync:
    log(f"Syncing {name} ...")
    before = garmin.requests()
    took = take(home, "syncgarmin", *words, "--json")
    requests = garmin.requests() - before
    return Sync(name, requests, took, requests * garmin.latency, database_mb(home))


def as_row(sync: Sync) -> dict[str, Any]:
    return {
        "sync": sync.name,
        "requests": sync.requests,
        "seconds": f"{sync.took.seconds:.1f}",
        "floor, s": f"{sync.floor_s:.1f}",
        "ratio": f"{sync.ratio:.2f}",
        "CPU, s": f"{sync.took.cpu_s:.1f}",
        "peak memory, MB": f"{sync.took.peak_mb:.0f}",
        "database, MB": f"{sync.database_mb:.1f}",
    }
