"""Syncs here, in the foreground, through the same claim as the web pages and the API."""

import re
from json import dumps
from typing import Any

from django.core.management import CommandError, CommandParser
from pydantic import ValidationError

from garminsync.management.command import USAGE, OwnCommand
from garminsync.management.reports import as_json, bar_or_lines, busy, closing_summary, plan_table
from garminsync.sync.account import signed_in
from garminsync.sync.options import SyncOptions
from garminsync.sync.preview import preview
from garminsync.sync.works import WORKS
from syncjobs import runner
from syncjobs.explaining import explain
from syncjobs.models import Status, SyncActive, SyncJob
from syncjobs.run import Cancelled, Failed, Interrupted, Run, Superseded

FAILED, ACTIVE, NOT_SIGNED_IN, CANCELLED, TERMINATED = 1, 3, 4, 130, 143
LOST = -1  # failed, but the row is not ours to report on


class Command(OwnCommand):
    help = "Copies what is missing from Garmin. Ctrl-C cancels; what is stored stays, the next run goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", choices=list(WORKS), default="all", help="default: all")
        parser.add_argument("--since", metavar="DATE", help="first day, such as 2026-01-31")
        parser.add_argument("--until", metavar="DATE", help="last day (default: today)")
        parser.add_argument(
            "--full", action="store_true", help="ask again for what is stored already, but for files of activities"
        )
        parser.add_argument(
            "--detail", default="30", metavar="DAYS|all|0", help="newest days with within-day data (30)"
        )
        parser.add_argument("--plan", action="store_true", help="only say what would be asked")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout at the end")
        parser.add_argument("--quiet", action="store_true", help="no progress, only the summary")

    def handle(self, *, kind: str, plan: bool, json: bool, quiet: bool, **raw: Any) -> None:
        options = _options(raw)
        if plan:
            found = preview(kind, options)
            self.stdout.write(dumps(found) if json else plan_table(found))
            return
        if (active := SyncJob.objects.get_current_sync_status()).status == Status.IN_PROGRESS:
            raise CommandError(busy(active), returncode=ACTIVE)
        if missing := signed_in():
            raise CommandError(missing, returncode=NOT_SIGNED_IN)
        with bar_or_lines(quiet) as report:
            run = Run(report)
            code, sentence = self._sync(run, kind, options)
        job = SyncJob.objects.filter(run=run.number).first()
        if job and code != LOST:
            self.stdout.write(dumps(as_json(job)) if json else closing_summary(job))
        if code:
            raise CommandError(sentence, returncode=1 if code == LOST else code)

    def _sync(self, run: Run, kind: str, options: SyncOptions) -> tuple[int, str]:
        """The exit code, and a sentence when it is not 0."""
        try:
            runner.run(run, kind, WORKS[kind], options, trigger="command")
        except SyncActive as active:
            raise CommandError(busy(active.job), returncode=ACTIVE) from active
        except Superseded as error:
            return LOST, str(error)
        except (Cancelled, KeyboardInterrupt):
            return CANCELLED, "Cancelled. What is stored stays; the next sync goes on."
        except Interrupted as error:
            return TERMINATED, str(error)
        except Failed as error:
            return NOT_SIGNED_IN if signed_in() else FAILED, str(error)
        return 0, ""


def _options(raw: dict[str, Any]) -> SyncOptions:
    """The same rules as for the API, in the words of the command line."""
    given: dict[str, Any] = {name: raw[name] for name in ("since", "until", "full") if raw[name] is not None}
    detail = str(raw["detail"])
    given["detail"] = int(detail) if re.fullmatch("[0-9]{1,9}", detail) else detail
    try:
        return SyncOptions.model_validate(given, strict=True)
    except ValidationError as error:
        said = dict(explain(error))
        if any(field.startswith("detail") for field in said):
            raise CommandError(
                f"--detail: {detail!r} is neither a number of days nor all.", returncode=USAGE
            ) from error
        raise CommandError(
            "; ".join(f"--{field}: {message}" if field != "body" else message for field, message in said.items()),
            returncode=USAGE,
        ) from error
