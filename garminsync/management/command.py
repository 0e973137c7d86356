"""What our commands share: a database that fits the code before they begin, sentences instead of tracebacks."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from garminsync import schema
from garminsync.client import GarminError

USAGE = 2


class OwnCommand(BaseCommand):
    requires_system_checks = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        schema.prepare()
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            raise CommandError(
                f"Another process holds the database, or it does not answer ({str(error).strip()}). "
                "Try again in a minute."
            ) from error
        except GarminError as error:
            raise CommandError(str(error)) from error
