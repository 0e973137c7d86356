"""Under what an item of a list is kept."""

from collections.abc import Collection
from typing import Any

from pydantic import TypeAdapter

from garminsync.datasets import Dataset, ListDataset
from garminsync.models import Payload, Problem
from garminsync.schemas.values import BigId

ID = TypeAdapter(BigId)


def id_of(value: Any) -> str:
    """Garmin's id as text, whether it comes as a number, with a fraction of 0, or as text; "" for what is none."""
    try:
        return str(ID.validate_python(value))
    except ValueError:
        return ""


def key_of(dataset: ListDataset, item: Any, place: str) -> str:
    """Garmin's id; for what has none, its place in the list."""
    return id_of(item.get(dataset.id_name) if isinstance(item, dict) else None) or place


def forget_places(dataset: Dataset, beginning: str, keys: Collection[str]) -> None:
    """What had no id or no date when this was read before, and is not so any more. Only inside run.saving()."""
    still = [key for key in keys if key.startswith(beginning)]
    for model in (Payload, Problem):
        before = model._default_manager.filter(dataset=dataset.name, key__startswith=beginning)
        before.exclude(key__in=still).delete()
