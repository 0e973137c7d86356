"""A day's summary and a night's sleep."""

from collections.abc import Iterator
from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import DayDataset, Ride, Source
from garminsync.datasets.parts import listed, whole
from garminsync.models import Activity, Day, Hrv, Night, Series, TrainingReadiness, TrainingStatus
from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.daily import read_day
from garminsync.schemas.sleep import SleepPage, SleepStats, read_night

# A day before the first watch may still carry a goal.
NO_DATA = {"date", "step_goal"}
# A day without data may still have some numbers: whose it is, its goals, how long it lasts.
NUMBERS_OF_A_DAY = 12
# A day without a night may still have a few: whose it is, how much sleep was needed.
NUMBERS_OF_A_NIGHT = 8


def read_day_rows(part: Any, notes: list[str]) -> Rows:
    row = read_day(part, notes).row()
    if any(value is not None for column, value in row.items() if column not in NO_DATA):
        return {Day: [row]}
    if part.get("includesWellnessData") or len(list(_numbers(part))) >= NUMBERS_OF_A_DAY:
        notes.append("the day has content, but none that is understood")
    return {}


def read_night_rows(part: Any, notes: list[str]) -> Rows:
    night: SleepStats | SleepPage = read_night(part, notes)
    if night.has_night:
        return {Night: [night.row()]}
    nothing = all(value is None for column, value in night.row().items() if column != "date")
    if nothing and len(list(_numbers(part))) >= NUMBERS_OF_A_NIGHT and not _has_naps(part):
        notes.append("the night has content, but none that is understood")
    return {}


def night_of_page(page: Any) -> Any:
    """The page of a night, where somebody slept."""
    try:
        return page if read_night(page, []).has_night else None
    except NotUnderstood:
        return None


def _has_naps(part: Any) -> bool:
    page = alone(part.get("dailySleepDTO")) if isinstance(part, dict) else None
    return any(isinstance(place, dict) and place.get("dailyNapDTOS") for place in (part, page))


def _numbers(part: Any) -> Iterator[int | float]:
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _numbers(inner)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part


DAILY = DayDataset(
    name="daily",
    title="daily summaries",
    shape="of a day recorded; of a range the movement told by three public clients, the rest by one: a tolerant guess",
    sources=(
        Source(
            name="daily_v2",
            path="/usersummary-service/v2/dailysummaries",
            params={"startDate": "{start}", "endDate": "{end}"},
            span=28,
            parts=listed("data"),
        ),
        Source(
            name="daily_flat",
            path="/usersummary-service/usersummary/daily/{name}",
            params={"calendarDate": "{start}"},
            span=1,
            parts=whole,
        ),
    ),
    read=read_day_rows,
    # And whenever what rides on its answers learns something.
    version=4,
    tables=(Table(Day),),
    shown_by=(Night, Activity, Series),
    hinted_by=(TrainingStatus, TrainingReadiness),
)

SLEEP = DayDataset(
    name="sleep",
    title="sleep",
    shape="of a night recorded; of a range agreed by several public clients",
    sources=(
        Source(
            name="sleep_stats",
            path="/sleep-service/stats/sleep/daily/{start}/{end}",
            span=28,
            parts=listed("individualStats"),
        ),
        Source(
            name="sleep_page",
            path="/wellness-service/wellness/dailySleepData/{name}",
            params={"date": "{start}", "nonSleepBufferMinutes": "60"},
            span=1,
            parts=whole,
        ),
    ),
    read=read_night_rows,
    version=4,
    tables=(Table(Night),),
    shown_by=(Hrv,),
    # The page of a night is its dear source, too, and asked for anyway where a day is wanted in detail.
    filled_by=Ride("sleep_detail", night_of_page),
)
