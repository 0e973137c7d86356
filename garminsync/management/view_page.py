"""The columns of the views, at the end of docs/datasets.md."""

from collections.abc import Iterator

from garminsync.database_views import VIEWS, columns_of
from garminsync.management.units import unit_of


def views() -> Iterator[str]:
    yield "## Views\n"
    yield "Made from these tables to be read, as [query.md](query.md) shows.\n"
    for view in VIEWS:
        yield f"### {view}\n"
        yield "| column | unit |"
        yield "| --- | --- |"
        yield from (f"| `{name}` | {unit_of(name) or ''} |" for name in columns_of(view))
        yield ""
