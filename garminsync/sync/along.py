"""What answers to one dataset tell of another that rides on them."""

from collections.abc import Mapping

from garminsync.datasets import DATASETS, NOT_TOLD, Dataset, Made
from garminsync.models import Coverage
from garminsync.sync.ledger import Tally, save_coverage
from garminsync.sync.making import contents_of, save_made, with_new

type Along = list[tuple[Dataset, dict[str, Made]]]


def made_along(source: str, contents: Mapping[str, bytes]) -> Along:
    """What else these answers of `source`, by key, tell: of datasets that ride on it."""
    found: Along = []
    for rider in riders_of(source):
        told = [
            key
            for key, content in contents.items()
            if rider.part_of_answer(source, rider.open(key, content)) is not NOT_TOLD
        ]
        kept = contents_of(rider, told)
        made = {key: rider.make(key, with_new(kept.get(key, {}), source, contents[key])) for key in told}
        found.append((rider, made))
    return found


def riders_of(source: str) -> list[Dataset]:
    return [each for each in DATASETS if source not in each.payloads and source in each.read_from]


def save_along(along: Along, tally: Tally) -> None:
    """The rows, which are not counted, and what was not understood, which is. Only inside run.saving()."""
    for rider, made in along:
        uncounted = Tally()
        save_made(rider, made, uncounted)
        tally.problems += uncounted.problems


def cover_along(along: Along) -> None:
    """Notes that these days were asked for. Only inside run.saving()."""
    for rider, made in along:
        full = [key for key, one in made.items() if one.rows]
        save_coverage(rider.name, full, Coverage.State.PRESENT)
        save_coverage(rider.name, made.keys() - full, Coverage.State.EMPTY)
