"""How real processes end a sync: by signals, by kill -9, asleep past the lease, and with their server."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from garminsync.models import ApiToken, Coverage, Payload
from garminsync.simulator import Simulator
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import sync_activities
from syncjobs import runner
from syncjobs.models import INTERRUPTED, Status, SyncJob
from syncjobs.run import Run
from tests.conftest import Make, sign_in
from tests.processes import Home, wait_until
from tests.shared_home import shared_home

pytestmark = pytest.mark.django_db(transaction=True)

FILES = "files/activity"
NEARLY_THERE = {"kind": "latency", "seconds": 0.7, "times": 1}  # what comes in while the process sleeps
status = SyncJob.objects.get_current_sync_status


@pytest.fixture
def garmin(make_garmin: Make) -> Simulator:
    """Seven activities, and a clock that stands still."""
    return make_garmin(days=35, activities=7, now=datetime.now(UTC).isoformat(), basic=True)


@pytest.fixture
def home(signed_in: Simulator) -> Home:
    """Signed in."""
    return shared_home(GARMIN_API_URL=signed_in.url)


@pytest.fixture
def short_lease(home: Home, settings: Any) -> None:
    """Two seconds, for the processes and for this one, which reads what their row means."""
    home.env["SYNCJOBS_LEASE_S"] = "2"
    settings.SYNCJOBS_LEASE_S = 2


def sync(home: Home) -> "subprocess.Popen[str]":
    return home.start("syncgarmin", "activities", "--quiet")


def sync_until_the_third_file(home: Home, garmin: Simulator, fault: dict[str, Any]) -> "subprocess.Popen[str]":
    """A sync that has saved two files and waits for the third."""
    garmin.faults({"match": FILES, "after": 2, **fault})
    process = sync(home)
    wait_until(lambda: files() == 2)
    return process


def files() -> int:
    return Payload.objects.filter(dataset="activity_file").count()


def end(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Exit code and stderr."""
    _, err = process.communicate(timeout=20)
    return process.returncode, err


def stored() -> list[Any]:
    """All that a sync writes, with the instant of the writing."""
    return [list(SyncJob.objects.values()), *(list(m.objects.order_by("pk").values()) for m in (Payload, Coverage))]


def content() -> list[Any]:
    """The same without instants."""
    return [
        list(Payload.objects.order_by("dataset", "key").values_list("dataset", "key", "sha256")),
        list(Coverage.objects.order_by("dataset", "key").values_list("dataset", "key", "state")),
    ]


def fall_asleep(process: "subprocess.Popen[str]", home: Home) -> None:
    """SIGSTOP between two writes: asleep in the middle of one it would hold the database, too."""
    while True:
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        if not is_held(home.database_url):
            return
        process.send_signal(signal.SIGCONT)
        time.sleep(0.01)


def is_held(url: str) -> bool:
    try:
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)) as database:
                database.execute("BEGIN IMMEDIATE")
        else:
            with psycopg.connect(url) as server:
                server.execute("SELECT 1 FROM syncjobs_syncjob FOR UPDATE NOWAIT")
    except (sqlite3.OperationalError, psycopg.errors.LockNotAvailable):
        return True
    return False


@pytest.mark.parametrize(
    ("number", "code", "state", "message"),
    [
        (signal.SIGINT, 130, "cancelled", None),
        (signal.SIGTERM, 143, "failed", "The sync was stopped by SIGTERM; nothing stored was lost; start again."),
    ],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_a_signal_ends_the_command_at_once_while_garmin_hangs(
    home: Home, garmin: Simulator, number: signal.Signals, code: int, state: str, message: str | None
) -> None:
    process = sync_until_the_third_file(home, garmin, {"kind": "hang"})

    process.send_signal(number)
    wait_until(lambda: SyncJob.objects.get().status != Status.IN_PROGRESS, seconds=2)

    job = SyncJob.objects.get()
    assert (job.status, job.error_message, job.end_time is None) == (state, message, False)
    assert (end(process)[0], files()) == (code, 2)


@pytest.mark.usefixtures("short_lease")
def test_a_sync_killed_reads_as_interrupted_and_the_next_ends_with_the_same_content(
    home: Home, garmin: Simulator
) -> None:
    process = sync_until_the_third_file(home, garmin, {"kind": "hang"})
    process.kill()
    end(process)
    wait_until(lambda: status().status == Status.FAILED, seconds=3)
    interrupted = status().error_message

    garmin.faults()
    code, _ = end(sync(home))
    job, resumed = SyncJob.objects.get(), content()
    call_command("flush", interactive=False, verbosity=0)
    sign_in(garmin)
    runner.run(Run(), "activities", sync_activities, SyncOptions(), trigger="command")

    assert interrupted == INTERRUPTED
    assert (code, job.status, job.run, job.failures_in_a_row) == (0, "completed", 2, 0)
    assert resumed == content()


@pytest.mark.usefixtures("short_lease")
def test_a_sleeper_that_was_superseded_stores_nothing_when_it_wakes(home: Home, garmin: Simulator) -> None:
    sleeper = sync_until_the_third_file(home, garmin, NEARLY_THERE)
    fall_asleep(sleeper, home)
    garmin.faults()
    wait_until(lambda: status().status == Status.FAILED)
    successor = end(sync(home))
    before = stored()

    sleeper.send_signal(signal.SIGCONT)
    code, err = end(sleeper)

    assert successor == (0, "")
    assert code == 1
    assert "took over" in err
    assert stored() == before
    assert (status().run, status().status) == (2, "completed")


@pytest.mark.usefixtures("short_lease")
def test_a_sleeper_past_its_lease_does_not_come_back_to_life(home: Home, garmin: Simulator) -> None:
    sleeper = sync_until_the_third_file(home, garmin, NEARLY_THERE)
    fall_asleep(sleeper, home)
    wait_until(lambda: status().status == Status.FAILED)
    before = stored()

    sleeper.send_signal(signal.SIGCONT)
    code, err = end(sleeper)

    assert code == 1
    assert "slept past its lease" in err
    assert stored() == before
    assert status().error_message == INTERRUPTED


def test_a_start_beside_a_sleeper_within_its_lease_is_refused(home: Home, garmin: Simulator) -> None:
    sleeper = sync_until_the_third_file(home, garmin, NEARLY_THERE)
    fall_asleep(sleeper, home)

    code, err = end(sync(home))
    sleeper.send_signal(signal.SIGCONT)

    assert code == 3
    assert "Another sync is running: activities" in err
    assert end(sleeper)[0] == 0


def test_a_server_that_is_stopped_closes_the_row_at_once(home: Home, garmin: Simulator) -> None:
    garmin.faults({"match": FILES, "after": 2, "kind": "hang"})
    with home.serve() as web:
        web.token = ApiToken.make("test", "sync")
        started, _, _ = web.call("POST", "/garmin/activities")
        wait_until(lambda: files() == 2)

        web.process.send_signal(signal.SIGTERM)
        wait_until(lambda: SyncJob.objects.get().status != Status.IN_PROGRESS, seconds=5)

    job = SyncJob.objects.get()
    assert (started, job.status) == (202, Status.FAILED)
    assert job.error_message == "The server was stopped; nothing stored was lost; start again to go on."
    assert job.end_time is not None
