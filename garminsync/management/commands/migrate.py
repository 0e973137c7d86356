"""Django's migrate, made safe: one at a time, never backwards onto newer data, a backup before."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DatabaseError

from garminsync import schema


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            raise schema.unusable(error) from error

    def handle(self, *args: Any, **options: Any) -> None:
        with schema.lock():
            schema.use_write_ahead_log()
            if not schema.is_empty() and schema.missing_migrations() and (copy := schema.back_up_file()):
                self.stdout.write(f"Kept a copy of the database as it was: {copy}")
            super().handle(*args, **options)
