"""What a person typed in and may have deleted at Garmin: days that have rows and that an answer leaves out.

They are asked for once more when all else is here: what is missing then, too, is deleted.
"""

from collections.abc import Collection
from datetime import date

from garminsync.sync.sources import DaySources

A_FEW_DAYS = 5


def note_vanished(sources: DaySources, present: Collection[str], rest: Collection[str]) -> None:
    """Nothing at all in the place of more than a few days is not believed: that is more likely Garmin's trouble."""
    here = sources.dataset.keys_here(rest)
    if present or len(here) <= A_FEW_DAYS:
        sources.vanished |= here
    sources.vanished.difference_update(present)


def days_to_make_sure_of(sources: DaySources) -> list[date]:
    """Newest first. Nor is it believed of a whole run."""
    if not sources.reaches and len(sources.vanished) > A_FEW_DAYS:
        return []
    return [date.fromisoformat(key) for key in sorted(sources.vanished, reverse=True)]


def deleted(present: Collection[str], rest: Collection[str]) -> list[str]:
    """What this second answer leaves out, too. It may have been cut short where it ends: what is older than all
    that it has is not believed."""
    oldest = min(present, default="")
    return [key for key in rest if key > oldest]
