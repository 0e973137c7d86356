"""Files of activities in the database: what the FIT holds, once, whatever comes between two good ones."""

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from garmin_fit_sdk import Decoder, Stream

from garminsync.datasets import ACTIVITY_FILES, Made
from garminsync.models import Activity, ActivityFile, Lap, Payload, Problem, Series, Session, StrengthSet, SwimLength
from garminsync.simulator import Simulator
from garminsync.simulator.fitfiles import fit_file
from garminsync.sync.ledger import Tally
from garminsync.sync.making import save_made
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import Status
from tests.conftest import Make
from tests.fit_builder import zipped
from tests.syncing import HurriedRun, asked, bytes_instead, sync
from tests.typed import dump

FILE = "files/activity/"
WRITES = ("INSERT", "UPDATE", "DELETE")
BOOKKEEPING = ("syncjob", "coverage", "payload", "problem")


@pytest.fixture
def garmin(make_signed_in: Make) -> Simulator:
    """Ten activities of all sports, four weeks, no faults."""
    return make_signed_in(days=28, activities=10, workouts=0, basic=True)


def activities_at(garmin: Simulator) -> list[Any]:
    return [each for each in garmin.service.account.activities() if not each.manual]


def messages_of(garmin: Simulator, activity: Any) -> Any:
    """What the reference reader finds in this activity's file."""
    stream = Stream.from_byte_array(bytearray(fit_file(activity, garmin.service.options)))
    found, errors = Decoder(stream).read()
    assert not errors
    return found


def serve_bytes(garmin: Simulator, activity_id: int, content: bytes) -> None:
    """Instead of this activity's file."""
    garmin.faults({"match": f"{FILE}{activity_id}", **bytes_instead(content)})


def test_the_rows_are_what_the_files_hold(garmin: Simulator) -> None:
    job = sync("activities")

    assert job.status == Status.COMPLETED
    for activity in activities_at(garmin):
        found = messages_of(garmin, activity)
        told = found["session_mesgs"][0]
        session = Session.objects.get(activity_id=activity.id)
        assert (session.sport, session.sub_sport) == (told["sport"], told["sub_sport"])
        assert (session.start_time, session.distance_m) == (told["start_time"], told.get("total_distance"))
        assert (session.avg_hr_bpm, session.kcal) == (told["avg_heart_rate"], told["total_calories"])
        laps = Lap.objects.filter(activity_id=activity.id).order_by("index")
        steps = [lap.get("wkt_step_index") for lap in found["lap_mesgs"]]
        assert list(laps.values_list("workout_step", flat=True)) == steps
        assert sum(lap.elapsed_s or 0 for lap in laps) == pytest.approx(session.elapsed_s)
        assert sum(lap.distance_m or 0 for lap in laps) == pytest.approx(session.distance_m or 0)
        assert len(laps) == Activity.objects.get(pk=activity.id).laps
        assert StrengthSet.objects.filter(activity_id=activity.id).count() == len(found.get("set_mesgs", []))
        assert SwimLength.objects.filter(activity_id=activity.id).count() == len(found.get("length_mesgs", []))
        columns = Series.objects.get(key=str(activity.id)).columns
        assert columns["heart_rate_bpm"] == [record["heart_rate"] for record in found["record_mesgs"]]
        assert columns.get("distance_m", [None])[-1] == session.distance_m
    assert ActivityFile.objects.filter(kind="fit", status="whole").count() == len(activities_at(garmin))


def test_the_file_of_a_swim_and_of_strength_training_is_there_in_full(garmin: Simulator) -> None:
    sync("activities")

    sets = StrengthSet.objects.order_by("activity_id", "index").values("type", "repetitions", "weight_kg")[:2]
    assert list(sets) == [
        {"type": "active", "repetitions": 10, "weight_kg": 20.0},
        {"type": "active", "repetitions": 10, "weight_kg": 22.5},
    ]
    swim = SwimLength.objects.order_by("activity_id", "index").values("type", "stroke", "strokes")[0]
    assert swim == {"type": "active", "stroke": "freestyle", "strokes": 12}


