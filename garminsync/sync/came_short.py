"""Lists that come empty, or with far fewer than are here: Garmin's trouble, or what the person deleted?

Two requests of one minute share their trouble, so only time tells: the ledger notes since when a list comes short, and
one that still does so about a day later is believed. Until then all that is here stays as it is.
"""

from django.db.models import QuerySet
from django.utils import timezone

from garminsync.datasets import Table
from garminsync.models import Coverage
from garminsync.sync.ledger import ABOUT_A_DAY, Tally, save_coverage

CAME_SHORT = "came short"


def rows_here(table: Table, key: str = "") -> int:
    return table.model._default_manager.filter(table.of([key])).count()


def is_short(given: int, here: int) -> bool:
    return 2 * given < here


def is_in_doubt(dataset: str, key: str, given: int, here: int) -> bool:
    """Whether an answer that gives so many, where so many are here, is not to be believed yet."""
    long_ago = timezone.now() - ABOUT_A_DAY
    return is_short(given, here) and not _noted(dataset, key).filter(failing_since_at__lte=long_ago).exists()


def save_in_doubt(dataset: str, key: str, tally: Tally) -> None:
    """Only inside run.saving()."""
    noted = _noted(dataset, key).first()
    since = (noted and noted.failing_since_at) or timezone.now()
    save_coverage(dataset, [key], Coverage.State.PRESENT, CAME_SHORT, since=since)


def forget_doubt(dataset: str, key: str) -> None:
    """Only inside run.saving()."""
    _noted(dataset, key).delete()


def _noted(dataset: str, key: str) -> QuerySet[Coverage]:
    return Coverage.objects.filter(dataset=dataset, key=key, reason=CAME_SHORT)
