"""A database that another process holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from django.conf import settings
from django.db import connection

from syncjobs.models import SyncJob


@contextmanager
def database_held() -> Iterator[None]:
    """Another process has written the job's row and does not commit; we give up soon."""
    SyncJob.objects.bulk_create([SyncJob()], ignore_conflicts=True)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout = 100")
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        connection.cursor().execute("PRAGMA busy_timeout = 10000")
        return
    connection.cursor().execute("SET lock_timeout = '100ms'")
    own = {name: value for name, value in connection.get_connection_params().items() if name in ("host", "port")}
    name, user = settings.DATABASES["default"]["NAME"], connection.settings_dict["USER"]
    with psycopg.connect(dbname=name, user=user, **own) as other_server:
        other_server.execute("SELECT * FROM syncjobs_syncjob FOR UPDATE")
        yield
        other_server.rollback()
    connection.cursor().execute("SET lock_timeout = '5s'")
