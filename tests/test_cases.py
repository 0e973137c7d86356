"""Cases of the field (CASES.md) that no other file tests. Where the data of a case comes later, its kind is tested."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from garminsync.datasets import DAILY, Made
from garminsync.models import Account, Activity, Coverage, Day, Lap, Night, Payload, Problem, Session, SwimLength
from garminsync.models.owner import owner
from garminsync.simulator import Simulator
from garminsync.simulator.nights import NEED_MIN
from garminsync.sync.ledger import Tally
from garminsync.sync.making import save_made
from syncjobs.models import Status
from tests.conftest import FIXED_NOW, Clock, Make
from tests.processes import Home
from tests.syncing import asked, sync
from tests.typed import dump

V2, FLAT, STATS, PAGE = "v2/dailysummaries", "usersummary/daily/", "stats/sleep/daily", "dailySleepData"
LIST, FILE = "activities/search/activities", "files/activity/"
NEW_YORK = {"time_zone": "America/New_York"}


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=10, activities=0, workouts=0, basic=True)


def instead(garmin: Simulator, match: str, answer: Any) -> dict[str, Any]:
    return {"match": match, "kind": "body", "body": answer if isinstance(answer, str) else json.dumps(answer)}


def list_of(garmin: Simulator, *items: Any) -> None:
    """The whole list of activities, typed in by hand all of them."""
    page = instead(garmin, f"{LIST}.*start=0", [{"manualActivity": True, **item} for item in items])
    garmin.faults(page, {"match": LIST, "kind": "null"})


# JSON answers


@pytest.mark.parametrize("answer", ["null", '{"individualStats": null}', '{"individualStats": []}', "{}"])
@pytest.mark.case("A08")
def test_a_feature_that_nobody_uses_says_nothing_and_is_no_failure(make: Make, answer: str) -> None:
    """Of its kind: the journal comes later; here a person who never wears the watch at night."""
    garmin = make()
    garmin.faults(instead(garmin, STATS, answer), {"match": PAGE, "kind": "null"})

    job = sync("health")

    assert (job.status, job.summary["noticed"], job.summary["missing"]) == (Status.COMPLETED, [], [])
    assert (Night.objects.count(), Problem.objects.count()) == (0, 0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.case("A09")
def test_entries_without_content_never_hide_the_one_that_has_some(make: Make, order: tuple[int, ...]) -> None:
    """Of its kind: the training status by device comes later; here the entries of a range."""
    garmin = make()
    day = str(Account.objects.get().today() - timedelta(days=1))
    entries = [None, {}, {"calendarDate": day, "movement": {"steps": {"value": 7777}}}]
    garmin.faults(instead(garmin, V2, {"data": [entries[n] for n in order]}))

    job = sync("health", since=day, until=day)

    assert job.status == Status.COMPLETED
    assert Day.objects.get().steps == 7777


@pytest.mark.case("A04")
@pytest.mark.case("A21")
def test_today_at_noon_is_asked_again_at_night_and_the_evening_is_there(make: Make, clock: Clock) -> None:
    clock("2026-02-03T12:00-05:00")
    garmin = make(now="2026-02-03T12:00-05:00", **NEW_YORK)
    sync("health")
    noon = Day.objects.get(date="2026-02-03").steps
    clock("2026-02-04T08:00-05:00")
    garmin.change(now="2026-02-04T08:00-05:00", device_sync="now")
    garmin.reset_counts()

    job = sync("health")

    assert (Day.objects.get(date="2026-02-03").steps or 0) > (noon or 0) > 0
    assert (len(asked(garmin, V2)), len(asked(garmin, STATS)), job.status) == (1, 1, Status.COMPLETED)


@pytest.mark.case("A22")
def test_an_evening_belongs_to_the_day_on_the_clock_of_the_account(make: Make) -> None:
    """Of its kind: the bins of a day come later; here an activity of 23:30 local, 03:30 of the next day in UTC."""
    garmin = make(**NEW_YORK)
    evening = {"startTimeGMT": "2026-05-11 03:30:00", "startTimeLocal": "2026-05-10 23:30:00"}
    morning = {"startTimeGMT": "2026-05-11 04:30:00", "startTimeLocal": "2026-05-11 00:30:00"}
    list_of(garmin, {"activityId": 2, **morning}, {"activityId": 1, **evening})

    sync("activities", since="2026-05-10", until="2026-05-10")

    activity = Activity.objects.get()
    assert (activity.pk, activity.utc_offset_s) == (1, -4 * 3600)
    assert activity.start_time == datetime(2026, 5, 11, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"])
@pytest.mark.case("A23")
@pytest.mark.case("A27")
def test_days_given_as_their_midnight_in_utc_are_those_days_in_every_zone(make: Make, zone: str) -> None:
    """Of their kind: the weigh-ins come later; here the summaries of ten days."""
    garmin = make(time_zone=zone)
    first = datetime(2026, 3, 10, tzinfo=UTC)
    days = [first + timedelta(days=n) for n in range(10)]
    forms: list[Any] = [round(day.timestamp() * 1000) for day in days]
    forms[3:6] = ["2026-03-13", "2026-03-14T00:00:00.0", "2026-03-15 00:00:00"]
    garmin.faults(instead(garmin, V2, [{"calendarDate": form, "totalSteps": 5 + n} for n, form in enumerate(forms)]))

    sync("health", since="2026-03-10", until="2026-03-19")

    rows = Day.objects.order_by("date").values_list("date", "steps")
    assert list(rows) == [(day.date(), 5 + n) for n, day in enumerate(days)]


@pytest.mark.case("A24")
def test_two_of_one_day_and_one_start_are_two_and_stay_two(make: Make) -> None:
    """Of its kind: the weigh-ins come later; here two activities that began in the same second."""
    garmin = make(**NEW_YORK)
    start = {"startTimeGMT": "2026-02-04 03:40:00", "startTimeLocal": "2026-02-03 22:40:00"}
    list_of(garmin, {"activityId": 2, "distance": 71.25, **start}, {"activityId": 1, "distance": 70.9, **start})

    sync("activities")
    before = dump()
    job = sync("activities", full=True)

    assert dict(Activity.objects.values_list("pk", "distance_m")) == {1: 70.9, 2: 71.25}
    assert dump() == before
    assert (job.summary["new"], job.summary["changed"]) == (0, 0)


@pytest.mark.case("A25")
def test_a_number_is_stored_in_the_unit_that_its_column_names(make: Make) -> None:
    """Of its kind: the weights come later; here milliseconds, minutes and centimetres."""
    garmin = make(**{"days": 2})
    garmin.change(patch={"match": V2, "set": {"data.stress.restDurationInMillis": 71_250_000}})

    sync("health")

    assert set(Day.objects.filter(steps__gt=0).values_list("rest_stress_s", flat=True)) == {71_250.0}
    assert set(Night.objects.values_list("sleep_need_s", flat=True)) == {NEED_MIN * 60}


@pytest.mark.case("A40")
def test_the_last_part_has_an_end_like_every_other(make: Make) -> None:
    """Of its kind: the stages of a night come later; here lengths and laps."""
    make(activities=20, days=40)

    sync("activities")

    for model in (Lap, SwimLength):
        assert not model.objects.filter(elapsed_s=None).exists()
    for session in Session.objects.filter(sport="swimming"):
        lengths = list(SwimLength.objects.filter(activity_id=session.activity_id).order_by("index"))
        end = lengths[-1].start_time + timedelta(seconds=lengths[-1].elapsed_s or 0)  # type: ignore[operator]
        assert abs((end - session.start_time).total_seconds() - (session.duration_s or 0)) < 2  # type: ignore[operator]


@pytest.mark.case("A41")
def test_a_nap_is_no_part_of_the_night_and_no_night_of_its_own(make: Make) -> None:
    """Of its kind: the naps themselves come later; the night beside one is here."""
    garmin = make()
    naps = [{"napStartTimestampGMT": "2026-06-10T12:05:00", "napTimeSec": 1500}]
    night: dict[str, Any] = {"sleepTimeSeconds": 25200, "sleepStartTimestampGMT": 1781042640000}
    pages: list[dict[str, Any]] = [
        {"dailySleepDTO": {"calendarDate": day, "napTimeSeconds": 1500, **more}, "dailyNapDTOS": naps}
        for day, more in (("2026-06-10", night), ("2026-06-11", {}))
    ]
    dear = [instead(garmin, f"{PAGE}.*{page['dailySleepDTO']['calendarDate']}", page) for page in pages]
    garmin.faults({"match": STATS, "kind": "404"}, *dear)

    job = sync("health", since="2026-06-10", until="2026-06-11")

    assert job.status == Status.COMPLETED
    assert [(str(row.date), row.sleep_s) for row in Night.objects.all()] == [("2026-06-10", 25200)]
    assert not Problem.objects.exists()


DEEP = '{"activityId": 5, "a": ' + "[" * 3000 + "]" * 3000 + "}"
ODD = {
    "NaN and infinity": '{"activityId": 1, "distance": NaN, "splitSummaries": [{"a": Infinity, "b": [NaN]}]}',
    "NUL in JSON": '{"activityId": 2, "activityName": "a\\u0000b", "splitSummaries": [{"\\u0000k": "\\u0000"}]}',
    "half a pair": '{"activityId": 3, "activityName": "a\\ud83d", "splitSummaries": [{"k": "\\udead"}], "\\ud800": 1}',
    "an id beyond 64 bits": '{"activityId": 1' + "0" * 90 + ', "activityName": "x"}',
    "numbers as text": '{"activityId": 4, "distance": "12.5", "steps": "7"}',
    "a name of 10,000": '{"activityId": 6, "activityName": "' + "ß" * 10_000 + '"}',
    "a repeated key": '{"activityId": 7, "activityName": "a", "activityName": "b"}',
    "true as a number": '{"activityId": true, "distance": false}',
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_item_costs_at_most_itself(make: Make, odd: str) -> None:
    garmin = make()
    page = f'[{{"activityId": 90, "manualActivity": true}}, {odd}, {{"activityId": 91, "manualActivity": true}}]'
    garmin.faults(
        instead(garmin, f"{LIST}.*start=0", page), {"match": LIST, "kind": "null"}, {"match": FILE, "kind": "404"}
    )

    job = sync("activities")

    assert job.status == Status.COMPLETED, job.error_message
    assert {90, 91} <= set(Activity.objects.values_list("pk", flat=True))
    assert Activity.objects.count() == 3 or Problem.objects.exists()
    assert Payload.objects.filter(dataset="activities").count() == 3


def test_an_answer_too_deep_to_follow_fails_and_everything_else_is_stored(make: Make) -> None:
    garmin = make()
    garmin.faults(instead(garmin, LIST, f"[{DEEP}]"))

    job = sync("all")

    assert job.status == Status.FAILED
    assert "deeper than" in str(job.error_message)
    assert Day.objects.filter(steps__gt=0).count() == 10


# Rate limits and server errors


@pytest.mark.case("D02")
def test_twelve_days_that_fail_for_ever_are_listed_and_parked_in_the_end(make: Make) -> None:
    garmin = make(days=89, now="2021-04-30T20:00Z")
    broken = [str(datetime(2021, 3, day).date()) for day in range(1, 13)]
    garmin.change(broken_days=broken)
    span: dict[str, Any] = {"since": "2021-02-01", "until": "2021-04-30"}

    first = sync("health", **span)
    states = {day: Coverage.objects.get(dataset="daily", key=day).state for day in broken}
    Coverage.objects.filter(state="failed").update(tries=4, failing_since_at=timezone.now() - timedelta(days=2))
    last = sync("health", **span)

    assert (first.status, first.summary["failed"], set(states.values())) == (Status.FAILED, 24, {"failed"})
    assert Day.objects.count() == 89 - 12
    assert last.status == Status.COMPLETED
    assert [told.split(":")[0] for told in last.summary["missing"]] == [
        f"{title} 2021-03-01 to 2021-03-12" for title in ("daily summaries", "sleep")
    ]
    assert set(Coverage.objects.filter(dataset="daily", key__in=broken).values_list("state", flat=True)) == {"parked"}


# Database


@pytest.mark.case("E03")
def test_one_of_ten_rows_that_the_database_refuses_costs_itself(transactional_db: None) -> None:
    rows = [{"date": date(2026, 2, day), "steps": -1 if day == 4 else day} for day in range(1, 11)]
    tally = Tally()

    save_made(DAILY, {str(row["date"]): Made({Day: [row]}, {"daily_v2": []}) for row in rows}, tally)

    assert set(Day.objects.values_list("steps", flat=True)) == {1, 2, 3, 5, 6, 7, 8, 9, 10}
    assert list(Problem.objects.values_list("key", flat=True)) == ["2026-02-04"]
    assert (tally.new, tally.changed, tally.unchanged) == (9, 0, 0)


@pytest.mark.case("E07")
def test_the_smallest_answers_there_are_make_no_row_and_no_failure(make: Make) -> None:
    garmin = make(activities=3)
    garmin.faults(
        {"match": "activities|workouts|individual", "kind": "body", "body": "[]"}, instead(garmin, "GET", "{}")
    )

    job = sync("health", since="2026-07-01", until="2026-07-03")

    assert job.status == Status.COMPLETED
    assert not any(dump().values())


@pytest.mark.case("E10")
def test_pages_open_and_settings_are_saved_while_a_sync_writes(make: Make) -> None:
    make(days=60, activities=20)
    account, browser = owner(), Client()
    browser.force_login(account)
    jobs: list[Any] = []
    answers = []

    def work() -> None:
        jobs.append(sync("all"))
        connections.close_all()

    worker = threading.Thread(target=work)

    worker.start()
    while worker.is_alive():
        answers.append(browser.get("/admin/garminsync/day/").status_code)
        account.first_name = f"save {len(answers)}"
        account.save()
    worker.join()

    assert jobs[0].status == Status.COMPLETED
    assert len(answers) >= 5
    assert set(answers) == {200}


# Wherever it runs


@pytest.mark.case("G07")
@pytest.mark.case("A38")
def test_the_zone_and_the_language_of_the_machine_change_nothing(
    make_garmin: Make, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    garmin = make_garmin(days=8, activities=4, workouts=2, now=FIXED_NOW, basic=True)
    home.sign_in(garmin)
    tables = {"day": "date", "night": "date", "activity": "activity_id", "session": "activity_id", "lap": "activity_id"}
    copy = ("syncgarmin", "--since", "2026-07-03", "--until", "2026-07-10", "--full", "--quiet")
    dumps = []

    for place, words in (
        ({"TZ": "Asia/Tokyo", "LC_ALL": "C"}, copy),
        ({"TZ": "America/Los_Angeles", "LANG": "C"}, copy),
        ({"TZ": "America/Los_Angeles", "LANG": "C"}, ("rebuild", "--quiet")),
        ({"TZ": "UTC"}, ("rebuild", "--quiet")),
    ):
        home.env = {"GARMIN_API_URL": garmin.url, "PYTHONIOENCODING": "ascii", **place}
        done = home.run(*words)
        assert done.returncode == 0, done.stderr
        dumps.append([home.sql(f"SELECT * FROM garminsync_{name} ORDER BY {key}") for name, key in tables.items()])

    assert all(found == dumps[0] for found in dumps)
    assert [len(rows) for rows in dumps[0]][:3] == [8, 8, 4]
