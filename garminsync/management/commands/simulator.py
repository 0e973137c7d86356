"""Serves a simulated Garmin Connect on loopback."""

import sys
from argparse import Namespace

from django.core.management import CommandParser

from garminsync.management.command import PlainCommand
from garminsync.simulator import commandline


class Command(PlainCommand):
    help = "Serves a simulated Garmin Connect on loopback until Ctrl-C; set GARMIN_API_URL to its address."

    def add_arguments(self, parser: CommandParser) -> None:
        commandline.add_arguments(parser)

    def handle(self, **options: object) -> None:
        if code := commandline.serve(Namespace(**options)):
            sys.exit(code)
