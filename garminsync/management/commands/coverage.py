"""Says which days are here, which are not and why, and what else failed."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management import CommandError, CommandParser
from pydantic import TypeAdapter, ValidationError

from garminsync.datasets import DATASETS, DayDataset
from garminsync.management.command import USAGE, OwnCommand
from garminsync.models import Account, Coverage
from garminsync.sync.history import first_day_asked_for
from garminsync.sync.never_used import features_without_data
from garminsync.sync.options import SyncDate
from garminsync.sync.survey import in_trouble, survey
from garminsync.sync.within_day import WITHIN_DAY
from syncjobs.explaining import explain


def _day(text: str) -> date:
    try:
        return TypeAdapter(SyncDate).validate_python(text)
    except ValidationError as error:
        raise ArgumentTypeError(explain(error)[0][1]) from error


class Command(OwnCommand):
    help = "Lists the days that were never asked for, failed, may still come, or are parked, and what else failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=_day, metavar="DATE", help="default: the first day known")
        parser.add_argument("--until", type=_day, metavar="DATE", help="default: today")

    def handle(self, *, since: date | None, until: date | None, **options: object) -> None:
        account = Account.objects.filter(pk=1).first()
        if account is None:
            raise CommandError("Nothing is known yet. Run: manage.py garminlogin, then manage.py syncgarmin")
        days = [dataset for dataset in DATASETS if isinstance(dataset, DayDataset)]
        since = since or account.first_day or first_day_asked_for() or account.today()
        until = until or account.today()
        if since > until:
            raise CommandError(f"--since ({since}) lies after --until ({until}).", returncode=USAGE)
        unused = features_without_data()
        asked = set(Coverage.objects.exclude(key="").values_list("dataset", flat=True).distinct()) - unused
        for dataset in days:
            if dataset.optional and dataset.name not in asked:
                continue  # told below
            in_range = Coverage.objects.filter(dataset=dataset.name, key__gte=str(since), key__lte=str(until))
            present = in_range.filter(state=Coverage.State.PRESENT).count()
            empty = in_range.filter(state=Coverage.State.EMPTY).count()
            self.stdout.write(f"{dataset.title}, {since} to {until}: {present} days present, {empty} without data")
            for stretch in survey(dataset.name, since, until, account.today()):
                long = "1 day" if stretch.days == 1 else f"{stretch.days} days"
                self.stdout.write(f"  {stretch.state}: {stretch} ({long})")
        not_here = [dataset.title for dataset in days if dataset.optional and dataset.name not in asked]
        not_here += [dataset.title for dataset in WITHIN_DAY if dataset.name in unused]
        if not_here:
            self.stdout.write(f"Never asked for, or not in this account: {', '.join(not_here)}")
        by_day = [dataset.name for dataset in days]
        for state in (Coverage.State.FAILED, Coverage.State.PARKED):
            for thing in in_trouble(state, but=by_day):
                self.stdout.write(f"{state.label}: {thing}")
