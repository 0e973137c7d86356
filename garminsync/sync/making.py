"""Payloads to rows: the one way for a sync and for a rebuild, so that both give the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from garminsync.datasets import Dataset, Made
from garminsync.models import Coverage, Payload
from garminsync.sync.ledger import Tally, save_problems
from garminsync.sync.rows import save_rows


def contents_of(dataset: Dataset, keys: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """What is kept for these keys, by key and source, the newest first: a cheap source that could not be asked
    again knows less of a day than the dear one that was."""
    found: dict[str, dict[str, bytes]] = {}
    kept = Payload.objects.filter(dataset__in=dataset.read_from, key__in=keys).order_by("-fetched_at")
    for payload in kept.iterator(chunk_size=20):
        found.setdefault(payload.key, {})[payload.dataset] = payload.content
    return found


def with_new(kept: Mapping[str, bytes], source: str, content: bytes) -> dict[str, bytes]:
    """What is kept of a key, by source, once this answer is: one that says what is kept already is no newer."""
    if kept.get(source) == content:
        return dict(kept)
    return {source: content, **{name: old for name, old in kept.items() if name != source}}


def save_made(dataset: Dataset, made: Mapping[str, Made], tally: Tally) -> None:
    """Saves what was made, by key, in place of what these keys gave before, and what could not be understood.
    Only inside run.saving()."""
    known: set[str] = set()
    changed: set[str] = set()
    refused: dict[str, str] = {}
    able = [key for key in made if dataset.may_own(key)]
    for table in dataset.tables:
        saved = save_rows(table, {key: made[key].rows_of(table.model) for key in able})
        known, changed, refused = known | saved.known, changed | saved.changed, refused | saved.refused
    full = {key for key in able if made[key].rows and key not in refused}
    tally.new += len(full - known)
    tally.changed += len(full & known & changed)
    tally.unchanged += len((full & known) - changed)
    for source, notes in _notes_to_keep(dataset, made).items():
        for key in notes.keys() & refused.keys():
            notes[key].append(refused[key])
        tally.problems += save_problems(source, notes)


def _notes_to_keep(dataset: Dataset, made: Mapping[str, Made]) -> dict[str, dict[str, list[str]]]:
    """By source and key. What rides on another's answers is listed under its own name: under that of the other
    each would delete what is known of the other one."""
    found: dict[str, dict[str, list[str]]] = {}
    for source in dataset.read_from:
        own = source if source in dataset.payloads else dataset.payloads[0]
        for key, one in made.items():
            if source in one.notes:
                found.setdefault(own, {}).setdefault(key, []).extend(one.notes[source])
    return found


def delete_rows(dataset: Dataset, keys: Collection[str]) -> None:
    """Removes what these payloads gave; the payloads stay. Only inside run.saving()."""
    for table in dataset.tables:
        table.model._default_manager.filter(table.of(keys)).delete()


def gone_keys(dataset: Dataset, keys: Iterable[str]) -> set[str]:
    """Those that the person has deleted at Garmin: their payloads stay, and no rows are made from them."""
    owner = dataset.part_of or dataset.name
    gone = Coverage.objects.filter(dataset=owner, state=Coverage.State.GONE, key__in=list(keys))
    return set(gone.values_list("key", flat=True))
