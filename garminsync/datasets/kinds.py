"""The kinds of dataset: days, lists, things fetched one by one, and answers that tell all at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import NOT_TOLD, Dataset, Kind
from garminsync.datasets.parts import day_of


@dataclass(frozen=True)
class Source:
    """An endpoint that gives days. `name` is its payloads' dataset; `span` the most days one request may
    ask for; `{start}`, `{end}` and `{name}` in `path` and `params` are filled in. `day` tells the day of a
    part; where a day may have `many` parts, they are kept together as a list. What `reaches_over` begins before
    the days asked for; every other answer that is about none of them is about the wrong ones. What came `by_hand`
    may be deleted at Garmin; what is measured without one, `before_a_watch`, may be older than the first."""

    name: str
    path: str
    span: int
    parts: Callable[[Any], Iterator[Any]]
    params: Mapping[str, str] = field(default_factory=dict)
    day: Callable[[Any], object] = day_of
    many: bool = False
    reaches_over: bool = False
    by_hand: bool = False
    before_a_watch: bool = False


@dataclass(frozen=True)
class Ride:
    """Answers to another dataset's `source` that may bring this one along: `part` gives what concerns it, or
    None where they say nothing of it and it has to be asked for by itself."""

    source: str
    part: Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class DayDataset(Dataset):
    """Something that every day may have. `sources` go from cheap to dear; all give the same columns. An
    `optional` one is a feature that many never use: a refusal says just that."""

    kind: Kind = "health"
    sources: tuple[Source, ...]
    optional: bool = False
    # Models whose rows show that the day has data, though the cheap source may have left it out.
    shown_by: tuple[type[Model], ...] = ()
    rides_on: Ride | None = None

    @property
    def payloads(self) -> tuple[str, ...]:
        return tuple(source.name for source in self.sources)

    @property
    def read_from(self) -> tuple[str, ...]:
        return (*self.payloads, self.rides_on.source) if self.rides_on else self.payloads

    def part_of_answer(self, source: str, answer: Any) -> Any:
        if self.rides_on is None or source != self.rides_on.source:
            return answer
        part = self.rides_on.part(answer)
        return NOT_TOLD if part is None else part


@dataclass(frozen=True, kw_only=True)
class ListDataset(Dataset):
    """Things with an id, in pages, those with the latest `sorted_by` first. `id_name` is the id in Garmin's
    items; `detail` is the address that tells whether one of them still exists. An `optional` one is a feature that
    many never use: a refusal says just that, and an empty list may be meant."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    detail: str
    id_name: str
    sorted_by: str
    page_size: int = 100
    optional: bool = False

    @property
    def model(self) -> type[Model]:
        return self.tables[0].model

    @property
    def id_column(self) -> str:
        return self.model._meta.pk.name


def as_it_came(answer: Any) -> Any:
    return answer


@dataclass(frozen=True, kw_only=True)
class ItemDataset(Dataset):
    """Something that Garmin gives one by one: `{key}` in `path`, `params` and `label` is an id or, of what is
    `within_day`, a date; `{name}` is the account's. `day` tells the date of an answer that must be the one
    asked for, and `kept` what is worth keeping of one."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    label: str
    # For the page of datasets: how often each is asked for.
    asked: str = "once"
    accept: str = "application/json"
    within_day: bool = False
    day: Callable[[Any], object] | None = None
    kept: Callable[[Any], Any] = as_it_came


@dataclass(frozen=True, kw_only=True)
class FileDataset(ItemDataset):
    """The same, as a file that is kept as it came. The reader of a day's files gets the day as well: they may hold
    parts of others."""

    accept: str = "*/*"

    def open(self, key: str, content: bytes) -> Any:
        return (date.fromisoformat(key), content) if self.within_day else content


@dataclass(frozen=True, kw_only=True)
class SnapshotDataset(Dataset):
    """What one answer tells in full, asked for at most once a day: devices, records, badges. `{name}` and
    `{profile_id}` in `path` and `params` are filled in; a parameter with several values is sent several times. With a
    `limit` among them it comes in pages. A person may empty what `is_list`; it may stand under `list_name`."""

    path: str
    params: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    is_list: bool = True
    list_name: str = ""
