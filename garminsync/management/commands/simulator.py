"""Serves a simulated Garmin Connect on loopback."""

import sys
from argparse import Namespace

from django.core.management import BaseCommand, CommandParser

from garminsync.simulator import commandline


class Command(BaseCommand):
    help = "Serves a simulated Garmin Connect on loopback until Ctrl-C; set GARMIN_API_URL to its address."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        commandline.add_arguments(parser)

    def handle(self, **options: object) -> None:
        if code := commandline.serve(Namespace(**options)):
            sys.exit(code)
