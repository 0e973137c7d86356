"""docs/benchmarks.md, from what was measured."""

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.bench.syncing import Size, Sync, as_row

PEERS = (
    ("garmin-health-data", 305, 86, ""),
    ("GarminDB", 250, 308, ""),
    ("garmin-local-mcp", 322, 320, "no files"),
    ("garmcli", 450, 402, "health only"),
)
DAYS_A_YEAR = 365

PAGE = """# Benchmarks

Made by `make bench`{form} on {day}: Python {python}, {system}, {cores} cores.

The simulated Garmin answers each request after {latency:g} ms and runs on the same machine. A floor is what the same
requests would take one after the other without any work of ours. Ratios are of one run; absolute figures are of this
machine.

## Syncs

{syncs}

All but the paced one run at pacing off. The database takes {mb_a_year:.0f} MB a year. {years} years need {more:+.0f} %
of the memory of one, and with nothing new {own:.1f} s of our own work. Simulated activities have at most 300 samples;
a real hour has 3,600.

## Beside others

{month} days and {activities} activities of one simulated account, 50 ms a request, at each program's own pace. The
figures of the others were measured once, by us, when this was designed; they are not of this run.

{peers}

## FIT files

By one process, {files} files, {kb} kB, CPU time. garmin-fit-sdk decodes; ours decodes and makes the rows.

{fit}

## The status of a running sync

gunicorn with 2 workers; one program polls as fast as it is answered.

{polls}

## Start

{start}
"""


def page(
    size: Size,
    syncs: Mapping[str, Sync],
    fit: dict[str, Any],
    polls: dict[str, Any],
    start: dict[str, Any],
) -> str:
    paced, year, years = syncs["paced"], syncs["year"], syncs["years"]
    ours = (
        "garminsync",
        paced.requests,
        round(paced.took.seconds),
        "this run" if size.is_full else "this run, a short one",
    )
    return PAGE.format(
        form="" if size.is_full else " in its short form, which says nothing of speed,",
        day=date.today().isoformat(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        latency=size.latency * 1000,
        syncs=table([as_row(sync) for sync in syncs.values()]),
        mb_a_year=years.database_mb / (size.years * size.year) * DAYS_A_YEAR,
        years=size.years,
        more=(years.took.peak_mb / year.took.peak_mb - 1) * 100,
        own=syncs["again"].own_s,
        month=size.month,
        activities=size.activities_a_month,
        peers=table([dict(zip(("program", "requests", "seconds", ""), row, strict=True)) for row in (ours, *PEERS)]),
        files=fit.pop("files"),
        kb=fit.pop("kB"),
        fit=table([fit]),
        polls=table([polls]),
        start=table([start]),
    )


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([str(row[name]) for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
