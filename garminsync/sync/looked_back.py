"""Which datasets have looked back to before the first day: the ledger knows it, and it is done once."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from garminsync.datasets import DayDataset
from garminsync.models import Coverage
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.options import SyncOptions
from garminsync.sync.plan import ASK_EMPTY_AGAIN_AFTER

# In the place of a dataset; the key is the name of the one that has.
LOOKED_BACK = "looked back"


def to_look_back(datasets: Iterable[DayDataset], options: SyncOptions, is_first: bool) -> set[str]:
    """Those whose values may be older than the first watch and that have not yet. Where it failed it is tried again a
    day later or, as it costs no request there, in a first run."""
    older = {dataset.name for dataset in datasets if dataset.sources[0].before_a_watch}
    if options.since or options.full:
        return set() if options.since else older
    done = Q(state=Coverage.State.PRESENT)
    if not is_first:
        done |= Q(asked_at__gt=timezone.now() - ASK_EMPTY_AGAIN_AFTER)
    return older.difference(Coverage.objects.filter(done, dataset=LOOKED_BACK).values_list("key", flat=True))


def save_looked_back(dataset: str) -> None:
    """Only inside run.saving(), as the next."""
    save_coverage(LOOKED_BACK, [dataset], Coverage.State.PRESENT)


def save_not_looked_back(dataset: str, reason: str, tally: Tally) -> None:
    """It is no reason for a failed run: the days themselves are asked for alone."""
    save_coverage(LOOKED_BACK, [dataset], Coverage.State.FAILED, reason, counts=False)
