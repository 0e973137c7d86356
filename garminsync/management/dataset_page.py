"""The table of datasets as a page to read: docs/datasets.md."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from django.db.models import Model
from django.utils.text import capfirst

from garminsync.datasets import (
    DATASETS,
    Dataset,
    DayDataset,
    ItemDataset,
    ListDataset,
    ScheduleDataset,
    SnapshotDataset,
)
from garminsync.management.costs import DAYS, a_year, in_words, of_daily_values
from garminsync.management.curve_page import curves
from garminsync.management.units import kind_of, unit_of
from garminsync.management.view_page import views
from garminsync.models import Series

HEAD = f"""# Datasets

Made by `make docs` from the table in `garminsync/datasets/`; `manage.py datasets` prints it, too.

What is asked of Garmin, where it is kept, and what it costs. A range gives many days in one request; its days are
kept one by one. Requests count the first sync of a year ({DAYS} days); later ones ask for what is missing or may
have changed. In an address `{{start}}` and `{{end}}` are dates, `{{key}}` is a date or Garmin's id and `{{name}}` the
name that Garmin gives the account; "up to" is the most that one request asks for. Columns are null where Garmin gives
no value. Units are the last part of a name. Times are UTC.
`garminsync_payload` has every answer as it came, by the name of its source. What is made to be read are the
[views](#views), at the end.
"""


def page() -> str:
    return "\n".join(chain([HEAD], _overview(), *(_section(dataset) for dataset in DATASETS), views()))


def _overview() -> Iterator[str]:
    yield "| dataset | with | requests for a year | tables |"
    yield "| --- | --- | --- | --- |"
    for dataset in DATASETS:
        tables = ", ".join(f"`{table.model._meta.db_table}`" for table in dataset.tables)
        yield f"| [{dataset.name}](#{dataset.name}) | `{dataset.kind}` | {a_year(dataset)} | {tables} |"
    yield ""
    fewest, most = of_daily_values(DATASETS)
    yield f"All daily values of a year, by ranges: {fewest} requests; {most} if none brings along what another has.\n"


def _section(dataset: Dataset) -> Iterator[str]:
    yield f"## {dataset.name}\n"
    yield f"{capfirst(dataset.title)}.\n"
    for place, (address, span) in enumerate(_endpoints(dataset)):
        yield f"- {_otherwise(dataset) if place else 'Asked'}: `GET {address}`, {span}"
    yield f"- Requests for a year: {in_words(dataset)}"
    yield f"- Shape: {dataset.shape}\n"
    for table in dataset.tables:
        yield from _table(table.model, " and ".join(f"{name} is {value}" for name, value in table.fixed.items()))
        if table.model is Series:
            yield from curves(table.fixed["kind"])


def _otherwise(dataset: Dataset) -> str:
    """When the next address is asked."""
    schedule = isinstance(dataset, ScheduleDataset)
    return "Where Garmin has no such answer" if schedule else "Where that fails or leaves a day out"


def _endpoints(dataset: Dataset) -> Iterator[tuple[str, str]]:
    match dataset:
        case DayDataset():
            for source in dataset.sources:
                yield (
                    _address(source.path, source.params),
                    ("a day" if source.span == 1 else f"up to {source.span} days")
                    + ("; the first sync looks back ten years" if source.before_a_watch else ""),
                )
        case ListDataset():
            yield _address(dataset.path, dataset.params), f"pages of {dataset.page_size}"
        case ItemDataset():
            yield _address(dataset.path, dataset.params), "a day" if dataset.within_day else "one by one"
        case SnapshotDataset():
            limit = dataset.params.get("limit")
            yield _address(dataset.path, dataset.params), f"in pages of {limit}" if limit else "all at once"
        case ScheduleDataset():
            reach = f"{dataset.months_back} months back to {dataset.months_ahead} ahead"
            yield _address(dataset.path, dataset.params), f"{reach} at once"
            yield dataset.month, "a month, counted from 0"


def _address(path: str, params: Mapping[str, str | Sequence[str]]) -> str:
    told = ((name, [value] if isinstance(value, str) else value) for name, value in params.items())
    query = "&".join(f"{name}={value}" for name, values in told for value in values)
    return f"{path}?{query}" if query else path


def _table(model: type[Model], which: str) -> Iterator[str]:
    about = (model.__doc__ or "").strip().split("\n\n")[0]
    yield f"`{model._meta.db_table}`{f', where {which}' if which else ''}: {' '.join(about.split())}\n"
    yield "| column | type | unit | meaning |"
    yield "| --- | --- | --- | --- |"
    keys = model._meta.pk_fields
    for column in model._meta.concrete_fields:
        kind, told = kind_of(column), str(column.help_text).replace("|", "\\|")
        unit = unit_of(column.attname) or "" if "number" in kind else ""
        said = [told if told.lower() != unit else "", "part of the key" if column in keys else ""]
        yield f"| `{column.attname}` | {kind} | {unit} | {'; '.join(filter(None, said))} |"
    yield ""
