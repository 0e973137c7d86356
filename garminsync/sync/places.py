"""Under what an item of a list is kept."""

from collections.abc import Collection
from typing import Any

from garminsync.datasets import ListDataset
from garminsync.models import Payload, Problem


def key_of(dataset: ListDataset, item: Any, place: str) -> str:
    """Garmin's id; for what has none, its place in the list."""
    found = item.get(dataset.id_name) if isinstance(item, dict) else None
    text = "" if isinstance(found, bool) else str(found)
    is_id = text.isascii() and text.isdecimal() and 0 < int(text[:20]) < 2**63
    return str(int(text)) if is_id else place


def forget_places(dataset: ListDataset, beginning: str, keys: Collection[str]) -> None:
    """What had no id when this page was read before, and is not so any more. Only inside run.saving()."""
    still = [key for key in keys if key.startswith(beginning)]
    for model in (Payload, Problem):
        before = model._default_manager.filter(dataset=dataset.name, key__startswith=beginning)
        before.exclude(key__in=still).delete()
