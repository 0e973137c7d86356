"""Days and nights: which requests are made for them, and what becomes of each kind of answer."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from garminsync.models import Account, Coverage, Day, Night, Payload, Problem
from garminsync.simulator import Simulator
from syncjobs.models import Status, SyncJob
from tests.conftest import Clock, Make
from tests.syncing import a_day_passes, asked, sync

V2, FLAT, STATS, PAGE = "v2/dailysummaries", "usersummary/daily/", "stats/sleep/daily", "dailySleepData"
WEEKLY, DEVICE = "stats/steps/weekly", "mylastused"


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=35, activities=0, workouts=0, basic=True)


def today() -> date:
    return Account.objects.get().today()


def ago(days: int) -> str:
    return str(today() - timedelta(days=days))


def states(dataset: str = "daily") -> dict[str, str]:
    return dict(Coverage.objects.filter(dataset=dataset).values_list("key", "state"))


def everything() -> tuple[list[Any], list[Any]]:
    return list(Day.objects.values()), list(Night.objects.values())


def spans(garmin: Simulator, status: int) -> list[int]:
    """How many days each summary request asked for that got this status."""
    found = []
    for _, _, target, answered in garmin.stats()["log"]:
        if V2 in target and answered == status:
            start, end = (date.fromisoformat(pair.split("=")[1]) for pair in target.split("?")[1].split("&"))
            found.append((end - start).days + 1)
    return found


# Sources


@pytest.mark.parametrize("v2", ["flat", 404])
def test_every_form_of_the_summaries_gives_the_same_rows(make: Make, v2: Any) -> None:
    synced = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    make(v2="nested", device_sync=synced)
    sync("health")
    nested = everything()
    for model in (Day, Coverage, Payload):
        model._default_manager.all().delete()
    make(v2=v2, device_sync=synced)

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert everything() == nested
    assert len(nested[0]) == 35


def test_ranges_cost_a_request_for_28_days(make: Make) -> None:
    garmin = make(days=84)

    sync("health", since=ago(83))

    assert garmin.stats()["total"] == 7
    assert (len(asked(garmin, V2)), len(asked(garmin, STATS))) == (3, 3)


def test_a_source_that_is_gone_is_asked_for_once_and_once_more_at_the_end(make: Make) -> None:
    garmin = make(v2=404, days=220)

    sync("health", since=ago(219))

    assert len(asked(garmin, V2)) <= 6  # of eight windows; two more may be on their way each time
    assert len(asked(garmin, FLAT)) == 220


def test_newest_first(make: Make) -> None:
    garmin = make(days=80)

    sync("health", since=ago(79))

    ends = [target.split("endDate=")[1] for target in asked(garmin, V2)]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] == str(today())


@pytest.mark.parametrize("most", [14, 7, 3, 1])
@pytest.mark.case("D05")
def test_a_refused_span_steps_down_and_wastes_little(make: Make, most: int) -> None:
    garmin = make(days=60, max_span=most)

    job = sync("health", since=ago(59))

    assert job.status == Status.COMPLETED
    assert Day.objects.count() == 60
    steps = [28, 14, 7, 1][: [14, 7, 3, 1].index(most) + 2 if most > 3 else 4]
    assert set(spans(garmin, 200)) <= {steps[-1], *range(1, most + 1)}
    refused = spans(garmin, 400)
    assert all(refused.count(width) <= 3 for width in steps)


# Trouble


@pytest.mark.case("D02")
def test_days_that_fail_for_ever_cost_only_themselves(make: Make) -> None:
    garmin = make()
    broken = [ago(9), ago(5)]
    garmin.change(broken_days=broken)

    job = sync("health", since=ago(34))

    assert job.status == Status.FAILED
    assert Day.objects.count() == 33
    assert {day for day, state in states().items() if state == "failed"} == set(broken)
    assert set(states().values()) == {"present", "failed"}
    assert all(day in str(job.error_message) for day in broken)
    assert job.summary["failed"] == len(job.summary["missing"]) == 4  # two days, two nights


@pytest.mark.case("F03")
def test_the_next_run_asks_for_what_failed_first_and_fills_it(make: Make) -> None:
    garmin = make()
    garmin.change(broken_days=[ago(20)])
    sync("health", since=ago(34))
    garmin.change(broken_days=[])
    garmin.reset_counts()

    job = sync("health", since=ago(34))

    assert job.status == Status.COMPLETED
    assert ago(20) in asked(garmin, V2)[0]
    assert set(states().values()) == {"present"}


def test_what_failed_in_many_runs_on_several_days_is_parked(make: Make) -> None:
    garmin = make()
    garmin.change(broken_days=[ago(20)])
    for _ in range(4):
        assert sync("health", since=ago(34)).status == Status.FAILED
    Coverage.objects.filter(state="failed").update(failing_since_at=timezone.now() - timedelta(days=2))

    job = sync("health", since=ago(34))

    assert (job.status, states()[ago(20)]) == (Status.COMPLETED, "parked")
    assert job.summary["missing"] == [
        f"{title} {ago(20)}: Garmin is in trouble (500) (parked)" for title in ("daily summaries", "sleep")
    ]
    garmin.reset_counts()
    assert sync("health", since=ago(34)).summary["missing"] == job.summary["missing"]
    assert not asked(garmin, ago(20))


def test_a_garmin_that_answers_nobody_parks_nothing(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": "GET", "kind": "503"})
    for _ in range(5):
        sync("health", since=ago(3))
        Coverage.objects.update(failing_since_at=timezone.now() - timedelta(days=9))

    assert sync("health", since=ago(3)).status == Status.FAILED

    assert set(states().values()) == {"failed"}


@pytest.mark.parametrize("kind", ["html", "error_document", "errors", "truncated", "500", "reset", "403", "cut"])
@pytest.mark.parametrize("where", ["usersummary-service", "sleep-service|dailySleepData"])
@pytest.mark.case("D07")
def test_an_answer_that_is_no_data_is_a_failure_and_never_an_empty_day(make: Make, kind: str, where: str) -> None:
    garmin = make()
    garmin.faults({"match": where, "kind": kind})
    bad, good = ("sleep", "daily") if "sleep" in where else ("daily", "sleep")

    job = sync("health", since=ago(2))

    assert job.status == Status.FAILED
    assert set(states(bad).values()) == {"failed"}
    assert len(states(bad)) == 3
    assert "failed" not in states(good).values()


@pytest.mark.parametrize("kind", ["html", "errors", "500"])
def test_where_the_cheap_source_fails_the_dear_one_is_asked(make: Make, kind: str) -> None:
    garmin = make()
    garmin.faults({"match": V2, "kind": kind}, {"match": STATS, "kind": kind})

    job = sync("health", since=ago(2))

    assert job.status == Status.COMPLETED
    assert Day.objects.count() == len(asked(garmin, FLAT)) == len(asked(garmin, PAGE)) == 3
    assert set(Payload.objects.values_list("dataset", flat=True)) == {"daily_flat", "sleep_page"}


NOTHING = {
    FLAT: {"calendarDate": None, "totalSteps": None, "includesWellnessData": False, "restlessCount": 0},
    PAGE: {"dailySleepDTO": {"id": None, "calendarDate": None}, "remSleepData": False, "restlessMomentsCount": 0},
}


def test_a_page_of_no_day_that_measures_nothing_is_an_empty_day_and_no_failure(make: Make) -> None:
    garmin = make()
    pages = [{"match": part, "kind": "body", "body": json.dumps(page)} for part, page in NOTHING.items()]
    garmin.faults({"match": V2, "kind": "500"}, {"match": STATS, "kind": "500"}, *pages)

    job = sync("health", since=ago(2))

    assert job.status == Status.COMPLETED
    assert set(states("daily").values()) == set(states("sleep").values()) == {"empty"}


@pytest.mark.parametrize("kind", ["204", "empty", "null"])
@pytest.mark.case("A06")
def test_no_content_is_an_empty_day_and_no_failure(make: Make, kind: str) -> None:
    garmin = make()
    garmin.faults({"match": V2, "kind": kind}, {"match": STATS, "kind": kind})

    job = sync("health", since=ago(2))

    assert job.status == Status.COMPLETED
    assert set(states().values()) == {"empty"}
    assert not Day.objects.exists()


def test_an_empty_answer_never_replaces_what_is_here(make: Make) -> None:
    garmin = make()
    sync("health", since=ago(9))
    before = everything()
    garmin.faults({"match": V2, "kind": "null"}, {"match": STATS, "kind": "null"})

    job = sync("health", since=ago(9), full=True)

    assert job.status == Status.COMPLETED
    assert everything() == before
    assert set(states().values()) == {"present"}


@pytest.mark.case("A10")
def test_an_element_without_a_date_is_left_out_and_listed(make: Make) -> None:
    garmin = make()
    body = f'{{"individualStats": [{{"calendarDate": "{ago(1)}", "values": {{"deepTime": 4200, ' + (
        '"totalSleepTimeInSeconds": 9000}}, {"retro": false}]}'
    )
    garmin.faults({"match": STATS, "kind": "body", "body": body})

    job = sync("health", since=ago(1))

    assert job.status == Status.COMPLETED
    assert Night.objects.get().deep_s == 4200
    assert Problem.objects.get(dataset="sleep_stats").reason == "an entry without a date"


@pytest.mark.case("A26")
def test_an_absurd_number_costs_itself_and_is_listed(make: Make) -> None:
    garmin = make()
    garmin.change(patch={"match": V2, "set": {"data.calories.burnedTotal": 1e40}})

    job = sync("health", since=ago(4))

    assert job.status == Status.COMPLETED
    assert set(Day.objects.values_list("total_kcal", flat=True)) == {None}
    assert Day.objects.filter(steps__gt=0).count() >= 4
    assert Problem.objects.filter(dataset="daily_v2").count() == 5


@pytest.mark.case("A39")
def test_a_day_whose_names_have_moved_is_kept_raw_and_listed(make: Make) -> None:
    garmin = make()
    groups = ("movement", "calories", "heartRate", "stress", "bodyBattery", "pulseOx", "respiration")
    garmin.change(patch={"match": V2, "rename": {f"data.{name}": f"{name}V3" for name in groups}})

    sync("health", since=ago(4))

    assert Payload.objects.filter(dataset="daily_v2").count() == Problem.objects.count() == 5
    # A night shows that the watch was worn, and the dear source has that day: so it is asked for all.
    assert Day.objects.count() == 5


# Empty days and late uploads


@pytest.mark.case("A13")
def test_empty_days_are_remembered_as_empty(make: Make) -> None:
    garmin = make(days=3)

    sync("health", since=ago(60))

    assert Day.objects.count() == 3
    assert list(states().values()).count("empty") == 58
    garmin.reset_counts()
    sync("health", since=ago(60))
    assert garmin.stats()["total"] == 1


@pytest.mark.case("A14")
def test_a_late_upload_is_found_after_the_next_device_sync(make: Make) -> None:
    garmin = make()
    late = [ago(3), ago(2)]
    garmin.change(hide_days=late)
    sync("health")
    assert {states()[day] for day in late} == {"empty"}

    garmin.change(reveal_days=late, device_sync="now")
    sync("health")

    assert {states()[day] for day in late} == {"present"}


def test_without_a_device_sync_nothing_is_asked_twice(make: Make) -> None:
    garmin = make()
    sync("health")
    garmin.reset_counts()

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert [line[2] for line in garmin.stats()["log"]] == ["/device-service/deviceservice/mylastused"]


@pytest.mark.parametrize("kind", ["500", "404", "html", "null"])
def test_when_the_last_device_sync_is_not_told_a_fortnight_is_asked_again(make: Make, kind: str) -> None:
    garmin = make()
    sync("health")
    garmin.reset_counts()
    garmin.faults({"match": DEVICE, "kind": kind})

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert ago(14) in asked(garmin, V2)[0]


def test_a_device_sync_that_is_earlier_than_the_last_one_is_another_one(make: Make) -> None:
    garmin = make()
    sync("health")
    garmin.change(device_sync="2026-02-03T06:00:00Z")
    sync("health")
    assert ago(14) in asked(garmin, V2)[-1]
    garmin.reset_counts()

    sync("health")

    assert garmin.stats()["total"] == 1


def test_days_and_nights_that_garmin_never_has_are_soon_let_be(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": f"{V2}|{FLAT}|{STATS}|{PAGE}", "kind": "404"})

    job = sync("health", since=ago(99))

    assert job.status == Status.COMPLETED
    assert [len(asked(garmin, part)) <= 25 for part in (FLAT, PAGE)] == [True, True]
    garmin.faults()
    a_day_passes()
    sync("health", since=ago(99))
    assert (Day.objects.count(), Night.objects.count() >= 34) == (35, True)


@pytest.mark.parametrize("kind", ["404", "null"])
def test_where_garmin_tells_of_no_watch_it_counts_as_synced_once_an_hour(make: Make, clock: Clock, kind: str) -> None:
    garmin = make()
    garmin.faults({"match": DEVICE, "kind": kind})
    sync("health")
    garmin.reset_counts()

    sync("health")

    assert garmin.stats()["total"] == 1
    clock(datetime.now(UTC) + timedelta(minutes=61))
    sync("health")
    assert ago(14) in asked(garmin, V2)[0]


@pytest.mark.parametrize("ahead", [0, 18, 300])
def test_a_long_silence_of_the_watch_is_asked_for_in_full_though_its_clock_was_ahead_before(
    make: Make, clock: Clock, ahead: int
) -> None:
    now = datetime.now(UTC)
    then = now - timedelta(days=24)
    clock(then)
    garmin, told_at = make(), (then + timedelta(days=ahead)).timestamp()
    garmin.change(patch={"match": DEVICE, "set": {"lastUsedDeviceUploadTime": int(told_at * 1000)}})
    sync("health")
    clock(now - timedelta(minutes=1))
    sync("health")
    clock(now)
    garmin.change(patch=[])
    garmin.reset_counts()

    sync("health")

    assert spans(garmin, 200) == [28]  # 24 days, 3 before them, and today


def test_one_kind_of_data_that_fails_makes_nothing_else_asked_again(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": STATS, "kind": "500"}, {"match": PAGE, "kind": "500"})
    failed = sync("health")
    garmin.reset_counts()

    sync("health")

    assert failed.status == Status.FAILED
    assert asked(garmin, V2) == asked(garmin, WEEKLY) == []
    assert asked(garmin, STATS) != []


# Where the days begin and end


@pytest.mark.parametrize(("zone", "here"), [("America/New_York", "2026-02-03"), ("Asia/Tokyo", "2026-02-04")])
@pytest.mark.case("A21")
def test_today_is_today_where_the_account_lives(make: Make, clock: Clock, zone: str, here: str) -> None:
    clock("2026-02-04T00:30Z")
    garmin = make(time_zone=zone, now="2026-02-04T00:30Z", days=5)

    sync("health")

    assert f"endDate={here}" in asked(garmin, V2)[0]
    assert max(states()) == here


def test_the_first_run_finds_the_first_day_by_weeks(make: Make) -> None:
    garmin = make(days=500)

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert Day.objects.count() == 500
    assert len(asked(garmin, WEEKLY)) == 4
    first = Account.objects.get().first_day
    assert first is not None
    assert timedelta(0) <= date.fromisoformat(ago(499)) - first < timedelta(days=7)


@pytest.mark.parametrize("kind", ["404", "html"])
def test_where_the_weeks_are_not_told_it_walks_back_year_by_year(make: Make, kind: str) -> None:
    garmin = make(days=400)
    garmin.faults({"match": WEEKLY, "kind": kind})

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert Day.objects.count() == 400
    garmin.reset_counts()
    sync("health")
    assert garmin.stats()["total"] == 1


def test_an_account_without_data_is_no_failure(make: Make) -> None:
    make(days=0)

    job = sync("health")

    assert job.status == Status.COMPLETED
    assert not Day.objects.exists()


def test_since_and_until_are_days_and_both_are_included(make: Make) -> None:
    garmin = make()

    sync("health", since=ago(12), until=ago(10))

    assert sorted(states()) == sorted(states("sleep")) == [ago(12), ago(11), ago(10)]
    assert asked(garmin, V2) == [f"/usersummary-service/v2/dailysummaries?startDate={ago(12)}&endDate={ago(10)}"]
    assert not asked(garmin, WEEKLY)


def test_a_run_over_some_days_does_not_claim_to_have_seen_all(make: Make) -> None:
    make()

    sync("health", since=ago(12), until=ago(10))

    account = Account.objects.get()
    assert (account.first_day, account.device_synced_at) == (None, None)


def test_full_asks_again_for_all_of_it(make: Make) -> None:
    garmin = make()
    sync("health")
    garmin.reset_counts()

    job: SyncJob = sync("health", full=True)

    assert (job.summary["new"], job.summary["changed"]) == (0, 0)
    assert len(asked(garmin, V2)) == 2
