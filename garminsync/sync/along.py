"""What answers to one dataset tell of another that rides on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from garminsync.datasets import DATASETS, NOT_TOLD, Dataset, Made
from garminsync.models import Coverage, Payload
from garminsync.schemas.answers import write_json
from garminsync.sync.ledger import Tally, save_coverage, save_payloads
from garminsync.sync.making import contents_of, gone_keys, save_made, with_new


@dataclass(frozen=True)
class ToldAlong:
    """What answers to another dataset come to for this `rider`, by key; those that are `silent` say nothing of it.

    The answer before a silent one may have told it, and is no longer kept: what it told is `handed_down`, until the
    rider's own source says whether it is still so."""

    rider: Dataset
    made: dict[str, Made]
    silent: list[str]
    handed_down: list[Payload]
    made_of_those: dict[str, Made]


type Along = list[ToldAlong]


def made_along(source: str, contents: Mapping[str, bytes]) -> Along:
    """What else these answers of `source`, by key, tell: of datasets that ride on it."""
    return [_told(rider, source, contents) for rider in riders_of(source)]


def _told(rider: Dataset, source: str, contents: Mapping[str, bytes]) -> ToldAlong:
    own = rider.payloads[0]
    kept, gone = contents_of(rider, list(contents)), gone_keys(rider, contents)
    told = ToldAlong(rider, {}, [], [], {})
    for key, content in contents.items():
        before = kept.get(key, {})
        if rider.part_of_answer(source, rider.open(key, content)) is not NOT_TOLD:
            told.made[key] = rider.make(key, with_new(before, source, content))
            continue
        told.silent.append(key)
        if next(iter(before), None) != source or key in gone or (rider.only_fills(source) and own in before):
            continue
        if (part := rider.part_of_answer(source, rider.open(key, before[source]))) is not NOT_TOLD:
            told.handed_down.append(Payload.of(own, key, write_json(part), rider.version))
            told.made_of_those[key] = rider.make(key, with_new(before, own, write_json(part)))
    return told


def riders_of(source: str) -> list[Dataset]:
    return [each for each in DATASETS if source not in each.payloads and source in each.read_from]


def save_along(along: Along, tally: Tally) -> None:
    """The rows, which are not counted, and what was not understood, which is. Only inside run.saving()."""
    for told in along:
        uncounted = Tally()
        save_payloads(told.handed_down)
        save_made(told.rider, told.made | told.made_of_those, uncounted)
        tally.problems += uncounted.problems


def cover_along(along: Along, source: str) -> None:
    """Notes that these days were asked for, and forgets that an answer of `source` that left a silent day out was taken
    for an empty one: now it has to be asked for by itself. What only fills says just that a day is not empty. Only
    inside run.saving()."""
    for told in along:
        full = [key for key, one in told.made.items() if one.rows]
        if told.rider.only_fills(source):
            taken_for_empty = Coverage.objects.filter(dataset=told.rider.name, state=Coverage.State.EMPTY, key__in=full)
            taken_for_empty.update(state=Coverage.State.PRESENT, reason="")
            continue
        save_coverage(told.rider.name, full, Coverage.State.PRESENT)
        save_coverage(told.rider.name, told.made.keys() - full, Coverage.State.EMPTY)
        taken_for_empty = Coverage.objects.filter(state=Coverage.State.EMPTY, reason=source, key__in=told.silent)
        taken_for_empty.filter(dataset=told.rider.name).delete()
