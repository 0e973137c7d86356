"""Status polls a second while a sync runs, and how many a plain Django view answers meanwhile."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.running import log
from tests.bench.syncing import Size
from tests.processes import CLONE, Home, wait_until

STATUS = "/garmin/sync/status"


def measure(size: Size, home: Home) -> dict[str, Any]:
    """In turns, so that both see the same sync."""
    log("Polling the status of a running sync ...")
    with home.serve() as web, _plain(home) as plain:
        web.token = home.run("apitoken", "bench", "--scope", "sync").stdout.strip()
        assert web.call("POST", "/garmin/all")[0] == 202
        wait_until(lambda: web.status()["done"])
        turns = [
            (_a_second(plain, "/hello", "", size.polls_s / 2), _a_second(web.url, STATUS, web.token, size.polls_s / 2))
            for _ in range(2)
        ]
        still_running = web.status()["status"] == "in_progress"
        web.call("POST", "/garmin/sync/cancel")
    views, polls = (max(counts) for counts in zip(*turns, strict=True))
    return {
        "status polls a second": round(polls),
        "answers a second of a plain Django view": round(views),
        "ratio": round(polls / views, 2),
        "the sync ran until the end": "yes" if still_running else "no",
    }


def _a_second(url: str, path: str, token: str, seconds: float) -> float:
    """One program that asks again as soon as it has its answer, over one connection as long as that is kept."""
    count, started = 0, time.perf_counter()
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    while time.perf_counter() - started < seconds:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        count += 1
    connection.close()
    return count / (time.perf_counter() - started)


@contextmanager
def _plain(home: Home) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    served = "tests.bench.plain:application_of_its_own()"
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", served, "--bind", address],
        env=home.environment(),
        cwd=CLONE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until(lambda: _answers(address))
            yield f"http://{address}"
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", "/hello")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
