"""What happened within a day: asked for day by day, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from garminsync.client import GarminClient, GarminError, NotFound, Refused
from garminsync.datasets import DATASETS, ItemDataset
from garminsync.models import Coverage
from garminsync.sync.asks import Ask, Step, is_unused
from garminsync.sync.drift import Drift
from garminsync.sync.items import ItemAsk, ask_item
from garminsync.sync.never_used import not_asked_for, save_never_used
from garminsync.sync.plan import BEHIND, Freshness, missing_days

WITHIN_DAY = [dataset for dataset in DATASETS if isinstance(dataset, ItemDataset) and dataset.within_day]
# So many days that are refused say that the person never used it.
REFUSALS_OF_A_FEATURE = 2


def plan_within_day(since: date, until: date, fresh: Freshness, display_name: str) -> Sequence[Ask]:
    """What failed before first."""
    first: list[tuple[date, ItemDataset]] = []
    then: list[tuple[date, ItemDataset]] = []
    unused = () if fresh.full else not_asked_for()
    for dataset in WITHIN_DAY:
        if dataset.name not in unused:
            failed, others = missing_days(dataset.name, since, until, fresh)
            first += [(day, dataset) for day in failed]
            then += [(day, dataset) for day in others]
    then.sort(key=lambda wanted: wanted[0], reverse=True)
    drifts = {dataset.name: Drift(dataset) for dataset in WITHIN_DAY}
    refused: dict[str, set[str]] = {dataset.name: set() for dataset in WITHIN_DAY}
    return [
        DayAsk(
            **vars(ask_item(dataset, str(day), display_name, drifts[dataset.name])),
            refused=refused[dataset.name],
        )
        for day, dataset in (*first, *then)
    ]


@dataclass(kw_only=True)
class DayAsk(ItemAsk):
    """One day. Where nothing was ever here, refusals of two days say that the person never used it: no other day is
    asked for. The fetching thread reads what the other one has learned: too late is a request or two, no more."""

    # The days of this run that Garmin refused, shared by all.
    refused: set[str]

    @property
    def is_in_vain(self) -> bool:
        return len(self.refused) >= REFUSALS_OF_A_FEATURE

    def fetch(self, client: GarminClient) -> bytes:
        if self.is_in_vain:
            error = NotFound("Garmin does not have this")
            error.sent = False
            raise error
        return super().fetch(client)

    def read(self, content: bytes) -> Step:
        """A day that Garmin does not refuse says that the others' refusals were days' own."""
        step = super().read(content)
        self.refused.clear()
        return step

    def give_up(self, error: GarminError) -> Step:
        if not error.sent:
            return Step() if self.is_in_vain else Step(more=[self])
        # A day without anything is 404.
        is_refusal = isinstance(error, Refused) and is_unused(error)
        # It was asked again last, and no other day was refused.
        is_the_only_one = self.refused == {self.key}
        if not is_refusal or is_the_only_one or self._was_used():
            return super().give_up(error)
        self.refused.add(self.key)
        if self.is_in_vain:
            return Step(partial(save_never_used, self.dataset.name))
        return Step(more=[self])  # last, when the other days have told

    def _was_used(self) -> bool:
        return Coverage.objects.filter(dataset=self.dataset.name, state=Coverage.State.PRESENT).exists()


def save_behind(since: date, before: date) -> None:
    """Notes that these days, as far as they are here, are to be asked for once more. Only inside run.saving()."""
    names = [dataset.name for dataset in WITHIN_DAY]
    here = Coverage.objects.filter(dataset__in=names, state=Coverage.State.PRESENT)
    here.filter(key__gte=str(since), key__lt=str(before)).update(reason=BEHIND)
