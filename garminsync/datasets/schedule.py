"""What is planned for which day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from garminsync.datasets.dataset import Dataset, Rows, Table
from garminsync.datasets.parts import day_at, items_of
from garminsync.datasets.readers import once, understood
from garminsync.models import ScheduledWorkout
from garminsync.schemas.answers import held, under
from garminsync.schemas.schedule import ScheduledItem

# Under None what has no day.
type ByDay = dict[date | None, list[Any]]

# Under what its items stand in an answer.
PERIOD, MONTH = "workoutScheduleSummariesScalar", "calendarItems"
PLANNED = ("workout", "fbtAdaptiveWorkout")


@dataclass(frozen=True, kw_only=True)
class ScheduleDataset(Dataset):
    """What is planned for which day, from `months_back` before this month to `months_ahead` of it. One request for
    a period; where Garmin has no such answer, one for a month of the calendar, `month` counted from 0."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    month: str
    months_back: int
    months_ahead: int

    def is_list(self, answer: Any) -> bool:
        """Whether it says what is planned, be it nothing."""
        return isinstance(under(answer, PERIOD, MONTH), list)

    def is_of_period(self, part: Any) -> bool:
        """Whether what is kept of a day came of a period, which tells more of it than the calendar."""
        return not any(isinstance(item, dict) and "itemType" in item for item in items_of(part))

    def days_of_period(self, answer: Any) -> ByDay | None:
        """Its items by day; None for an answer in no known form."""
        return _by_day(items_of(answer, PERIOD), "scheduleDate", "calendarDate", "date")

    def days_of_month(self, answer: Any) -> ByDay | None:
        """Only the workouts: the calendar also has activities, weights, naps, goals and notes."""
        found = under(answer, MONTH)
        if found is answer:
            return None
        items = [item for item in held(found) if item is not None]
        return _by_day((i for i in items if not isinstance(i, dict) or i.get("itemType") in PLANNED), "date")


def _by_day(items: Iterable[Any], *names: str) -> ByDay | None:
    """What has no day costs itself, unless nothing has one."""
    found: ByDay = {}
    for item in items:
        found.setdefault(day_at(*names)(item), []).append(item)
    return None if found.keys() == {None} else found


def read_scheduled(part: Any, notes: list[str]) -> Rows:
    """What is planned for one day, in the order of Garmin's ids: the answer has none of its own."""
    rows = once(item.row() for _, item in understood(ScheduledItem, items_of(part), notes))
    rows.sort(key=lambda row: (row["schedule_id"] or 0, row["workout_uuid"] or "", row["title"] or ""))
    return {ScheduledWorkout: [{**row, "index": index} for index, row in enumerate(rows)]}


SCHEDULE = ScheduleDataset(
    name="schedule",
    title="planned workouts",
    shape="by month agreed by several public clients; of a period a tolerant guess",
    kind="workouts",
    path="/workout-service/schedule/workoutScheduleByPeriod",
    params={"startDate": "{start}", "endDate": "{end}"},
    month="/calendar-service/year/{year}/month/{month}",
    months_back=3,
    months_ahead=2,
    read=read_scheduled,
    version=2,
    tables=(Table(ScheduledWorkout),),
)
