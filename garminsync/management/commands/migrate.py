"""Django's migrate, made safe: one at a time, never backwards onto newer data, a backup before, views after."""

from typing import Any

from django.core.management.commands import migrate

from garminsync import database, database_views
from garminsync.management.command import PlainCommand


class Command(PlainCommand, migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with database.lock():
            database.use_write_ahead_log()
            missing = database.missing_migrations()
            if not database.is_empty() and missing and (copy := database.back_up_file()):
                self.stdout.write(f"Kept a copy of the database as it was: {copy}")
            if options["plan"] or options["check_unapplied"]:
                super().handle(*args, **options)
                return
            # No table can be altered under a view. Where nothing changes, nobody has to do without them.
            if missing or options["app_label"]:
                database_views.drop()
            super().handle(*args, **options)
            if not database.missing_migrations():
                database_views.make()
