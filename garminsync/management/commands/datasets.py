"""Prints what can be fetched, where it is kept and what it costs."""

from garminsync.management.command import PlainCommand
from garminsync.management.dataset_page import page


class Command(PlainCommand):
    help = "Prints the table of datasets, as in docs/datasets.md: endpoints, columns, units, requests for a year."

    def handle(self, **options: object) -> None:
        self.stdout.write(page(), ending="")
