"""Noticing that Garmin has added a field."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from garminsync.datasets import Dataset
from garminsync.models import PayloadField
from garminsync.sync.ledger import Tally

# A date, an id or the number of a device as a name: it says nothing of the shape.
is_a_value = re.compile(r"\d+|.*(\d{6}|\d{4}-\d\d).*", re.DOTALL).fullmatch
# Of one answer; a sound one has some hundreds.
MOST_PATHS = 5_000


class Drift:
    """Notices fields that Garmin has added: each is told once, when a source that was known gets it."""

    def __init__(self, dataset: Dataset) -> None:
        self._payloads = dataset.payloads

    @cached_property
    def _known(self) -> set[tuple[str, str]]:
        return set(PayloadField.objects.filter(dataset__in=self._payloads).values_list("dataset", "path"))

    @cached_property
    def _old_sources(self) -> set[str]:
        return {dataset for dataset, _ in self._known}

    def of(self, source: str, parts: Iterable[Any]) -> list[PayloadField]:
        """Fields never seen before, unsaved."""
        _ = self._old_sources  # before the new fields are known
        paths = {path for part in parts for path in islice(_paths(part, ""), MOST_PATHS)}
        new = sorted(path for path in paths if (source, path) not in self._known)[:MOST_PATHS]
        self._known |= {(source, path) for path in new}
        return [PayloadField(dataset=source, path=path) for path in new]

    def save(self, fields: Sequence[PayloadField], tally: Tally) -> None:
        """Only inside run.saving()."""
        PayloadField.objects.bulk_create(fields, ignore_conflicts=True)
        tally.noticed += [f"new field {field}" for field in fields if field.dataset in self._old_sources]


def _paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (below := _below(path, name))
            if isinstance(inner, dict | list):
                yield from _paths(inner, below)
    elif isinstance(value, list):
        for inner in value[:50]:
            if isinstance(inner, dict | list):
                yield from _paths(inner, f"{path}[]")


@lru_cache(MOST_PATHS)  # one day has the fields of the day before
def _below(path: str, name: str) -> str:
    below = f"{path}.{'*' if is_a_value(name) else name}".lstrip(".")[:500].replace("\0", "")
    return below.encode("utf-8", "replace").decode()
