"""What our commands share: a database that fits the code before they begin, sentences instead of tracebacks."""

import os
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import Error as DatabaseTrouble

from garminsync import database
from garminsync.client import GarminError

USAGE = 2
SEEN_ENOUGH = 141  # as a shell tells of a program that SIGPIPE ended
VERSION = "0.1.0"  # as in pyproject.toml, which need not be where this runs


class PlainCommand(BaseCommand):
    """A command whose errors are sentences, without the name of a class before them."""

    requires_system_checks = []

    def get_version(self) -> str:
        return VERSION

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            said = self.execute_plainly(*args, **options)
            self.stdout.flush()
            return said
        except BrokenPipeError:  # whoever read it, as head does, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(SEEN_ENOUGH)
        except CommandError as error:
            if not getattr(self, "_called_from_command_line", False) or options.get("traceback"):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def execute_plainly(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseTrouble as error:
            raise database.unusable(error) from error
        except GarminError as error:
            raise CommandError(str(error)) from error


class OwnCommand(PlainCommand):
    """A command that needs the database: it makes one where there is none."""

    def execute_plainly(self, *args: Any, **options: Any) -> str | None:
        try:
            database.prepare()
        except DatabaseTrouble as error:
            raise database.unusable(error) from error
        return super().execute_plainly(*args, **options)
