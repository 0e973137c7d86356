"""The list of activities in pages, and the original file of each, once."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from garminsync.fit import is_file
from garminsync.models import Account, Activity, Coverage, Payload, Problem
from garminsync.simulator import Simulator
from syncjobs.models import Status, SyncJob
from syncjobs.run import Interrupted, Progress
from tests.conftest import Make
from tests.syncing import HurriedRun, asked, sync

LIST, FILE = "activities/search/activities", "files/activity/"


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, days=60, activities=12, workouts=0, basic=True)


def ids_at(garmin: Simulator) -> list[int]:
    return [each.id for each in garmin.service.account.activities()]


def manual_at(garmin: Simulator) -> set[int]:
    return {each.id for each in garmin.service.account.activities() if each.manual}


def ids_here() -> list[int]:
    return list(Activity.objects.values_list("pk", flat=True))


def files_here() -> set[int]:
    return {int(key) for key in Payload.objects.filter(dataset="activity_file").values_list("key", flat=True)}


# The list


@pytest.mark.parametrize(("count", "cap"), [(0, 99), (1, 99), (12, 5), (12, 4), (12, 12), (120, 50)])
@pytest.mark.case("A35")
def test_all_pages_are_read_whatever_their_size(make: Make, count: int, cap: int) -> None:
    garmin = make(activities=count, page_cap=cap, days=200)
    garmin.faults({"match": FILE, "kind": "404"})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    assert sorted(ids_here()) == sorted(ids_at(garmin))
    assert len(ids_here()) == job.summary["new"] == count
    assert len(asked(garmin, LIST)) <= count // cap + 2


@pytest.mark.case("A35")
def test_an_activity_added_between_two_pages_is_here_after_the_next_run_and_none_is_twice(make: Make) -> None:
    garmin = make(page_cap=5)
    garmin.faults({"match": LIST, "kind": "change", "change": {"add_activity": 1}, "after": 1, "times": 1})

    first = sync("activities")
    sync("activities")

    assert first.status == Status.COMPLETED
    assert sorted(ids_here()) == sorted(ids_at(garmin))
    assert len(ids_here()) == 13
    assert len(asked(garmin, FILE)) == len(set(asked(garmin, FILE))) == len(files_here())


def test_a_second_run_is_one_request(make: Make) -> None:
    garmin = make()
    sync("activities")
    garmin.reset_counts()

    job = sync("activities")

    assert garmin.stats()["total"] == job.summary["requests"] == 1
    assert (job.summary["new"], job.summary["changed"], job.summary["unchanged"]) == (0, 0, 12)


def test_a_new_activity_costs_a_page_and_a_file(make: Make) -> None:
    garmin = make()
    sync("activities")
    garmin.change(add_activity=1)
    garmin.reset_counts()

    job = sync("activities")

    assert garmin.stats()["total"] == 2
    assert job.summary["new"] == 2  # the activity and its file


def test_a_change_of_name_is_seen(make: Make) -> None:
    garmin = make()
    sync("activities")
    garmin.change(rename={"id": ids_at(garmin)[0], "name": "Høvik 🍛→🐸 <b>"})

    job = sync("activities")

    assert job.summary["changed"] == 1
    assert Activity.objects.get(pk=ids_at(garmin)[0]).name == "Høvik 🍛→🐸 <b>"


def test_the_whole_list_is_read_again_after_a_week_for_changes_far_back(make: Make) -> None:
    garmin = make(page_cap=5)
    sync("activities")
    oldest = ids_at(garmin)[-1]
    garmin.change(rename={"id": oldest, "name": "far back"})

    sync("activities")
    assert Activity.objects.get(pk=oldest).name != "far back"
    Coverage.objects.filter(dataset="activities").update(asked_at=timezone.now() - timedelta(days=7))
    sync("activities")

    assert Activity.objects.get(pk=oldest).name == "far back"


def test_a_list_that_ignores_where_to_start_ends(make: Make) -> None:
    garmin = make()
    page = garmin.service.account
    body = "[" + ",".join(f'{{"activityId": {number}, "manualActivity": true}}' for number in ids_at(garmin)) + "]"
    garmin.faults({"match": LIST, "kind": "body", "body": body})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    assert len(asked(garmin, LIST)) == 2
    assert len(ids_here()) == len(page.activities())


@pytest.mark.parametrize("kind", ["html", "errors", "error_document", "truncated", "500", "403"])
def test_a_list_that_failed_fails_the_run_and_is_read_whole_next_time(make: Make, kind: str) -> None:
    garmin = make(page_cap=5)
    garmin.faults({"match": LIST, "kind": kind, "after": 1})

    job = sync("activities")

    assert job.status == Status.FAILED
    assert "list of activities from 6" in str(job.error_message)
    assert len(ids_here()) == 5
    garmin.faults()
    assert sync("activities").status == Status.COMPLETED
    assert sorted(ids_here()) == sorted(ids_at(garmin))


def test_since_and_until_are_days_on_the_clock_of_the_account(make: Make) -> None:
    garmin = make(days=40, activities=40, page_cap=4)
    today = Account.objects.get().today()
    since, until = today - timedelta(days=20), today - timedelta(days=10)

    sync("activities", since=str(since), until=str(until))

    wanted = {each.id for each in garmin.service.account.activities() if since <= each.begins.date() <= until}
    assert set(ids_here()) == wanted
    assert len(wanted) > 5
    assert len(asked(garmin, LIST)) <= 9  # of 11
    assert not Coverage.objects.filter(dataset="activities").exists()


# Odd items


@pytest.mark.case("A01")
def test_untitled_activities_and_those_after_them_are_stored(make: Make) -> None:
    garmin = make()
    absent, null, empty = ids_at(garmin)[:3]
    garmin.change(rename={"id": absent})
    garmin.change(rename={"id": null, "name": None})
    garmin.change(rename={"id": empty, "name": ""})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    names = dict(Activity.objects.values_list("pk", "name"))
    assert (names[absent], names[null], names[empty]) == (None, None, "")
    assert len(names) == 12


@pytest.mark.case("A33")
def test_an_item_that_is_no_activity_is_listed_and_left_out(make: Make) -> None:
    garmin = make()
    body = """[{"activityId": 4.0, "activityType": {"typeKey": "running"}, "manualActivity": true},
               {"activityName": "no id"}, null, 7, "text",
               {"activityId": 3, "activityType": {"typeId": 9999, "typeKey": "quidditch"}, "manualActivity": true},
               {"activityId": 2, "activityType": null, "distance": "far", "manualActivity": true}]"""
    garmin.faults({"match": LIST, "kind": "body", "body": body, "times": 1}, {"match": LIST, "kind": "null"})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    assert dict(Activity.objects.values_list("pk", "type")) == {4: "running", 3: "quidditch", 2: None}
    assert Problem.objects.filter(dataset="activities").count() == 5


# Files


def test_every_file_is_kept_as_it_came_and_manual_ones_are_not_asked_for(make: Make) -> None:
    garmin = make(activities=30)

    job = sync("activities")

    assert manual_at(garmin)
    assert files_here() == set(ids_at(garmin)) - manual_at(garmin)
    assert len(asked(garmin, FILE)) == len(files_here())
    assert job.summary["new"] == 30 + len(files_here())
    assert all(payload.content[:2] == b"PK" for payload in Payload.objects.filter(dataset="activity_file"))


@pytest.mark.parametrize("fault", [{"kind": "404"}, {"kind": "204"}, {"kind": "empty"}])
@pytest.mark.case("D06")
def test_a_file_that_is_not_there_is_asked_for_again_once_a_day_for_a_fortnight(
    make: Make, fault: dict[str, Any]
) -> None:
    garmin = make(activities=20)
    garmin.faults({"match": FILE, **fault})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    assert set(Coverage.objects.filter(dataset="activity_file").values_list("state", flat=True)) == {"empty"}
    garmin.reset_counts()
    sync("activities")
    assert not asked(garmin, FILE)
    files = Coverage.objects.filter(dataset="activity_file")
    young = Activity.objects.filter(start_time__gt=timezone.now() - timedelta(days=14)).exclude(manual=True)
    assert 0 < young.count() < files.count()
    # What was refused is asked for once more, ten a day.
    old = files.count() - young.count()
    for number in (10, old - 10, 0) if fault["kind"] == "404" else (0,):
        garmin.reset_counts()
        files.update(asked_at=timezone.now() - timedelta(days=1))
        for _ in range(2):
            sync("activities")
        assert len(asked(garmin, FILE)) == young.count() + number


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "403"}, "refused the request (403)"),
        ({"kind": "html"}, "a web page"),
        ({"kind": "html", "content_type": "application/zip"}, "no file of a watch"),
        ({"kind": "error_document"}, "no file of a watch"),
        ({"kind": "null"}, "no file of a watch"),
        ({"kind": "body", "body": "Too many requests"}, "no file of a watch"),
        ({"kind": "500"}, "in trouble (500)"),
        ({"kind": "cut"}, "The connection to Garmin broke"),
    ],
)
@pytest.mark.case("D04")
def test_a_file_that_cannot_be_had_costs_only_itself(make: Make, fault: dict[str, Any], said: str) -> None:
    garmin = make()
    bad = next(number for number in ids_at(garmin) if number not in manual_at(garmin))
    garmin.faults({"match": f"{FILE}{bad}", **fault})

    job = sync("activities")

    assert job.status == Status.FAILED
    assert files_here() == set(ids_at(garmin)) - manual_at(garmin) - {bad}
    assert job.summary["failed"] == 1
    assert f"file of activity {bad}: " in str(job.error_message)
    assert said in str(job.error_message)
    garmin.faults()
    garmin.reset_counts()
    assert sync("activities").status == Status.COMPLETED
    assert asked(garmin, FILE) == [f"/download-service/files/activity/{bad}"]


def test_a_file_that_failed_is_asked_for_before_the_others(make: Make) -> None:
    garmin = make()
    sync("activities")
    bad, other = sorted(files_here())[:2]
    Coverage.objects.filter(dataset="activity_file", key=str(bad)).update(state="failed")
    Coverage.objects.filter(dataset="activity_file", key=str(other)).delete()
    garmin.reset_counts()

    sync("activities")

    assert [int(target.rsplit("/", 1)[1]) for target in asked(garmin, FILE)] == [bad, other]


def test_a_parked_file_is_asked_for_once_a_week(make: Make) -> None:
    garmin = make()
    sync("activities")
    row = Coverage.objects.filter(dataset="activity_file")[0]
    Coverage.objects.filter(pk=row.pk).update(state="parked")
    garmin.reset_counts()

    sync("activities")
    assert not asked(garmin, FILE)
    Coverage.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=8))
    sync("activities")

    assert asked(garmin, FILE) == [f"/download-service/files/activity/{row.key}"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04", True),
        (b"\x0e\x20\x00\x00\x10\x00\x00\x00.FIT\x00\x00", True),
        (b'<?xml version="1.0"?>\n<gpx version="1.1">', True),
        (b"\xef\xbb\xbf<TrainingCenterDatabase>", True),
        (b"<!DOCTYPE html><html>", False),
        (b'{"message": "HTTP 500"}', False),
        (b"null", False),
        (b"", False),
        (bytes(range(200)), False),
    ],
)
@pytest.mark.case("B25")
def test_what_a_file_is_is_told_by_its_bytes(content: bytes, kind: bool) -> None:
    assert is_file(content) is kind


@pytest.mark.case("B25")
def test_a_bare_fit_file_is_kept(make: Make) -> None:
    garmin = make()
    garmin.faults({"match": FILE, "kind": "body", "body": "\x0e\x10AAAAAA.FIT and the rest"})

    job = sync("activities")

    assert job.status == Status.COMPLETED
    assert Payload.objects.filter(dataset="activity_file")[0].content == b"\x0e\x10AAAAAA.FIT and the rest"


# Ending in the middle


def test_an_empty_list_after_an_end_in_the_middle_is_not_the_whole_one(make: Make) -> None:
    garmin = make(activities=20, page_cap=6)
    run = HurriedRun(lambda progress: run.stop(Interrupted()) if Activity.objects.exists() else None)
    with pytest.raises(Interrupted):
        sync("activities", run)
    assert Activity.objects.count() < 20
    garmin.faults({"match": LIST, "kind": "body", "body": "[]", "times": 1})

    sync("activities")
    sync("activities")

    assert Activity.objects.count() == 20


@pytest.mark.case("F01")
def test_after_an_end_in_the_middle_only_the_rest_is_asked_for(make: Make) -> None:
    garmin = make(activities=20)

    def end_after_six_files(progress: Progress) -> None:
        if len(files_here()) == 6:
            run.stop(Interrupted())

    run = HurriedRun(end_after_six_files)
    with pytest.raises(Interrupted):
        sync("activities", run)
    assert SyncJob.objects.get().status == Status.FAILED
    assert len(files_here()) == 6
    garmin.reset_counts()

    job = sync("activities")

    assert job.status == Status.COMPLETED
    # As a set: the request in flight when the first run ended may be counted, too.
    assert len(set(asked(garmin, FILE))) == 20 - len(manual_at(garmin)) - 6
    assert len(asked(garmin, LIST)) == 1
    assert files_here() == set(ids_at(garmin)) - manual_at(garmin)


@pytest.mark.parametrize("body", ["[null]", '[{"activityName": "x"}]'])
def test_a_page_that_comes_for_ever_and_names_no_activity_ends_the_list(make: Make, body: str) -> None:
    garmin = make()
    garmin.faults({"match": "search/activities", "kind": "body", "body": body})

    sync("activities")

    assert len(asked(garmin, "search/activities")) == 2
    assert Problem.objects.filter(dataset="activities").exists()
