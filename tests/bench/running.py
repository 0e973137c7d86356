"""A simulated Garmin, homes and commands as processes of their own, each with what it took.

Nothing heavy is imported here: a child's peak memory counts from that of the process which starts it."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import CLONE, Home


@dataclass(frozen=True)
class Took:
    """What a command took by its end, children included, and the JSON it printed."""

    seconds: float
    cpu_s: float
    peak_mb: float
    said: Any


@dataclass(frozen=True)
class Garmin:
    """The simulated one; `latency` is what every request takes."""

    url: str
    latency: float

    def token(self) -> str:
        return str(self._get("token")["token"])

    def requests(self) -> int:
        """All requests for data so far."""
        return int(self._get("stats")["total"])

    def _get(self, name: str) -> Any:
        with urllib.request.urlopen(f"{self.url}/_sim/{name}") as answer:
            return json.load(answer)


@contextmanager
def simulated(days: int, activities: int, latency: float) -> Iterator[Garmin]:
    words = ("--days", str(days), "--activities", str(activities), "--latency", str(latency))
    with subprocess.Popen(
        [sys.executable, "-m", "garminsync.simulator", *words], cwd=CLONE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield Garmin(process.stdout.readline().rpartition(" ")[2].strip(), latency)
        finally:
            process.terminate()


@contextmanager
def signed_in_home(garmin: Garmin, rate: float = 0) -> Iterator[Home]:
    """A fresh one; `rate` is the pace in requests a second, 0 none."""
    with tempfile.TemporaryDirectory(prefix="garminsync-bench-") as folder:
        home = Home(Path(folder) / "home", env={"GARMINSYNC_RATE": str(rate)})
        home.sign_in(garmin)
        yield home


def take(home: Home, *words: str) -> Took:
    """Runs `manage.py words...`, which must end well."""
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(CLONE / "manage.py"), *words],
            env=home.environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise SystemExit(f"manage.py {' '.join(words)} ended with {process.returncode}.\n{said}")
    return Took(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(said) if said else None)


def database_mb(home: Home) -> float:
    """Everything that lies beside the database for it."""
    return sum(file.stat().st_size for file in home.path.glob("garminsync.sqlite3*")) / 1e6


def log(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
