"""The table of what can be fetched. One entry says where it comes from, how much of it one request may
ask for, what reads it and where it is saved."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from garminsync.fit import Recording, read_recording
from garminsync.models import Activity, Day, Night, Workout
from garminsync.schemas.activities import ActivityItem
from garminsync.schemas.base import GarminModel, NotUnderstood, calendar_day, read_json
from garminsync.schemas.daily import read_day
from garminsync.schemas.sleep import SleepPage, SleepStats, read_night
from garminsync.schemas.workouts import WorkoutItem

type Reader = Callable[[Any, list[str]], dict[str, Any] | None]
"""One part of an answer, and where to note what was left out, to columns; None for a part without data."""


@dataclass(frozen=True)
class Made:
    """What the payloads of one key give: a row of the dataset's model, or what a file tells; and, by
    source, what could not be understood."""

    row: dict[str, Any] | None = None
    recording: Recording | None = None
    notes: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """An endpoint that gives days. `name` is its payloads' dataset; `span` the most days one request may
    ask for; `{start}`, `{end}` and `{name}` in `path` and `params` are filled in."""

    name: str
    path: str
    span: int
    parts: Callable[[Any], Iterator[Any]]
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DayDataset:
    """Something that every day may have. `sources` go from cheap to dear; all give the same columns."""

    name: str
    title: str
    sources: tuple[Source, ...]
    read: Reader
    model: type[Model]
    # Counts up whenever the reader learns something: what was made by an older one is made again.
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        return tuple(source.name for source in self.sources)

    def make(self, contents: Mapping[str, bytes]) -> Made:
        """The cheap source's values; where it has none, the dear one's. Null never replaces a value."""
        row: dict[str, Any] | None = None
        notes: dict[str, list[str]] = {}
        for source in self.payloads:
            if source in contents:
                found = understood(self.read, contents[source], notes.setdefault(source, []))
                if found is not None:
                    row = found if row is None else {c: found[c] if v is None else v for c, v in row.items()}
        return Made(row, notes=notes)


@dataclass(frozen=True)
class ListDataset:
    """Things with an id, newest first, in pages. `id_name` is the id in Garmin's items, `id_column` the model's
    primary key; `detail` is the address that tells whether one of them still exists."""

    name: str
    title: str
    path: str
    params: Mapping[str, str]
    detail: str
    schema: type[GarminModel]
    model: type[Model]
    id_name: str
    id_column: str
    page_size: int = 100
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        return (self.name,)

    def make(self, contents: Mapping[str, bytes]) -> Made:
        notes: list[str] = []
        row = understood(lambda part, notes: self.schema.read(part, notes).row(), contents[self.name], notes)
        return Made(row, notes={self.name: notes})


@dataclass(frozen=True)
class FileDataset:
    """The original file of each activity. Its rows are those of models/recording.py."""

    name: str
    title: str
    path: str
    version: int = 1

    @property
    def payloads(self) -> tuple[str, ...]:
        return (self.name,)

    def make(self, contents: Mapping[str, bytes]) -> Made:
        recording = read_recording(contents[self.name])
        return Made(recording=recording, notes={self.name: recording.problems})


type Dataset = DayDataset | ListDataset | FileDataset


def understood(read: Reader, content: bytes, notes: list[str]) -> dict[str, Any] | None:
    """The row of one part; None, and a note, for a part that is not what its endpoint gives."""
    try:
        return read(read_json(content), notes)
    except NotUnderstood as error:
        notes.append(str(error))
        return None


def _whole(answer: Any) -> Iterator[Any]:
    if not isinstance(answer, dict | list | None):
        raise NotUnderstood("an answer that is no object")
    yield from [answer] if answer else []


def _listed(key: str) -> Callable[[Any], Iterator[Any]]:
    """The list under `key`, or the answer itself where it is one."""

    def parts(answer: Any) -> Iterator[Any]:
        found = answer.get(key, ...) if isinstance(answer, dict) and answer else answer
        if found is ... or not isinstance(found, list | dict | None):
            raise NotUnderstood(f"an answer without {key!r}")
        yield from found if isinstance(found, list) else []

    return parts


def day_of(part: Any) -> date | None:
    """The day a part belongs to."""
    page = part.get("dailySleepDTO") if isinstance(part, dict) else None
    found = (page if isinstance(page, dict) else part).get("calendarDate") if isinstance(part, dict) else None
    try:
        return calendar_day(found)
    except (ValueError, OverflowError, OSError):
        return None


def _day_row(part: Any, notes: list[str]) -> dict[str, Any] | None:
    row = read_day(part, notes).row()
    if any(value is not None for column, value in row.items() if column not in NO_DATA):
        return row
    if part.get("includesWellnessData"):
        notes.append("the day has content, but none that is understood")
    return None


# A day before the first watch may still carry a goal.
NO_DATA = {"date", "step_goal"}


def _night_row(part: Any, notes: list[str]) -> dict[str, Any] | None:
    night: SleepStats | SleepPage = read_night(part, notes)
    if night.has_night:
        return night.row()
    nothing = all(value is None for column, value in night.row().items() if column != "date")
    if nothing and len(list(_numbers(part))) >= NUMBERS_OF_A_NIGHT:
        notes.append("the night has content, but none that is understood")
    return None


# A day without a night may still have a few: whose it is, how much sleep was needed.
NUMBERS_OF_A_NIGHT = 8


def _numbers(part: Any) -> Iterator[int | float]:
    if isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _numbers(inner)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part


DAILY = DayDataset(
    name="daily",
    title="daily summaries",
    sources=(
        Source(
            name="daily_v2",
            path="/usersummary-service/v2/dailysummaries",
            params={"startDate": "{start}", "endDate": "{end}"},
            span=28,
            parts=_listed("data"),
        ),
        Source(
            name="daily_flat",
            path="/usersummary-service/usersummary/daily/{name}",
            params={"calendarDate": "{start}"},
            span=1,
            parts=_whole,
        ),
    ),
    read=_day_row,
    model=Day,
)

SLEEP = DayDataset(
    name="sleep",
    title="sleep",
    sources=(
        Source(
            name="sleep_stats",
            path="/sleep-service/stats/sleep/daily/{start}/{end}",
            span=28,
            parts=_listed("individualStats"),
        ),
        Source(
            name="sleep_page",
            path="/wellness-service/wellness/dailySleepData/{name}",
            params={"date": "{start}", "nonSleepBufferMinutes": "60"},
            span=1,
            parts=_whole,
        ),
    ),
    read=_night_row,
    model=Night,
)

ACTIVITIES = ListDataset(
    name="activities",
    title="activities",
    path="/activitylist-service/activities/search/activities",
    params={},
    detail="/activity-service/activity/{id}",
    schema=ActivityItem,
    model=Activity,
    id_name="activityId",
    id_column="activity_id",
)

WORKOUTS = ListDataset(
    name="workouts",
    title="workouts",
    path="/workout-service/workouts",
    params={"orderBy": "UPDATE_DATE", "orderSeq": "DESC"},
    detail="/workout-service/workout/{id}",
    schema=WorkoutItem,
    model=Workout,
    id_name="workoutId",
    id_column="workout_id",
)

ACTIVITY_FILES = FileDataset(
    name="activity_file",
    title="activity files",
    path="/download-service/files/activity/{id}",
)

HEALTH = (DAILY, SLEEP)

DATASETS: tuple[Dataset, ...] = (ACTIVITIES, ACTIVITY_FILES, DAILY, SLEEP, WORKOUTS)
