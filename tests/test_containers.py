"""A list that becomes an object, an object that becomes a list: no form loses a value without a word."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from garminsync.datasets import GEAR_ACTIVITIES, PLAN_TASKS, SCHEDULE, WORKOUT_STEPS, Dataset
from garminsync.schemas.answers import NotUnderstood, write_json
from garminsync.schemas.things import ProfileSettings
from garminsync.simulator import Options
from garminsync.simulator.account import Account
from garminsync.simulator.requests import Call, Request
from garminsync.simulator.routes import ROUTES, find
from garminsync.simulator.schedule import plan
from garminsync.simulator.things import gear_uuid
from garminsync.simulator.workouts import library
from tests.conftest import FIXED_NOW
from tests.recorded.readers import Reader
from tests.recorded.simulated import asked, simulated

ACCOUNT = Account(Options(now=FIXED_NOW, days=90, activities=12, workouts=4))
TODAY = date(2026, 7, 10)
PAYLOADS = [name for name, *_ in asked()]

type Change = Callable[[Any], Any]


def by_date(value: Any) -> Any:
    """A list as an object by date."""
    first = date(2026, 1, 1)
    return {str(first + timedelta(days=n)): one for n, one in enumerate(value)} if isinstance(value, list) else value


def by_number(value: Any) -> Any:
    return {str(n): one for n, one in enumerate(value)} if isinstance(value, list) else value


def in_a_list(value: Any) -> Any:
    """An object as the only one of a list."""
    return [value] if isinstance(value, dict) else value


def all_in_lists(value: Any) -> Any:
    """Each object of an object as the only one of a list."""
    if isinstance(value, list):
        return list(map(all_in_lists, value))
    return {name: in_a_list(all_in_lists(inner)) for name, inner in value.items()} if isinstance(value, dict) else value


def places(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Those of all containers: names, and [] for each of a list."""
    if isinstance(value, dict | list) and value:
        yield place
        for name, inner in value.items() if isinstance(value, dict) else (("[]", one) for one in value):
            yield from places(inner, (*place, name))


def changed(value: Any, place: tuple[str, ...], change: Change) -> Any:
    """With what stands at this place in another container."""
    if not place:
        return change(value)
    if place[0] == "[]":
        return [changed(one, place[1:], change) for one in value] if isinstance(value, list) else value
    if not isinstance(value, dict) or place[0] not in value:
        return value
    return value | {place[0]: changed(value[place[0]], place[1:], change)}


def forms(answer: Any, change: Change) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The answer with each of its containers changed, by the place of this one, and, in the end, with all of them."""
    yield from ((place, changed(answer, place, change)) for place in sorted(set(places(answer))))
    if change is in_a_list:
        yield ("everywhere",), all_in_lists(answer)


def read(answer: Any, reader: Reader) -> tuple[list[str], list[str]]:
    """The rows of an answer, as text, and what is said of what was not understood."""
    kept: dict[str, list[Any]] = {}
    for part in reader.parts(answer):
        if (key := reader.key_of(part)) is None:
            return [], ["an entry without a date"]
        kept.setdefault(key, []).append(part)
    rows, notes = [], list[str]()
    for key, parts in kept.items():
        part = parts if reader.of_days and reader.of_days.many else parts[-1]
        for dataset in (reader.dataset, *reader.others):
            made = dataset.make(key, {reader.source: write_json(part)})
            notes += [note for some in made.notes.values() for note in some]
            rows += [f"{model.__name__} {row}" for model, some in made.rows.items() for row in some]
    return sorted(rows), notes


@pytest.mark.parametrize("change", [by_date, by_number, in_a_list])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_container_loses_a_value_without_a_word(payload: str, change: Change) -> None:
    content, reader = simulated(payload, ACCOUNT, TODAY, most=45)
    answer = json.loads(content)
    rows, notes = read(answer, reader)

    lost = []
    for place, form in forms(answer, change):
        try:
            found, said = read(form, reader)
        except NotUnderstood as error:
            found, said = [], [str(error)]
        # A list of one costs nothing at all.
        lost += [place] if found != rows and (change is in_a_list or not said) else []

    assert (bool(rows), notes, lost) == (True, [], [])


def in_items(address: str) -> tuple[Any, Callable[[Any], tuple[Any, list[str]]]]:
    """What the simulated Garmin answers where one thing is asked for, and what reads it."""
    template, parts = find(address.partition("?")[0]) or ("", {})
    answer = json.loads(ROUTES[template](Call(ACCOUNT, Request("GET", address), parts)).body)
    return answer, READERS[template]


def rows_of(dataset: Dataset) -> Callable[[Any], tuple[Any, list[str]]]:
    def rows(answer: Any) -> tuple[Any, list[str]]:
        made = dataset.make("7", {dataset.name: write_json(answer)})
        return list(made.rows.values()), made.notes[dataset.name]

    return rows


def days_by(read_days: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, list[str]]]:
    def rows(answer: Any) -> tuple[Any, list[str]]:
        days = read_days(answer)
        if days is None:
            return [], ["an answer in no known form"]
        made = [SCHEDULE.make(str(day), {"schedule": write_json(days[day])}) for day in sorted(days)]
        return [one.rows for one in made], [note for one in made for note in one.notes["schedule"]]

    return rows


READERS = {
    "/workout-service/workout/{id:d}": rows_of(WORKOUT_STEPS),
    "/activitylist-service/activities/{uuid}/gear": rows_of(GEAR_ACTIVITIES),
    "/workout-service/schedule/workoutScheduleByPeriod": days_by(SCHEDULE.days_of_period),
    "/calendar-service/year/{year:d}/month/{month:d}": days_by(SCHEDULE.days_of_month),
    "/trainingplan-service/trainingplan/fbt-adaptive/{id:d}": rows_of(PLAN_TASKS),
}
ADDRESSES = [
    f"/workout-service/workout/{library(ACCOUNT)[0]['workoutId']}",
    f"/activitylist-service/activities/{gear_uuid(ACCOUNT, 0).replace('-', '')}/gear",
    "/workout-service/schedule/workoutScheduleByPeriod?startDate=2026-06-01&endDate=2026-07-20",
    "/calendar-service/year/2026/month/5",
    f"/trainingplan-service/trainingplan/fbt-adaptive/{plan(ACCOUNT)['trainingPlanId']}",
]


@pytest.mark.parametrize("change", [by_date, by_number, in_a_list])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_container_of_a_single_thing_loses_a_value_without_a_word(address: str, change: Change) -> None:
    answer, read_rows = in_items(address)
    rows, notes = read_rows(answer)

    lost = []
    for place, form in forms(answer, change):
        try:
            found, said = read_rows(form)
        except NotUnderstood as error:
            found, said = [], [str(error)]
        # A list of one costs nothing at all.
        lost += [place] if found != rows and (change is in_a_list or not said) else []

    assert (bool(rows), notes, lost) == (True, [], [])


@pytest.mark.parametrize("wrong", ["monday", ["monday"], [{"dayName": "monday"}, {}]])
def test_what_stands_in_place_of_an_inner_object_is_noted(wrong: Any) -> None:
    notes: list[str] = []

    ProfileSettings.read({"id": 1, "userData": {"firstDayOfWeek": wrong}}, notes)

    assert notes == [f"userData.firstDayOfWeek: should be an object, not {wrong!r:.60}"]
