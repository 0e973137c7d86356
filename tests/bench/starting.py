"""How long a command takes before it works: against a command of Django's that does nothing."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.running import log, take
from tests.bench.syncing import Size
from tests.processes import Home


def measure(size: Size, home: Home) -> dict[str, Any]:
    log("Starting commands ...")
    ours = _median(lambda: take(home, "syncgarmin", "--plan", "--json"), size.starts)
    django = _median(
        lambda: subprocess.run([sys.executable, "-m", "django", "version"], stdout=subprocess.DEVNULL, check=True),
        size.starts,
    )
    return {
        "syncgarmin --plan, s": round(ours, 2),
        "python -m django version, s": round(django, 2),
        "ratio": round(ours / django, 1),
    }


def _median(run: Callable[[], object], times: int) -> float:
    def once() -> float:
        started = time.perf_counter()
        run()
        return time.perf_counter() - started

    return statistics.median(once() for _ in range(times))
