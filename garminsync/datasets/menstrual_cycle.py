"""The menstrual cycle, and what was written down of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import day_at, entries
from garminsync.datasets.readers import rows_of_a_day
from garminsync.models import MenstrualCycle, MenstrualLog
from garminsync.schemas.answers import held
from garminsync.schemas.performance import Cycle
from garminsync.schemas.values import calendar_day

cycle_day = day_at("startDate", "calendarDate")


def cycles(answer: Any) -> Iterator[Any]:
    """Each cycle, and each day that the calendar's other lists name, with the names of these lists."""
    yield from entries("cycleSummaries", day=cycle_day)(answer)
    calendar = next(iter(held(answer)), None)
    logged: dict[date, list[str]] = {}
    for name, days in calendar.items() if isinstance(calendar, dict) and "cycleSummaries" in calendar else ():
        for one in held(days) if name != "cycleSummaries" and held(days) != [days] else ():
            try:
                logged.setdefault(calendar_day(one), []).append(name)
            except ValueError:
                yield {name: one}
    for day, names in sorted(logged.items()):
        yield {"calendarDate": str(day), "logged": sorted(set(names))}


def read_cycles(part: Any, notes: list[str]) -> Rows:
    """The cycle that begins on this day, and what was written down on it."""
    given = part if isinstance(part, list) else [part]
    logs = [entry for entry in given if isinstance(entry, dict) and "logged" in entry]
    found = [row for _, row in rows_of_a_day(Cycle, [entry for entry in given if entry not in logs], notes)]
    found.sort(key=lambda row: row["predicted"] is True)
    return {MenstrualCycle: found[:1], MenstrualLog: [{"logged": entry["logged"]} for entry in logs[:1]]}


MENSTRUAL_CYCLE = DayDataset(
    name="menstrual_cycle",
    title="menstrual cycle",
    shape="agreed by several public clients; cycles themselves a tolerant guess",
    sources=(
        Source(
            name="menstrual_cycle",
            path="/periodichealth-service/menstrualcycle/calendar/{start}/{end}",
            span=90,
            parts=cycles,
            day=cycle_day,
            many=True,
            reaches_over=True,
            by_hand=True,
        ),
    ),
    read=read_cycles,
    tables=(Table(MenstrualCycle, foretold={"predicted": True}), Table(MenstrualLog)),
    optional=True,
)
