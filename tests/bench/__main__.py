"""python -m tests.bench [--quick] [--out FILE] [--recorded DIR]: needs no network; takes a quarter of an hour."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench import polling, starting, syncing
from tests.bench.page import page
from tests.bench.running import log, signed_in_home, simulated
from tests.processes import CLONE


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures what a sync costs.")
    parser.add_argument("--quick", action="store_true", help="a few days in place of years: shows only that it runs")
    parser.add_argument("--out", type=Path, default=CLONE / "docs" / "benchmarks.md", help="default: %(default)s")
    parser.add_argument("--recorded", type=Path, default=CLONE.parent / "shared" / "recorded", help="recorded files")
    given = parser.parse_args()
    # Where no bytecode may lie beside the sources, each process would compile everything anew: no installation does.
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        os.environ["PYTHONPYCACHEPREFIX"] = str(CLONE / ".pytest_cache" / "bytecode")
    size = syncing.QUICK if given.quick else syncing.FULL
    log("Reading FIT files ...")
    fit = subprocess.run(
        [sys.executable, "-m", "tests.bench.fitfiles", str(given.recorded / "fit")],
        cwd=CLONE,
        stdout=subprocess.PIPE,
        check=True,
    )
    # Twice as slow as elsewhere, so that the sync outlives the polls.
    with (
        simulated(size.year, size.activities_a_year, size.latency * 2) as garmin,
        signed_in_home(garmin) as home,
    ):
        start, polls = starting.measure(size, home), polling.measure(size, home)
    syncs = syncing.measure(size)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(page(size, syncs, json.loads(fit.stdout), polls, start), encoding="utf-8")
    print(f"Written: {given.out}")


if __name__ == "__main__":
    main()
