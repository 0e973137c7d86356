"""Whether Garmin refuses everything: then what was taken for nothing there is not believed.

A day without anything and a feature that was never used are 404 or 403, and so is all of Garmin at times. After many of
them in a row one request asks for what every account has; where that is refused, too, the run ends, and what looked
empty since the last real answer has failed. Otherwise nobody knows, as a bad moment may just be over: what they were
for is asked for once more, a day later.
"""

from dataclasses import dataclass
from datetime import datetime

from garminsync.client import GarminError
from garminsync.datasets import DATASETS, DayDataset, ItemDataset
from garminsync.models import Coverage
from garminsync.sync.asks import LISTS, Ask, Step
from garminsync.sync.plan import REFUSED, REFUSED_TWICE

WHY = "Garmin refused everything"


@dataclass(kw_only=True)
class AnythingAsk(Ask):
    """userprofile-service/socialProfile: nobody is without."""

    def read(self, content: bytes) -> Step:
        return Step()

    def give_up(self, error: GarminError) -> Step:
        return Step()


def ask_for_anything() -> Ask:
    return AnythingAsk(path="/userprofile-service/socialProfile", label="whether Garmin answers at all", rank=LISTS)


def save_doubted(since: datetime) -> None:
    """What was asked for `since` then and looked empty is asked for first by the next run. Only inside run.saving()."""
    empty = Coverage.objects.filter(state=Coverage.State.EMPTY, asked_at__gte=since)
    by_day_or_id = [dataset.name for dataset in DATASETS if isinstance(dataset, DayDataset | ItemDataset)]
    # That a feature was never used.
    empty.filter(key="", dataset__in=by_day_or_id).delete()
    empty.update(state=Coverage.State.FAILED, reason=WHY)


def save_refused(since: datetime) -> None:
    """What was asked for `since` then and looked empty, or is here from before, is asked for once more, a day later.
    Only inside run.saving()."""
    asked = Coverage.objects.filter(asked_at__gte=since)
    asked.filter(state=Coverage.State.EMPTY).exclude(reason=REFUSED_TWICE).update(reason=REFUSED)
    asked.filter(state=Coverage.State.PRESENT, reason="", key__gt="").update(reason=REFUSED)
