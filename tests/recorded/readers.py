"""What reads the recorded answers of an address."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from garminsync.datasets import (
    Dataset,
    DayDataset,
    FileDataset,
    ItemDataset,
    ListDataset,
    SnapshotDataset,
    Source,
)
from garminsync.schemas.answers import NotUnderstood, held

# Other addresses that give the same as a source.
SAME_AS = {
    "/sleep-service/sleep/dailySleepData": "sleep_page",
    "/mobile-gateway/usersummary/trainingstatus/monthly/DATE/DATE": "training_status",
    "/mobile-gateway/usersummary/trainingstatus/latest/DATE": "training_status",
}
DAY = r"/(DATE|\d{4}-\d\d-\d\d)"
BLANKS = {"start": DAY, "end": DAY, "name": "(/[^/]+)?", "id": "/[^/]+", "key": "/[^/]+"}


@dataclass(frozen=True)
class Reader:
    """A dataset, the name of its payloads, how an answer is taken apart, and `others` that read the same."""

    dataset: Dataset
    source: str
    parts: Callable[[Any], Iterable[Any]]
    of_days: Source | None = None
    others: tuple[Dataset, ...] = ()

    def key_of(self, part: Any) -> str | None:
        """Under which key a part is kept; None for one that has no day."""
        if self.of_days:
            day = self.of_days.day(part)
            return None if day is None else str(day)
        if isinstance(self.dataset, ListDataset) and isinstance(part, dict):
            return str(part.get(self.dataset.id_name, ""))
        return ""


def reader_of(folder: str, datasets: Iterable[Dataset]) -> Reader | None:
    """The reader for a folder's answers: its name is their path, `/` written `__`."""
    path, datasets = "/" + folder.replace("__", "/"), tuple(datasets)
    for dataset in datasets:
        match dataset:
            case DayDataset():
                for source in dataset.sources:
                    if _fits(source.path, path) or SAME_AS.get(path) == source.name:
                        others = (other for other in datasets if other is not dataset and _reads(other, source))
                        return Reader(dataset, source.name, source.parts, source, tuple(others))
            case ListDataset() if _fits(dataset.path, path):
                return Reader(dataset, dataset.name, _items)
            case FileDataset() | SnapshotDataset() if _fits(dataset.path, path):
                return Reader(dataset, dataset.name, lambda answer: [answer] if answer else [])
    return None


def _reads(other: Dataset, source: Source) -> bool:
    """Its answers to a day of the same address, or the answers to another dataset that it rides on."""
    if isinstance(other, DayDataset):
        return source.name in other.read_from
    return isinstance(other, ItemDataset) and other.within_day and other.path == source.path


def _fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"/\{(\w+)\}", lambda blank: BLANKS[blank[1]], template), path) is not None


def _items(answer: Any) -> list[Any]:
    if not isinstance(answer, list | None):
        raise NotUnderstood("an answer that is no list")
    return held(answer)
