"""Lists what Garmin gave and we could not understand."""

from django.core.management import CommandParser

from garminsync.datasets import DATASETS
from garminsync.management.command import OwnCommand
from garminsync.models import Problem


class Command(OwnCommand):
    help = "Lists values, files and answers that could not be understood. They are kept; rebuild reads them again."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [dataset.name for dataset in DATASETS]
        parser.add_argument("--dataset", choices=names, metavar="NAME", help="only this one of docs/datasets.md")

    def handle(self, *, dataset: str | None, **options: object) -> None:
        found = Problem.objects.order_by("dataset", "key", "reason")
        if dataset:
            found = found.filter(dataset__in=[s for d in DATASETS if d.name == dataset for s in d.payloads])
        for problem in found.iterator():
            self.stdout.write(f"{problem.dataset} {problem.key}: {problem.reason}".replace("  ", " "))
        count = found.count()
        self.stdout.write(f"{count} problem{'' if count == 1 else 's'}." if count else "No problems.")
