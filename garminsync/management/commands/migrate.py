"""Django's migrate, made safe: one at a time, never backwards onto newer data, a backup before."""

from typing import Any

from django.core.management.commands import migrate

from garminsync import database
from garminsync.management.command import PlainCommand


class Command(PlainCommand, migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with database.lock():
            database.use_write_ahead_log()
            if not database.is_empty() and database.missing_migrations() and (copy := database.back_up_file()):
                self.stdout.write(f"Kept a copy of the database as it was: {copy}")
            super().handle(*args, **options)
