"""Signs in to Garmin, once; the token is kept sealed and renews itself from then on."""

import getpass
import sys
from pathlib import Path
from time import sleep

from django.conf import settings
from django.core.management import CommandError, CommandParser

from garminsync.client import GarminClient, GarminError, SignIn, fetch_profile, is_token
from garminsync.management.command import OwnCommand
from garminsync.sync.account import NewToken, save_sign_in

INSTEAD = "Sign in without --token-file instead, or let garminconnect 0.3 or newer write the file."


class Command(OwnCommand):
    help = "Signs in to Garmin. Asks for e-mail, password and, if Garmin wants one, the code it sends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--token-file", type=Path, help="take over a token file of garminconnect (read, never moved)"
        )

    def handle(self, *, token_file: Path | None, **options: object) -> None:
        token = self._read(token_file) if token_file else self._ask()
        store = NewToken(token)
        client = GarminClient(
            store,
            lambda seconds, why: sleep(seconds),
            url=settings.GARMIN_API_URL,
            rate=settings.GARMINSYNC_RATE,
        )
        profile = fetch_profile(client)
        account = save_sign_in(store.token, profile)
        self.stdout.write(f"Signed in to Garmin as {account}. Next: manage.py syncgarmin")

    def _ask(self) -> str:
        try:
            email = input("Garmin e-mail: ").strip()
            password = getpass.getpass("Garmin password: ")
            if not email or not password:
                raise CommandError("An e-mail and a password are needed. Nothing was sent to Garmin.")
            self.stderr.write("Signing in; this takes some seconds ...", style_func=str)
            return SignIn(settings.GARMIN_API_URL).token(
                email, password, lambda: input("Code that Garmin sent you: ").strip()
            )
        except (EOFError, KeyboardInterrupt) as error:
            why = "was cut short" if sys.stdin.isatty() else "asks on a terminal; --token-file needs none"
            raise CommandError(f"Sign-in {why}. Nothing was changed.", returncode=130) from error
        except GarminError as error:
            raise CommandError(f"{str(error).rstrip('.')}. Nothing was changed.", returncode=4) from error

    def _read(self, path: Path) -> str:
        file = path
        try:
            if path.is_dir():
                file = path / "garmin_tokens.json"
            token = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise CommandError(f"{file} cannot be read: {why}. {INSTEAD}") from error
        if not is_token(token):
            raise CommandError(f"{file} is no token file of garminconnect. {INSTEAD}")
        return token
