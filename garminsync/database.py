"""Whether the database fits this code, and making a fresh one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import fasteners
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = ("garminsync", "syncjobs")


class DoesNotFit(CommandError):
    """The database does not fit this code; the text says what to do."""


def unusable(error: Exception) -> CommandError:
    """Held, down or no database at all, in one line."""
    what_to_do = "If another process holds it, try again in a minute."
    if connection.vendor == "postgresql":
        what_to_do = "See that the server of DATABASE_URL runs and lets you in."
    return CommandError(f"The database cannot be used: {' '.join(str(error).split()).rstrip('.?')}. {what_to_do}")


def lock() -> fasteners.InterProcessLock:
    """Held while the schema changes: many first commands may run at once."""
    return fasteners.InterProcessLock(settings.HOME / "migrate.lock")


def missing_migrations() -> list[str]:
    """What is still to be applied; raises DoesNotFit when the database is newer than the code."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    disk = set(loader.disk_migrations or ())
    applied = set(loader.applied_migrations)
    newer = sorted(f"{app}.{name}" for app, name in applied - disk if app in OURS)
    if newer:
        raise DoesNotFit(
            f"The database is newer than this code (it has {newer[-1]}). Update the code, or put the backup that was "
            f"made before the upgrade in its place{_newest_backup()}."
        )
    return sorted(f"{app}.{name}" for app, name in disk - applied)


def is_empty() -> bool:
    return "django_migrations" not in connection.introspection.table_names()


def prepare() -> None:
    """Makes the schema on an empty database; raises DoesNotFit when an older one must be migrated first."""
    if _is_untouched_file() or is_empty():
        call_command("migrate", verbosity=0, interactive=False)
    missing = missing_migrations()
    if missing:
        with lock():  # another first command may have been in the middle of it
            missing = missing_migrations()
    if missing:
        raise DoesNotFit(
            f"The database must be upgraded first (migrations missing: {len(missing)}). "
            "Run: manage.py migrate (a backup is made before)."
        )


def use_write_ahead_log() -> None:
    """Set once, when the file is made; it stays. Readers then never wait for a writer."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


def back_up_file() -> Path | None:
    """A copy beside an SQLite database, before its schema changes."""
    if connection.vendor != "sqlite":
        return None
    source = Path(str(connection.settings_dict["NAME"]))
    target = source.with_name(f"{source.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    target.chmod(0o600)
    return target


def _newest_backup() -> str:
    if connection.vendor != "sqlite":
        return ""
    path = Path(str(connection.settings_dict["NAME"]))
    found = sorted(path.parent.glob(f"{path.name}.before-*"))
    return f": {found[-1]}" if found else ""


def _is_untouched_file() -> bool:
    """Whoever makes the file holds the lock: do not look into it before it has its write-ahead log."""
    if connection.vendor != "sqlite":
        return False
    path = Path(str(connection.settings_dict["NAME"]))
    return not path.exists() or path.stat().st_size == 0
