"""Drops the views and makes them. Neither engine alters a table under a view, so `migrate` drops them first."""

import hashlib
import re
from pathlib import Path

from django.db import connection, transaction

VIEWS = ("daily", "nights", "activities", "laps", "samples")

# What the engines say differently, with an instant and an offset in seconds. SQLite keeps times as text, and Django
# writes no fraction that is zero.
WORDS = {
    "sqlite": {
        "LOCAL_TIME": r"replace(strftime('%Y-%m-%d %H:%M:%f', \1, \2 || ' seconds'), '.000', '')",
        "LOCAL_DATE": r"date(\1, \2 || ' seconds')",
    },
    "postgresql": {
        "LOCAL_TIME": r"(\1 at time zone 'UTC' + \2 * interval '1 second')",
        "LOCAL_DATE": r"(\1 at time zone 'UTC' + \2 * interval '1 second')::date",
    },
}


def drop() -> None:
    """Those that are there."""
    with transaction.atomic(), connection.cursor() as cursor:
        for view in VIEWS:
            cursor.execute(f"DROP VIEW IF EXISTS {view}")


def make() -> None:
    """Those that are missing or older than this code; one that is as it should be is left to its readers."""
    there = _definitions()
    with transaction.atomic(), connection.cursor() as cursor:
        for view in VIEWS:
            statement = f"CREATE VIEW {view} AS\n{_sql(view)}"
            if there.get(view) != _mark(statement):
                cursor.execute(f"DROP VIEW IF EXISTS {view}")
                cursor.execute(statement)
                if connection.vendor == "postgresql":
                    cursor.execute(f"COMMENT ON VIEW {view} IS '{_mark(statement)}'")


def columns_of(view: str) -> list[str]:
    """Their names in their order, from the SQL alone: each stands last on a line of the outermost select."""
    outermost = re.search(r"^select$(.*?)^from ", _text(view), re.DOTALL | re.MULTILINE)
    lines = outermost[1].splitlines() if outermost else []
    names = (re.search(r'(\w+)"?,?$', line) for line in lines if not line.lstrip().startswith("--"))
    return [name[1] for name in names if name]


def _text(view: str) -> str:
    """VIEW.sql, or VIEW.ENGINE.sql where the engines have little in common."""
    folder = Path(__file__).parent
    both = folder / f"{view}.sql"
    return (both if both.exists() else folder / f"{view}.{connection.vendor}.sql").read_text(encoding="utf-8").strip()


def _sql(view: str) -> str:
    sql = _text(view)
    for word, meaning in WORDS[connection.vendor].items():
        sql = re.sub(rf"{word}\[([^,\]]+), ([^\]]+)\]", meaning, sql)
    return sql


def _mark(statement: str) -> str:
    """What a view is recognized by: SQLite keeps the words it was made with, PostgreSQL rewrites them."""
    if connection.vendor == "sqlite":
        return statement
    return f"Made by garminsync, {hashlib.sha256(statement.encode()).hexdigest()[:12]}"


def _definitions() -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
        else:
            cursor.execute(
                "SELECT relname, obj_description(oid, 'pg_class') FROM pg_class "
                "WHERE relkind = 'v' AND pg_table_is_visible(oid)"
            )
        return dict(cursor.fetchall())
