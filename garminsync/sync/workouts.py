"""Workouts: the library's list, the newest change first."""

from collections.abc import Iterator

from garminsync.datasets import WORKOUTS
from garminsync.sync.asks import Ask
from garminsync.sync.lists import Listing, is_whole_due, known_ids
from garminsync.sync.options import SyncOptions


def plan_workouts(options: SyncOptions) -> Iterator[Ask]:
    """The newest page or the whole list."""
    yield Listing(WORKOUTS, whole=is_whole_due(WORKOUTS, options.full), known_ids=known_ids(WORKOUTS)).ask()
