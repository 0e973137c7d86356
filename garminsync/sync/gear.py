"""What belongs to activities: records, goals, badges, gear; and which activities a gear was used in, asked for
when their number or their distance has changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from garminsync.datasets import GEAR, GEAR_ACTIVITIES
from garminsync.models import Account, Gear, GearActivity
from garminsync.sync.asks import Ask
from garminsync.sync.marked import Marked
from garminsync.sync.snapshots import plan_snapshots


def plan_gear_and_records(account: Account, full: bool) -> Iterator[Ask]:
    """The things that belong to activities, and what an earlier run did not get of them."""
    marked = Marked(GEAR_ACTIVITIES, full, in_path=lambda uuid: uuid.replace("-", ""), counts=True)
    filled = set(GearActivity.objects.values_list("gear_uuid", flat=True))

    def asks(rows: Iterable[Mapping[str, Any]]) -> Sequence[Ask]:
        listed = {row["uuid"]: row for row in rows}
        used = {
            uuid: _mark(row)
            for uuid, row in listed.items()
            if row["activities"] or (row["activities"] == 0 and uuid in filled)
        }
        return list(marked.asks([*used.items(), *((uuid, "0") for uuid in filled - listed.keys())]))

    yield from plan_snapshots("activities", account, full, {GEAR.name: asks})
    yield from asks(Gear.objects.order_by("uuid").values("uuid", "activities", "distance_m"))


def _mark(gear: Mapping[str, Any]) -> str:
    """The distance moves, too, where one activity has taken the place of another."""
    number, distance = gear["activities"], gear["distance_m"]
    return f"{number} {distance}" if number and distance else str(number)
