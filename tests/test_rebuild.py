"""Rows made again from payloads: all of them, without a request, going on after an end in the middle."""

import re
import signal
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from garminsync import datasets
from garminsync.datasets import DATASETS
from garminsync.models import Activity, Day, Lap, Night, Payload, Problem, Session
from garminsync.simulator import Simulator
from garminsync.sync import rebuild as rebuilding
from garminsync.sync import works
from garminsync.sync.rebuild import RebuildOptions, rebuild, stale
from syncjobs import runner
from syncjobs.models import Status, SyncJob
from syncjobs.run import Interrupted, Progress
from tests.conftest import Make
from tests.processes import wait_until
from tests.shared_home import shared_home
from tests.syncing import HurriedRun, sync
from tests.typed import count_rows, delete_all, dump


@pytest.fixture
def synced(make_signed_in: Make) -> Simulator:
    """A home that has everything of a small account; the counts begin here."""
    garmin = make_signed_in(days=35, activities=12, basic=True)
    assert sync("all").status == Status.COMPLETED
    garmin.reset_counts()
    return garmin


def make_again(dataset: str | None = None, run: HurriedRun | None = None) -> dict[str, Any]:
    run = run or HurriedRun()
    runner.run(run, "rebuild", rebuild, RebuildOptions(dataset), trigger="command")
    return run.summary


def payload_count() -> int:
    return Payload.objects.count()


def unmade() -> int:
    return Payload.objects.filter(made_by=0).count()


@pytest.mark.case("E06")
def test_rows_deleted_by_hand_are_all_given_back_without_a_request(synced: Simulator) -> None:
    before, rows = dump(), count_rows()
    things = sum(len(before[name]) for name in ("Activity", "ActivityFile", "Day", "Night", "Workout"))
    things += len({row["workout_id"] for row in before["WorkoutStep"]})
    delete_all()

    made = make_again()

    assert rows > things > 80
    assert dump() == before
    assert made == {**made, "new": things, "changed": 0, "unchanged": 0, "payloads": payload_count()}
    assert synced.stats()["total"] == 0


@pytest.mark.case("E06")
def test_a_second_rebuild_changes_nothing(synced: Simulator) -> None:
    before = dump()
    make_again()

    made = make_again()

    assert dump() == before
    assert (made["new"], made["changed"], made["payloads"]) == (0, 0, payload_count())
    assert not any(stale(dataset).exists() for dataset in DATASETS)


def test_rows_spoilt_by_hand_are_made_right(synced: Simulator) -> None:
    before = dump()
    Day.objects.update(steps=7)
    Lap.objects.update(distance_m=None)
    Activity.objects.update(name="spoilt")

    make_again()

    assert dump() == before


def test_it_tells_how_far_it_is_and_its_row_is_completed(synced: Simulator) -> None:
    run = HurriedRun()

    make_again(run=run)

    told = [report.done for report in run.reports if report.total]
    assert told == sorted(told)
    assert run.reports[-1].done == run.reports[-1].total == payload_count()
    job = SyncJob.objects.get()
    assert (job.status, job.job_type, job.progress) == (Status.COMPLETED, "rebuild", 1.0)


def test_one_dataset_alone_leaves_the_others_as_they_are(synced: Simulator) -> None:
    before = dump()
    Day.objects.all().delete()
    Night.objects.all().delete()

    made = make_again("daily")

    assert made["payloads"] == Payload.objects.filter(dataset__in=["daily_v2", "daily_flat"]).count()
    assert dump(Night) == {name: rows for name, rows in before.items() if name != "Night"}
    assert not Night.objects.exists()


@pytest.mark.case("F01")
def test_after_an_end_in_its_middle_it_goes_on_with_the_rest(synced: Simulator) -> None:
    before = dump()
    delete_all()

    def end_after_some(progress: Progress) -> None:
        if progress.done >= 17:
            run.stop(Interrupted())

    run = HurriedRun(end_after_some)
    with pytest.raises(Interrupted):
        make_again(run=run)
    rest = unmade()
    made = make_again()

    assert 0 < rest == made["payloads"] <= payload_count() - 17
    assert dump() == before


