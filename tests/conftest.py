"""What tests stand on: a simulated Garmin over real HTTP, a sign-in to it, and homes for real processes."""

import os
import signal
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import TransactionTestCase
from rest_framework.test import APIClient

from garminsync.client import GarminClient, fetch_profile
from garminsync.models import Account, ApiToken
from garminsync.simulator import Options, Simulator
from garminsync.sync.account import NewToken, save_sign_in
from tests.emptying import empty_tables
from tests.processes import Home
from tests.syncing import an_old_watch

FIXED_NOW = "2026-07-10T15:30:00Z"

type Make = Callable[..., Simulator]
type Clock = Callable[[str | datetime], None]

# Who asks for one of these meets the database of the test or, in real processes, one of its own.
DATABASE_FIXTURES = {"db", "transactional_db", "home"}


# These take so long that the other worker would wait for them at the end.
LONGEST = {"test_bench.py", "test_contention.py", "test_fortnight.py"}


def pytest_configure() -> None:
    """Under nohup or in the background of a script Ctrl-C and a closed terminal are ignored, and every program that a
    test starts would inherit that."""
    for each, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(each) == signal.SIG_IGN:
            signal.signal(each, usual)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, all else in its random order. On PostgreSQL only what meets a database: all else
    (pytest-django sees to that) is the same on SQLite."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if os.environ.get("ENGINE") != "postgresql":
        return
    others = [item for item in items if not meets_a_database(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if meets_a_database(item)]


def meets_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(fixtures)


@pytest.fixture(autouse=True, scope="session")
def _fast_emptying() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


@pytest.fixture(autouse=True)
def _fast_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """garminconnect waits 2 to 5 seconds before it sends a password, which teaches a test nothing."""
    monkeypatch.setattr("garminconnect.client.sso.MOBILE_DELAY_MIN_S", 0)
    monkeypatch.setattr("garminconnect.client.sso.MOBILE_DELAY_MAX_S", 0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time that it is here, also for what today is; the database and the simulated Garmin keep theirs."""

    def at(instant: str | datetime) -> None:
        now = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return at


@pytest.fixture
def make_garmin(settings: Any) -> Iterator[Make]:
    """Starts a simulated Garmin with these Options and points the client at it."""
    started: list[Simulator] = []

    def make(**options: Any) -> Simulator:
        simulator = Simulator(Options(**options))
        started.append(simulator.__enter__())
        settings.GARMIN_API_URL = simulator.url
        return simulator

    yield make
    for simulator in started:
        simulator.stop()


@pytest.fixture
def garmin(make_garmin: Make) -> Simulator:
    """Five weeks and seven activities of an old watch; its clock is the real one."""
    return make_garmin(days=35, activities=7, basic=True)


def sign_in(simulator: Simulator) -> Account:
    """What `garminlogin` does with a token."""
    store = NewToken(simulator.token())
    client = GarminClient(store, lambda seconds, why: None, url=simulator.url, rate=0)
    return save_sign_in(store.token, fetch_profile(client))


@pytest.fixture
def make_signed_in(make_garmin: Make, transactional_db: None) -> Make:
    """Starts a simulated Garmin that this home is signed in to; what was asked of it is counted from here.

    What an old watch (`basic`) knows nothing of, it has just been asked for."""

    def make(**options: Any) -> Simulator:
        simulator = make_garmin(**options)
        sign_in(simulator)
        if simulator.service.options.basic:
            an_old_watch()
        simulator.reset_counts()
        return simulator

    return make


@pytest.fixture
def signed_in(garmin: Simulator, transactional_db: None) -> Simulator:
    """A simulated Garmin that this home is signed in to."""
    sign_in(garmin)
    garmin.reset_counts()
    return garmin


@pytest.fixture
def api() -> Callable[[str], APIClient]:
    """A program with a token of this scope."""

    def with_scope(scope: str) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {ApiToken.make(f'test {scope}', scope)}")
        return client

    return with_scope


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home for real processes: its own folder and, on PostgreSQL, its own database."""
    if "DATABASE_URL" not in os.environ:
        yield Home(tmp_path / "home")
        return
    name = f"home_{uuid.uuid4().hex[:12]}"
    admin_url = os.environ["DATABASE_URL"]
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield Home(tmp_path / "home", admin_url.replace("/postgres?", f"/{name}?"))
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
