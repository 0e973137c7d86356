"""Real processes for tests: commands and gunicorn in a home of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CLONE = Path(__file__).resolve().parent.parent


@dataclass
class Home:
    """GARMINSYNC_HOME and its database; `env` is added to the environment of what runs in it."""

    path: Path
    database_url: str = ""
    env: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        own = {"GARMINSYNC_HOME": str(self.path), "GARMINSYNC_RATE": "0", **self.env}
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        return kept | own

    def start(self, *words: str, **more: Any) -> "subprocess.Popen[str]":
        """`manage.py words...` in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-W", "error", str(CLONE / "manage.py"), *words],
            env=self.environment(),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.path.parent,
            **more,
        )

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def sign_in(self, garmin: Any) -> None:
        """Points this home at a simulated Garmin and signs in to it."""
        self.env["GARMIN_API_URL"] = garmin.url
        token = self.path.parent / "token.json"
        token.write_text(garmin.token())
        done = self.run("garminlogin", "--token-file", str(token))
        assert done.returncode == 0, done.stderr

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Rows, read past Django."""
        if self.database_url:
            import psycopg

            with psycopg.connect(self.database_url) as connection:
                return connection.execute(query).fetchall()
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(self.path / "garminsync.sqlite3", timeout=10)) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def serve(self) -> Iterator["Web"]:
        """gunicorn as `make run` starts it, on a free port."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "garminsync.wsgi", "--bind", f"127.0.0.1:{port}"],
            env=self.environment(),
            cwd=CLONE,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        served = Web(web, f"http://127.0.0.1:{port}")
        try:
            wait_until(lambda: served.call("GET", "/healthz")[0] == 200, seconds=30)
            yield served
        finally:
            if web.poll() is None:
                web.send_signal(signal.SIGTERM)
            web.communicate(timeout=30)


@dataclass
class Web:
    """A running server, and a program that talks to it."""

    process: "subprocess.Popen[str]"
    url: str
    token: str = ""

    def call(self, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], Any]:
        """Status (0 when nobody answers), headers and the JSON body."""
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                body = answer.read()
                return answer.status, dict(answer.headers), json.loads(body) if body else None
        except urllib.error.HTTPError as error:
            body = error.read()
            return error.code, dict(error.headers), json.loads(body) if body else None
        except OSError:
            return 0, {}, None

    def status(self) -> Any:
        return self.call("GET", "/garmin/sync/status")[2]


def wait_until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """The first true answer; fails the test when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
