"""What a person changes or deletes at Garmin is so here after the next sync, in few requests."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from garminsync.models import Activity, ActivityFile, Coverage, Payload, Series, Session, Workout
from garminsync.simulator import Simulator
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import Status
from tests.conftest import Make
from tests.syncing import HurriedRun, asked, sync
from tests.typed import delete_all, dump

LIST, FILE, ONE = "activities/search/activities", "files/activity/", "activity-service/activity/"


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    """A simulated Garmin of twelve activities, in pages of five, that they (or the `kind` said) were synced from."""

    def synced(kind: str = "activities", **options: Any) -> Simulator:
        account = {"days": 60, "activities": 12, "workouts": 6, "page_cap": 5, "basic": True}
        garmin = make_signed_in(**account | options)
        assert sync(kind).status == Status.COMPLETED
        garmin.reset_counts()
        return garmin

    return synced


def with_file(newest_first: bool = True) -> int:
    """The newest, or the oldest, activity that came with a file."""
    found = Session.objects.order_by("-activity_id" if newest_first else "activity_id").first()
    assert found
    return found.activity_id


def a_week_later() -> None:
    Coverage.objects.filter(key="").update(asked_at=timezone.now() - timedelta(days=7))


def rows_of(activity_id: int) -> int:
    series = Series.objects.filter(key=str(activity_id)).count()
    parts = [model.objects.filter(activity_id=activity_id).count() for model in (ActivityFile, Session)]
    return series + sum(parts) + Activity.objects.filter(pk=activity_id).count()


def is_gone(activity_id: int) -> bool:
    return Coverage.objects.filter(dataset="activities", key=str(activity_id), state="gone").exists()


def test_a_new_name_and_a_new_type_are_seen_without_asking_for_the_file_again(make: Make) -> None:
    garmin = make()
    newest = with_file()
    session = Session.objects.filter(activity_id=newest).values().get()
    garmin.change(rename={"id": newest, "name": "Runde"}, retype={"id": newest, "type": "yoga"})

    job = sync("activities")

    activity = Activity.objects.get(pk=newest)
    assert (activity.name, activity.type) == ("Runde", "yoga")
    assert Session.objects.filter(activity_id=newest).values().get() == session
    assert (job.summary["changed"], job.summary["requests"]) == (1, 1)


def test_one_deleted_on_the_newest_page_goes_in_two_requests_and_its_file_stays(make: Make) -> None:
    garmin = make()
    newest = with_file()
    garmin.change(delete=newest)

    job = sync("activities")

    assert (rows_of(newest), is_gone(newest)) == (0, True)
    assert Payload.objects.filter(dataset="activity_file", key=newest).exists()
    assert (job.summary["changed"], job.summary["requests"]) == (1, 2)
    assert sync("activities").summary["requests"] == 1


def test_one_deleted_far_back_goes_when_the_whole_list_is_read(make: Make) -> None:
    garmin = make()
    oldest = with_file(newest_first=False)
    garmin.change(delete=oldest)

    sync("activities")
    assert rows_of(oldest) > 1
    a_week_later()
    garmin.reset_counts()
    sync("activities")

    assert (rows_of(oldest), is_gone(oldest)) == (0, True)
    assert (len(asked(garmin, LIST)), len(asked(garmin, ONE)), len(asked(garmin, FILE))) == (3, 1, 0)


def test_the_oldest_of_a_list_of_one_page_goes_at_once(make: Make) -> None:
    garmin = make(activities=4, page_cap=100)
    oldest = Activity.objects.earliest("start_time").pk
    garmin.change(delete=oldest)

    sync("activities")

    assert (rows_of(oldest), is_gone(oldest)) == (0, True)
    assert (len(asked(garmin, LIST)), len(asked(garmin, ONE))) == (2, 1)


def test_full_reads_the_whole_list_at_once(make: Make) -> None:
    garmin = make()
    oldest = with_file(newest_first=False)
    garmin.change(delete=oldest)

    sync("activities", full=True)

    assert rows_of(oldest) == 0


def test_one_that_is_there_again_has_all_its_rows_again_without_its_file(make: Make) -> None:
    garmin = make()
    before = dump()
    newest = with_file()
    garmin.change(delete=newest)
    sync("activities")
    garmin.change(restore=newest)
    garmin.reset_counts()

    sync("activities")

    assert dump() == before
    assert not is_gone(newest)
    assert garmin.stats()["total"] == 1


def test_a_rebuild_does_not_bring_back_what_was_deleted(make: Make) -> None:
    garmin = make()
    garmin.change(delete=with_file())
    sync("activities")
    before = dump()
    delete_all()

    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")

    assert dump() == before
    assert len(before["Activity"]) == 11


@pytest.mark.parametrize(
    ("kind", "full"), [("500", False), ("html", True), ("errors", False), ("null", True), ("204", False), ("cut", True)]
)
def test_a_list_that_failed_or_is_empty_marks_nothing_gone(make: Make, kind: str, full: bool) -> None:
    garmin = make()
    before = dump()
    garmin.change(delete=with_file())
    garmin.faults({"match": LIST, "kind": kind})

    sync("activities", full=full)

    assert dump() == before
    assert not Coverage.objects.filter(state="gone").exists()
    assert not asked(garmin, ONE)


def test_a_list_that_fails_in_its_middle_marks_nothing_gone(make: Make) -> None:
    garmin = make()
    before = dump()
    garmin.faults({"match": LIST, "kind": "500", "after": 1})

    assert sync("activities", full=True).status == Status.FAILED

    assert dump() == before
    assert not asked(garmin, ONE)


def test_a_list_that_shifts_while_it_is_read_marks_nothing_gone(make: Make) -> None:
    garmin = make()
    before = Activity.objects.count()
    gone = with_file()
    shift = {"match": LIST, "kind": "change", "change": {"delete": gone}, "after": 1, "times": 1}
    garmin.faults(shift)

    sync("activities", full=True)

    assert Activity.objects.count() == before  # one slipped between the pages, and is still there
    assert not Coverage.objects.filter(state="gone").exists()
    assert len(asked(garmin, ONE)) == 1


def test_one_that_is_still_there_stays_though_the_list_leaves_it_out(make: Make) -> None:
    garmin = make()
    before = dump()
    items = garmin.service.account.activities()
    body = "[" + ",".join(f'{{"activityId": {each.id}, "manualActivity": true}}' for each in items[1:]) + "]"
    garmin.faults({"match": f"{LIST}.*start=0", "kind": "body", "body": body}, {"match": LIST, "kind": "null"})

    sync("activities", full=True)

    assert items[0].id in [row["activity_id"] for row in dump()["Activity"]]
    assert len(dump()["Activity"]) == len(before["Activity"])


@pytest.mark.parametrize("kind", ["500", "403", "html"])
def test_what_cannot_be_made_sure_of_stays(make: Make, kind: str) -> None:
    garmin = make()
    newest = with_file()
    garmin.change(delete=newest)
    garmin.faults({"match": ONE, "kind": kind})

    sync("activities")

    assert rows_of(newest) > 1
    assert not is_gone(newest)


def test_a_list_that_suddenly_ends_early_costs_few_questions(make: Make) -> None:
    garmin = make(activities=30, days=90, page_cap=50)
    garmin.faults({"match": f"{LIST}.*start=[1-9]", "kind": "null"})
    garmin.change(page_cap=5)

    sync("activities", full=True)

    assert Activity.objects.count() == 30
    assert len(asked(garmin, ONE)) == 20


def test_all_of_many_that_were_deleted_go(make: Make) -> None:
    garmin = make(activities=40, days=120, page_cap=50)
    ids = list(Activity.objects.order_by("-start_time").values_list("pk", flat=True))
    for deleted in ids[3:33]:
        garmin.change(delete=deleted)

    job = sync("activities", full=True)

    assert set(Activity.objects.values_list("pk", flat=True)) == {*ids[:3], *ids[33:]}
    assert (job.status, len(asked(garmin, ONE))) == (Status.COMPLETED, 30)


def test_a_deleted_workout_goes_as_soon_as_the_newest_page_lacks_it(make: Make) -> None:
    garmin = make("workouts")
    deleted = Workout.objects.order_by("-updated_time").values_list("pk", flat=True)[0]
    garmin.change(delete_workout=deleted)

    sync("workouts")

    assert not Workout.objects.filter(pk=deleted).exists()
    assert Workout.objects.count() == 5
    assert Payload.objects.filter(dataset="workouts", key=deleted).exists()


def test_a_run_over_some_days_marks_nothing_gone(make: Make) -> None:
    garmin = make()
    newest = with_file()
    garmin.change(delete=newest)

    sync("activities", since=str(timezone.now().date() - timedelta(days=30)))

    assert rows_of(newest) > 1
