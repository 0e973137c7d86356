"""Writing rows: what a payload gives replaces what it gave before. Only inside run.saving()."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from garminsync.datasets import Row, Table


@dataclass
class Saved:
    """Keys that had rows before; those whose rows are others now; and why the database refused some, by key."""

    known: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def save_rows(table: Table, rows: Mapping[str, Sequence[Row]]) -> Saved:
    """Makes `rows`, by key, the only ones that these keys have; rows that are the same are not written.

    A row that the database does not take costs itself, never its neighbours.
    """
    model, saved = table.model, Saved()
    keys = [pk.name for pk in model._meta.pk_fields]
    columns = [f.attname for f in model._meta.concrete_fields if f.name not in keys]
    before = {one.pk: one for one in model._default_manager.filter(table.of(rows))}
    new = {one.pk: one for one in _objects(table, rows)}
    saved.known = {table.key_of(one) for one in before.values()}

    def upsert(some: Sequence[Model]) -> None:
        names = [f.name for f in model._meta.concrete_fields if f.name not in keys]
        if names:
            model._default_manager.bulk_create(some, update_conflicts=True, unique_fields=keys, update_fields=names)
        else:
            model._default_manager.bulk_create(some, ignore_conflicts=True)

    def same(one: Model) -> bool:
        old = before.get(one.pk)
        return old is not None and all(getattr(old, column) == getattr(one, column) for column in columns)

    write = [one for one in new.values() if not same(one)]
    gone = [pk for pk in before if pk not in new]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    if write and refusal(partial(upsert, write)):
        saved.refused = {table.key_of(one): why for one in write if (why := refusal(partial(upsert, [one])))}
    saved.changed = {table.key_of(one) for one in (*write, *(before[pk] for pk in gone))}
    return saved


def _objects(table: Table, rows: Mapping[str, Sequence[Row]]) -> Iterator[Model]:
    return (table.model(**row) for some in rows.values() for row in some)


def refusal(write: Callable[[], object]) -> str:
    """Why the database does not take what `write` writes, nothing of which is stored then; or ""."""
    try:
        with transaction.atomic():
            write()
    except (DataError, IntegrityError, ValueError, OverflowError) as error:
        return f"the database does not take it: {(str(error).splitlines() or [type(error).__name__])[0]}"
    return ""
