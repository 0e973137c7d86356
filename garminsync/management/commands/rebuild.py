"""Makes everything that is not a payload again from the payloads, without network."""

from django.core.management import CommandError, CommandParser

from garminsync.datasets import DATASETS
from garminsync.management.command import OwnCommand
from garminsync.management.reports import bar_or_lines, busy
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import SyncActive
from syncjobs.run import Cancelled, Failed, Interrupted, Run, Superseded


class Command(OwnCommand):
    help = "Makes all rows again from the answers that are stored; asks Garmin nothing. Goes on if interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [dataset.name for dataset in DATASETS]
        parser.add_argument("--dataset", choices=names, metavar="NAME", help="only this one of docs/datasets.md")
        parser.add_argument("--quiet", action="store_true", help="no progress, only the summary")

    def handle(self, *, dataset: str | None, quiet: bool, **options: object) -> None:
        with bar_or_lines(quiet) as report:
            run = Run(report, is_sync=False)
            try:
                runner.run(run, "rebuild", rebuild, RebuildOptions(dataset), trigger="command")
            except SyncActive as active:
                raise CommandError(busy(active.job), returncode=3) from active
            except (Cancelled, KeyboardInterrupt) as error:
                raise CommandError("Cancelled. The next rebuild goes on from here.", returncode=130) from error
            except Interrupted as error:
                raise CommandError(str(error), returncode=143) from error
            except (Failed, Superseded) as error:
                raise CommandError(str(error)) from error
        found = run.summary
        self.stdout.write(
            f"Rebuilt from {found['payloads']} payloads: "
            f"new {found['new']}, changed {found['changed']}, unchanged {found['unchanged']}"
        )
