"""Makes a token for a program that uses the API."""

from django.core.management import CommandError, CommandParser

from garminsync.management.command import USAGE, OwnCommand
from garminsync.models import ApiToken


class Command(OwnCommand):
    help = "Makes a token for a program and prints it, once. A NAME used again replaces its old token."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the token is for, such as grafana")
        parser.add_argument(
            "--scope",
            choices=ApiToken.Scope.values,
            default="read",
            help="read may look, sync may start and cancel",
        )

    def handle(self, *, name: str, scope: str, **options: object) -> None:
        if not name.isprintable() or not 1 <= len(name.strip()) <= 64:
            raise CommandError("NAME must be 1 to 64 printable characters.", returncode=USAGE)
        self.stdout.write(ApiToken.make(name.strip(), scope))