@pytest.mark.parametrize("interrupted", [None, "activity_file"])
def test_one_rebuild_fills_what_was_emptied_whatever_an_earlier_one_left(
    synced: Simulator, interrupted: str | None
) -> None:
    before = dump()
    run = HurriedRun(lambda progress: run.stop(Interrupted()) if progress.done >= 5 else None)
    with pytest.raises(Interrupted):
        make_again(interrupted, run=run)
    delete_all()

    make_again()

    assert dump() == before


def test_the_next_sync_ends_what_a_rebuild_has_begun(synced: Simulator) -> None:
    before = dump()
    delete_all()
    run = HurriedRun(lambda progress: run.stop(Interrupted()))
    with pytest.raises(Interrupted):
        make_again(run=run)

    job = sync("workouts")

    assert job.status == Status.COMPLETED
    assert dump() == before


@pytest.mark.case("F01")
def test_kill_9_in_its_middle_costs_only_the_batch_in_flight(make_signed_in: Make, settings: Any) -> None:
    make_signed_in(days=20, activities=24, basic=True)
    assert sync("all").status == Status.COMPLETED
    settings.SYNCJOBS_LEASE_S = 2
    home, before = shared_home(SYNCJOBS_LEASE_S="2"), dump()
    process = home.start("rebuild", "--quiet")
    wait_until(lambda: 0 < unmade() < 60)

    process.send_signal(signal.SIGKILL)
    process.communicate()
    rest = unmade()
    wait_until(lambda: SyncJob.objects.get_current_sync_status().status == Status.FAILED)
    done = home.run("rebuild", "--quiet")

    assert rest > 0
    assert re.match(rf"Rebuilt from {rest} payloads: ", done.stdout)
    assert dump() == before
    assert unmade() == 0


# A reader that has learned something


def learn(monkeypatch: pytest.MonkeyPatch, name: str, **changes: Any) -> None:
    """Another version of the program, in which the reader of this dataset is another one."""
    newer = tuple(replace(d, version=d.version + 1, **changes) if d.name == name else d for d in DATASETS)
    for module in (datasets, rebuilding, works):
        monkeypatch.setattr(module, "DATASETS", newer)


def test_what_an_older_reader_made_is_made_again_by_the_next_sync(
    synced: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_better(part: Any, notes: list[str]) -> datasets.Rows:
        return {Day: [{**row, "steps": 1} for row in datasets.DAILY.read(part, notes)[Day]]}

    learn(monkeypatch, "daily", read=read_better)

    job = sync("workouts")

    assert set(Day.objects.values_list("steps", flat=True)) == {1}
    assert job.summary["changed"] == 35
    assert set(Payload.objects.filter(dataset="daily_v2").values_list("made_by", flat=True)) == {
        datasets.DAILY.version + 1
    }
    assert sync("workouts").summary["changed"] == 0


def test_files_are_read_again_by_a_newer_reader_without_a_request(
    synced: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump()
    Session.objects.all().delete()
    learn(monkeypatch, "activity_file")

    sync("workouts")

    assert dump() == before
    assert synced.stats()["total"] == 1


def test_a_row_that_a_newer_reader_no_longer_sees_goes(synced: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    nights = Night.objects.count()
    learn(monkeypatch, "sleep", read=lambda part, notes: {})

    make_again()

    assert not Night.objects.exists()
    assert Payload.objects.filter(dataset="sleep_stats").count() == nights > 30


@pytest.mark.case("A39")
def test_what_was_not_understood_is_there_once_a_reader_knows_better(
    make_signed_in: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of its kind: the stress arrays come later, the summary of a day is here."""
    garmin = make_signed_in(days=5, activities=0, workouts=0, basic=True)
    groups = ("movement", "calories", "heartRate", "stress", "bodyBattery", "pulseOx", "respiration")
    garmin.change(patch={"match": "v2/dailysummaries", "rename": {f"data.{name}": f"{name}V3" for name in groups}})
    garmin.faults({"match": "usersummary/daily", "kind": "404"})
    sync("health")
    assert (Day.objects.count(), Problem.objects.count()) == (0, 5)
    garmin.reset_counts()

    def read_moved(part: Any, notes: list[str]) -> datasets.Rows:
        return datasets.DAILY.read({name.removesuffix("V3"): value for name, value in part.items()}, notes)

    learn(monkeypatch, "daily", read=partial(read_moved))
    make_again()

    assert (Day.objects.filter(steps__gt=0).count(), Problem.objects.count()) == (5, 0)
    assert garmin.stats()["total"] == 0