@pytest.mark.case("E02")
@pytest.mark.case("A31")
def test_a_second_sync_and_a_rebuild_write_no_row_again(garmin: Simulator) -> None:
    """A31's kind: an activity's file is known by its id, never by its name. E02's: children twice are the same."""
    sync("activities")
    before = dump()
    children = {name: len(rows) for name, rows in before.items()}

    with CaptureQueriesContext(connection) as queries:
        sync("activities", full=True)
        runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")

    written = [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
    assert dump() == before
    assert children["Lap"] > 20 < children["SwimLength"]
    assert [sql for sql in written if not any(name in sql.split("WHERE")[0] for name in BOOKKEEPING)] == []


@pytest.mark.case("A31")
def test_the_same_activity_in_a_file_of_another_name_stays_one(garmin: Simulator) -> None:
    sync("activities")
    before = dump()
    activity = activities_at(garmin)[0]
    content = zipped((f"{activity.id}.fit", fit_file(activity, garmin.service.options)))
    Payload.objects.filter(dataset="activity_file", key=activity.id).update(body=content, made_by=0)

    sync("activities")

    assert dump() == before


@pytest.mark.case("B01")
def test_a_corrupt_file_between_two_good_ones_costs_only_itself(garmin: Simulator) -> None:
    bad = activities_at(garmin)[1].id
    noise = random.Random(4).randbytes(200)
    content = zipped((f"{bad}.fit", noise))
    serve_bytes(garmin, bad, content)

    job = sync("activities")

    file = ActivityFile.objects.get(activity_id=bad)
    assert job.status == Status.COMPLETED
    assert (file.status, Session.objects.filter(activity_id=bad).exists()) == ("unreadable", False)
    assert Problem.objects.get(dataset="activity_file").key == str(bad)
    assert Payload.objects.get(dataset="activity_file", key=bad).content == content
    assert Session.objects.count() == len(activities_at(garmin)) - 1
    assert "1 new problem:" in job.summary["noticed"][-1]
    garmin.reset_counts()
    sync("activities")
    assert not asked(garmin, FILE)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'<?xml version="1.0"?><gpx version="1.1" creator="x"><trk></trk></gpx>', "gpx", "gpx"),
        (b"\xef\xbb\xbf<TrainingCenterDatabase></TrainingCenterDatabase>", "tcx", "tcx"),
    ],
)
@pytest.mark.case("B25")
def test_a_track_in_another_format_is_kept_and_named_as_what_it_is(
    garmin: Simulator, content: bytes, kind: str, status: str
) -> None:
    other = activities_at(garmin)[0].id
    serve_bytes(garmin, other, content)

    job = sync("activities")

    file = ActivityFile.objects.get(activity_id=other)
    assert job.status == Status.COMPLETED
    assert (file.kind, file.status) == (kind, status)
    assert Payload.objects.get(dataset="activity_file", key=other).content == content
    assert not Problem.objects.exists()


def test_an_activity_cut_short_keeps_its_samples_and_the_list_has_the_rest(garmin: Simulator) -> None:
    cut = activities_at(garmin)[0]
    serve_bytes(garmin, cut.id, fit_file(cut, garmin.service.options)[:-200])

    sync("activities")

    assert ActivityFile.objects.get(activity_id=cut.id).status == "partial"
    assert len(Series.objects.get(key=str(cut.id)).columns["offset_s"]) > 50
    assert Activity.objects.get(pk=cut.id).duration_s == cut.duration_s


def test_parts_of_a_multisport_activity_name_their_parent(garmin: Simulator) -> None:
    whole, *parts = garmin.change(add_multisport=1)["add_multisport"]

    sync("activities")

    assert set(Activity.objects.filter(parent_id=whole).values_list("pk", flat=True)) == set(parts)
    assert list(Activity.objects.filter(is_parent=True).values_list("pk", flat=True)) == [whole]


def test_a_reason_of_any_length_and_a_name_of_any_letters_fit(transactional_db: None) -> None:
    reason = "\0\ud800" + random.Random(1).randbytes(90_000).hex()

    save_made(ACTIVITY_FILES, {"7": Made(notes={"activity_file": [reason]})}, Tally())

    assert len(Problem.objects.get().reason) == 500


@pytest.mark.case("E03")
def test_a_file_whose_rows_the_database_does_not_take_costs_only_itself(transactional_db: None) -> None:
    laps = [{"activity_id": activity_id, "index": -1 if activity_id == 2 else 0} for activity_id in (1, 2, 3)]
    made = {str(lap["activity_id"]): Made({Lap: [lap]}, {"activity_file": []}) for lap in laps}

    save_made(ACTIVITY_FILES, made, Tally())

    assert list(Lap.objects.order_by("pk").values_list("activity_id", flat=True)) == [1, 3]
    problem = Problem.objects.get()
    assert (problem.key, problem.reason[:31]) == ("2", "the database does not take it: ")
