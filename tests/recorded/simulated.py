"""What the simulated Garmin answers where a dataset asks: every shape has values, recorded or not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from garminsync.datasets import DATASETS, DayDataset, ListDataset, SnapshotDataset
from garminsync.simulator.account import Account
from garminsync.simulator.requests import Call, Request
from garminsync.simulator.routes import ROUTES, find
from tests.recorded.readers import Reader, reader_of


def asked() -> Iterator[tuple[str, str, Any, int]]:
    """Of every answer that is kept by itself: its name, path, parameters and widest span."""
    for dataset in DATASETS:
        if isinstance(dataset, DayDataset):
            yield from ((one.name, one.path, one.params, one.span) for one in dataset.sources)
        elif isinstance(dataset, ListDataset):
            yield dataset.name, dataset.path, {**dataset.params, "start": "0", "limit": "20"}, 1
        elif isinstance(dataset, SnapshotDataset):
            yield dataset.name, dataset.path, dataset.params, 1


def simulated(payload: str, account: Account, last: date, most: int = 180) -> tuple[bytes, Reader]:
    """An answer of so many days that ends with this one, and what reads it."""
    path, params, span = next(rest for name, *rest in asked() if name == payload)
    blanks = {
        "start": str(last - timedelta(days=min(span, most) - 1)),
        "end": str(last),
        "name": account.options.display_name,
        "profile_id": str(account.options.profile_id),
    }
    query = {name: value.format(**blanks) if isinstance(value, str) else value for name, value in params.items()}
    request = Request("GET", f"{path.format(**blanks)}?{urlencode(query, doseq=True)}")
    route = find(request.path)
    assert route is not None
    reader = reader_of(path.format(**blanks | {"start": "DATE", "end": "DATE"}).strip("/").replace("/", "__"), DATASETS)
    assert reader is not None
    return ROUTES[route[0]](Call(account, request, route[1])).body, reader
