"""Making all rows again from the payloads, without network: the cure for every fault of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from garminsync.datasets import DATASETS, Dataset, FileDataset
from garminsync.models import Payload
from garminsync.sync.ledger import Tally
from garminsync.sync.making import contents_of, gone_keys, save_made
from syncjobs.run import Progress, Run

# Few enough to be made, held and saved at once; a file is large.
KEYS_AT_ONCE, FILES_AT_ONCE = 100, 5


@dataclass(frozen=True)
class RebuildOptions:
    """`dataset` is a name of the table, or None for all."""

    dataset: str | None = None


def rebuild(run: Run, options: RebuildOptions) -> None:
    """Goes on where an interrupted rebuild stopped; otherwise makes everything again."""
    chosen = [dataset for dataset in DATASETS if options.dataset in (None, dataset.name)]
    kept = Payload.objects.filter(dataset__in=[name for dataset in chosen for name in dataset.payloads])
    if not kept.filter(made_by=0).exists():
        with run.saving(Progress(0, 0, "Marking what is to be made again")):
            kept.update(made_by=0)
    tally = Tally()
    done = make_stale(run, chosen, tally)
    run.summary = {**tally.counts(), "requests": 0, "missing": [], "payloads": done}


def make_stale(run: Run, datasets: Sequence[Dataset], tally: Tally) -> int:
    """Makes what an older reader made, or none yet, in batches of flat memory; returns how many payloads."""
    total = sum(stale(dataset).count() for dataset in datasets)
    done = 0
    for dataset in datasets:
        at_once = FILES_AT_ONCE if isinstance(dataset, FileDataset) else KEYS_AT_ONCE
        while keys := list(dict.fromkeys(stale(dataset).order_by("key").values_list("key", flat=True)[:at_once])):
            gone = gone_keys(dataset, keys)
            contents = contents_of(dataset, keys)
            made = {key: dataset.make(key, contents[key]) for key in keys if key not in gone and key in contents}
            of_keys = Payload.objects.filter(dataset__in=dataset.payloads, key__in=keys)
            done += stale(dataset).filter(key__in=keys).count()
            with run.saving(Progress(done, total, f"{dataset.title}: made again from what is stored")):
                save_made(dataset, made, tally)
                of_keys.update(made_by=dataset.version)
    return done


def stale(dataset: Dataset) -> QuerySet[Payload]:
    """Payloads whose rows were made by another version of the reader, or not at all."""
    return Payload.objects.filter(~Q(made_by=dataset.version), dataset__in=dataset.payloads)
