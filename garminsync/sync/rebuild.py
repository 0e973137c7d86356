"""Making all rows again from the payloads, without network: the cure for every fault of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from garminsync.datasets import DATASETS, Dataset, DayDataset, FileDataset
from garminsync.models import Coverage, Payload
from garminsync.sync.along import made_along, save_along
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.making import contents_of, gone_keys, save_made
from syncjobs.run import Progress, Run

# In the ledger while a rebuild is not finished; the key says of what.
REBUILD = "rebuild"
# Few enough to be made, held and saved at once; a file is large.
KEYS_AT_ONCE, FILES_AT_ONCE = 100, 5


@dataclass(frozen=True)
class RebuildOptions:
    """`dataset` is a name of the table, or None for all."""

    dataset: str | None = None


def rebuild(run: Run, options: RebuildOptions) -> None:
    """Goes on where an interrupted rebuild of the same stopped; otherwise makes everything again."""
    wanted = [dataset for dataset in DATASETS if options.dataset in (None, dataset.name)]
    # And what they ride on: their rows are made along with it.
    sources = {source for dataset in wanted for source in dataset.read_from}
    chosen = [dataset for dataset in DATASETS if sources.intersection(dataset.payloads)]
    begun = Coverage.objects.filter(dataset=REBUILD, key=options.dataset or "")
    going_on = begun.exists() and any(stale(dataset).exists() for dataset in chosen)
    again = [dataset for dataset in chosen if not going_on or is_emptied(dataset)]
    with run.saving(Progress(0, 0, "Marking what is to be made again")):
        Coverage.objects.filter(dataset=REBUILD).delete()
        save_coverage(REBUILD, [options.dataset or ""], Coverage.State.FAILED, "not finished")
        Payload.objects.filter(dataset__in=[name for dataset in again for name in dataset.read_from]).update(made_by=0)
    tally = Tally()
    done = make_stale(run, chosen, tally)
    with run.saving(Progress(done, done, "Finishing")):
        begun.delete()
    run.summary = {**tally.counts(), "requests": 0, "missing": [], "payloads": done}


def is_emptied(dataset: Dataset) -> bool:
    """Its rows were deleted by hand, though it was made."""
    table = dataset.tables[0]
    made = Payload.objects.filter(dataset__in=dataset.payloads).exclude(made_by=0)
    return made.exists() and not table.model._default_manager.filter(**table.fixed).exists()


def make_stale(run: Run, datasets: Sequence[Dataset], tally: Tally) -> int:
    """Makes what an older reader made, or none yet, in batches of flat memory; returns how many payloads."""
    total = sum(stale(dataset).count() for dataset in datasets)
    done = 0
    for dataset in datasets:
        at_once = FILES_AT_ONCE if isinstance(dataset, FileDataset) else KEYS_AT_ONCE
        while keys := list(dict.fromkeys(_in_order(dataset).values_list("key", flat=True)[:at_once])):
            gone = gone_keys(dataset, keys)
            contents = contents_of(dataset, keys)
            made = {key: dataset.make(key, contents[key]) for key in keys if key not in gone and key in contents}
            of_keys = Payload.objects.filter(dataset__in=dataset.payloads, key__in=keys)
            done += stale(dataset).filter(key__in=keys).count()
            along = [
                told
                for source in dataset.payloads
                for told in made_along(source, {key: c[source] for key, c in contents.items() if source in c})
            ]
            for told in along:
                for key in gone_keys(told.rider, told.made):
                    del told.made[key]
            with run.saving(Progress(done, total, f"{dataset.title}: made again from what is stored")):
                save_made(dataset, made, tally)
                save_along(along, tally)
                of_keys.update(made_by=dataset.version)
    return done


def _in_order(dataset: Dataset) -> QuerySet[Payload]:
    """What a day gave may have moved to another one since: the newest answer has the last word, as in a sync."""
    return stale(dataset).order_by(*(["fetched_at"] if isinstance(dataset, DayDataset) else []), "key")


def stale(dataset: Dataset) -> QuerySet[Payload]:
    """Payloads whose rows were made by another version of the reader, or not at all."""
    return Payload.objects.filter(~Q(made_by=dataset.version), dataset__in=dataset.payloads)
