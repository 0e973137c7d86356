"""What a person typed in and may have taken back at Garmin: days that have rows and that an answer leaves out.

One answer may be Garmin's bad moment, and so may be another one seconds later. So the ledger notes since when a day is
left out; what an answer a day later leaves out, too, was deleted. One that has the day in between clears the note.
What Garmin only foretold is gone at once where an answer foretells something else.
"""

from collections.abc import Collection

from django.utils import timezone

from garminsync.datasets import Dataset
from garminsync.models import Coverage
from garminsync.sync.deletions import save_deleted
from garminsync.sync.ledger import ABOUT_A_DAY, Tally, save_coverage
from garminsync.sync.plan import LEFT_OUT
from garminsync.sync.receiving import Received

A_FEW_DAYS = 5


def save_taken_back(received: Received, rest: Collection[str], tally: Tally) -> set[str]:
    """Notes or deletes those of `rest` that have rows; returns those that have a note or are deleted. Only inside
    run.saving()."""
    dataset, now = received.dataset, timezone.now()
    here = dataset.keys_here(rest)
    foretold = set() if received.is_empty else _foretold(dataset, here)
    here -= foretold
    believed = here - _perhaps_cut_off(here, received.present)
    noted = Coverage.objects.filter(dataset=dataset.name, key__in=here, reason=LEFT_OUT)
    since = dict(noted.values_list("key", "failing_since_at"))
    noted.update(asked_at=now)
    new = believed - since.keys()
    save_coverage(dataset.name, new, Coverage.State.PRESENT, LEFT_OUT, since=now)
    gone = {key for key, first in since.items() if key in believed and first and now - first >= ABOUT_A_DAY}
    if deleted := gone | foretold:
        save_deleted(dataset, sorted(deleted), tally)
    return since.keys() | new | foretold


def _foretold(dataset: Dataset, here: set[str]) -> set[str]:
    """Those of which there is nothing else."""
    return here - {key for table in dataset.tables for key in table.keys_here(here, but_foretold=True)}


def _perhaps_cut_off(here: set[str], present: Collection[str]) -> set[str]:
    """Nothing at all in the place of more than a few days, in the whole answer or where it ends, is not believed,
    however often it comes."""
    older = {key for key in here if not present or key < min(present)}
    return older if len(older) > A_FEW_DAYS else set()
