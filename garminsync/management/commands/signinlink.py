"""Makes a link by which the owner signs in to the pages."""

from django.core.management import CommandParser
from sesame.utils import get_query_string

from garminsync.management.command import OwnCommand
from garminsync.models.owner import owner


class Command(OwnCommand):
    help = "Prints a link by which you sign in to the pages: once, and within 15 minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url", default="http://127.0.0.1:8000", help="where the pages are served (default: %(default)s)"
        )

    def handle(self, *, url: str, **options: object) -> None:
        self.stdout.write(f"{url.rstrip('/')}/enter/{get_query_string(owner())}")
