"""Within the day: two requests a day, their curves, and that their sums are those of the day's summary."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from garminsync.datasets import MONITORING, SLEEP_DETAIL, Row
from garminsync.models import Account, Coverage, Day, Nap, Night, Payload, Problem, Series
from garminsync.simulator import Simulator
from garminsync.simulator.nights import whole_night
from garminsync.simulator.sleep_detail import sleep_detail
from garminsync.sync.ledger import save_coverage
from garminsync.sync.options import SyncOptions
from garminsync.sync.rebuild import RebuildOptions, rebuild
from syncjobs import runner
from syncjobs.models import Status, SyncJob
from tests.conftest import FIXED_NOW, Clock, Make
from tests.fit_builder import zipped
from tests.syncing import HurriedRun, asked, bytes_instead, sync
from tests.typed import delete_all, dump

FILES, PAGE = "files/wellness", "dailySleepData"
AFTER_AUTUMN = "2026-10-31T15:30:00Z"  # the clocks of Berlin changed on the 25th
GMT = "%Y-%m-%dT%H:%M:%S.0"

EMPTY_PAGE = '{"dailySleepDTO": {"id": null, "calendarDate": null}, "remSleepData": false, "restlessMomentsCount": 0}'

type Json = dict[str, Any]


@pytest.fixture
def make(make_signed_in: Make, clock: Clock) -> Make:
    """Its time is the time here."""

    def at_its_time(**options: Any) -> Simulator:
        options = {"days": 3, "activities": 0, "workouts": 0, "now": FIXED_NOW, **options}
        clock(options["now"])
        return make_signed_in(**options)

    return at_its_time


def sync_within(**options: Any) -> SyncJob:
    """A sync of days and what is within them, as many as by default."""
    return sync("health", **{"detail": SyncOptions().detail, **options})


def today() -> date:
    return Account.objects.get().today()


def ago(days: int) -> str:
    return str(today() - timedelta(days=days))


def states(dataset: str) -> dict[str, str]:
    return dict(Coverage.objects.filter(dataset=dataset).values_list("key", "state"))


def column(series: Series | None) -> list[Any]:
    """The values beside the offsets, those that are readings."""
    name = [name for name in series.columns if name != "offset_s"][-1] if series else ""
    return [value for value in series.columns[name] if value is not None] if series else []


def curves(day: date | str, kind: str = "day") -> dict[str, Series]:
    return {one.name: one for one in Series.objects.filter(kind=kind, key=str(day))}


def nothing_within(garmin: Simulator) -> None:
    """Garmin has no data within any day, so that only requests count."""
    garmin.faults({"match": FILES, "kind": "404"}, {"match": PAGE, "kind": "null"})


# Numbers agree across sources


@pytest.mark.parametrize("v2", ["nested", "flat", 404])
def test_the_curves_of_a_day_add_up_to_its_summary(make: Make, v2: Any) -> None:
    """In each of its forms. The longest day of the year is among them, and today, which is not over."""
    make(days=8, now=AFTER_AUTUMN, v2=v2)

    job = sync_within(detail="all")

    assert (job.status, Day.objects.count(), Problem.objects.count()) == (Status.COMPLETED, 8, 0)
    for day in Day.objects.all():
        found = {name: column(one) for name, one in curves(day.date).items()}
        assert sum(found["steps"]) == day.steps
        assert found["resting_heart_rate"][-1] == day.resting_hr_bpm
        assert (min(found["heart_rate"]), max(found["heart_rate"])) == (day.min_hr_bpm, day.max_hr_bpm)
        assert (round(sum(found["stress"]) / len(found["stress"])), max(found["stress"])) == (
            day.stress_avg,
            day.stress_max,
        )
        assert (min(found["body_battery"]), max(found["body_battery"])) == (day.body_battery_low, day.body_battery_high)
        assert (min(found["respiration"]), max(found["respiration"])) == (day.respiration_low, day.respiration_high)
        assert min(found.get("spo2", []), default=None) == day.spo2_low_percent
    assert len(column(curves("2026-10-25")["heart_rate"])) == 25 * 60


@pytest.mark.case("A22")
def test_the_samples_of_a_day_lie_between_its_midnights_where_the_account_lives(make: Make) -> None:
    make(days=3, now="2026-05-11T12:00:00Z", time_zone="America/New_York")

    sync_within(since="2026-05-10", until="2026-05-10")

    steps = curves("2026-05-10")["steps"]
    start = datetime(2026, 5, 10, 4, tzinfo=UTC)
    assert (steps.start, len(steps.columns["offset_s"])) == (start + timedelta(minutes=15), 96)
    assert steps.columns["offset_s"][-1] == (timedelta(days=1) - timedelta(minutes=15)).total_seconds()
    assert sum(column(steps)) == Day.objects.get(date="2026-05-10").steps


def test_the_stages_of_a_night_add_up_to_its_summary(make: Make) -> None:
    make()

    sync_within(since=ago(2))

    assert Night.objects.count() == 3
    for night in Night.objects.all():
        stages = curves(night.date, "night")["stages"].columns
        found = dict.fromkeys(("deep", "light", "rem", "awake"), 0)
        for stage, seconds in zip(stages["stage"], stages["duration_s"], strict=True):
            found[stage] += seconds
        assert list(found.values()) == [night.deep_s, night.light_s, night.rem_s, night.awake_s]


def test_a_run_without_detail_does_not_make_the_next_one_forget_the_evening(make: Make) -> None:
    garmin = make(days=2, now="2026-02-03T12:00:00Z")
    sync_within()
    at_noon = len(column(curves("2026-02-03")["heart_rate"]))
    garmin.change(now="2026-02-04T08:00:00Z", device_sync="now")

    sync_within(detail=0, until="2026-02-04")
    sync_within(until="2026-02-04")

    assert at_noon < len(column(curves("2026-02-03")["heart_rate"])) == 24 * 60


# Requests


@pytest.mark.parametrize(
    ("options", "days"), [({}, 30), ({"detail": 0}, 0), ({"detail": 4}, 4), ({"detail": "all"}, 35)]
)
def test_a_day_costs_two_requests_and_only_the_newest_are_asked_for(make: Make, options: Any, days: int) -> None:
    garmin = make(days=35)
    nothing_within(garmin)

    job = sync_within(since=ago(34), **options)

    wanted = [ago(back) for back in range(days)]
    assert job.status == Status.COMPLETED
    assert [target.split("/")[-1] for target in asked(garmin, FILES)] == wanted
    assert [target.split("date=")[1][:10] for target in asked(garmin, PAGE)] == wanted


def test_a_second_run_at_once_asks_for_nothing_within_the_day(make: Make) -> None:
    garmin = make()
    sync_within(detail="all")
    garmin.reset_counts()

    job = sync_within(detail="all")

    assert job.status == Status.COMPLETED
    assert asked(garmin, FILES) == asked(garmin, PAGE) == []


def test_after_a_device_sync_it_is_asked_again_from_3_days_before_the_one_before(make: Make) -> None:
    garmin = make(days=20)
    nothing_within(garmin)
    for dataset in (MONITORING, SLEEP_DETAIL):
        save_coverage(dataset.name, [ago(back) for back in range(20)], Coverage.State.PRESENT)
    two_days_ago = datetime.fromisoformat(FIXED_NOW) - timedelta(days=2)
    Account.objects.update(device_synced_at=two_days_ago, first_day=ago(19))

    sync_within()

    wanted = [ago(back) for back in range(6)]
    assert [target.split("/")[-1] for target in asked(garmin, FILES)] == wanted
    assert len(asked(garmin, PAGE)) == 6


def test_the_evening_is_there_after_the_next_device_sync(make: Make, clock: Clock) -> None:
    garmin = make(days=1, now="2026-02-03T12:00:00Z")
    sync_within(since="2026-02-03")
    noon = len(curves("2026-02-03")["heart_rate"].columns["offset_s"])
    clock("2026-02-04T08:00:00Z")
    garmin.change(now="2026-02-04T08:00:00Z", device_sync="now")

    sync_within(since="2026-02-03")

    assert noon < len(curves("2026-02-03")["heart_rate"].columns["offset_s"]) == 24 * 60


def test_a_home_that_leaves_out_today_finds_what_a_week_later_is_uploaded_of_a_day(
    make: Make, clock: Callable[[str], None]
) -> None:
    garmin = make(days=1, now="2026-02-03T12:00:00Z")
    sync_within(until="2026-02-03")
    noon = len(curves("2026-02-03")["heart_rate"].columns["offset_s"])
    clock("2026-02-11T08:00:00Z")
    garmin.change(now="2026-02-11T08:00:00Z", device_sync="now")

    sync_within(until="2026-02-10")

    assert noon < len(curves("2026-02-03")["heart_rate"].columns["offset_s"]) == 24 * 60


def test_a_day_that_a_run_left_out_is_asked_for_again_by_the_next(make: Make, clock: Callable[[str], None]) -> None:
    garmin = make(days=3, now="2026-02-03T12:00:00Z")
    sync_within()
    clock("2026-02-04T08:00:00Z")
    garmin.change(now="2026-02-04T08:00:00Z", device_sync="now")
    sync_within(until="2026-02-02")

    sync_within()

    assert len(curves("2026-02-03")["heart_rate"].columns["offset_s"]) == 24 * 60


def test_a_run_with_less_detail_learns_the_device_sync_and_leaves_the_rest_for_one_with_more(make: Make) -> None:
    garmin = make(days=5)
    sync_within()
    garmin.change(device_sync="now")
    for requests in (None, 1):
        garmin.reset_counts()
        sync_within(detail=1)
        assert requests in (None, garmin.stats()["total"])

    sync_within(detail=5)

    assert sorted(target[-10:] for target in asked(garmin, FILES)) == [ago(back) for back in (3, 2, 1)]


def test_what_a_watch_uploads_late_is_found_after_that_device_sync(make: Make) -> None:
    garmin = make(days=3)
    garmin.change(hide_days=[ago(1)])
    sync_within(since=ago(1))
    before = states("monitoring")[ago(1)]
    garmin.change(reveal_days=[ago(1)], device_sync="now")

    sync_within(since=ago(1))

    assert (before, states("monitoring")[ago(1)], states("sleep_detail")[ago(1)]) == ("empty", "present", "present")


# Empty and bad answers


def test_a_day_whose_files_garmin_has_offloaded_is_parked_until_all_is_asked_for_again(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("garminsync.sync.items.KEPT_BY_GARMIN", timedelta(days=13))
    garmin = make(days=20, detail_days=2)
    garmin.faults({"match": PAGE, "kind": "null"})
    sync_within(since=ago(24), detail="all")
    Coverage.objects.update(asked_at=timezone.now() - timedelta(days=8))
    garmin.reset_counts()

    again = sync_within(since=ago(24), detail="all")

    parked = Coverage.objects.filter(dataset="monitoring", state="parked")
    assert again.status == Status.COMPLETED
    assert list(parked.order_by("key").values_list("key", flat=True)) == [ago(back) for back in range(19, 13, -1)]
    assert set(parked.values_list("reason", flat=True)) == {"offloaded by Garmin"}
    assert states("monitoring")[ago(22)] == states("monitoring")[ago(9)] == "empty"
    assert not asked(garmin, f"{FILES}/{ago(16)}")
    sync_within(since=ago(24), detail="all", full=True)
    assert asked(garmin, f"{FILES}/{ago(16)}")


@pytest.mark.parametrize("kind", ["html", "error_document", "errors", "500", "reset", "truncated"])
def test_an_answer_that_is_no_data_fails_its_day_alone(make: Make, kind: str) -> None:
    garmin = make()
    garmin.faults({"match": f"{FILES}/{ago(1)}", "kind": kind}, {"match": f"{PAGE}.*date={ago(1)}", "kind": kind})

    job = sync_within(since=ago(2))

    assert job.status == Status.FAILED
    expected = {ago(2): "present", ago(1): "failed", ago(0): "present"}
    assert states("monitoring") == expected
    assert states("sleep_detail")[ago(1)] == "failed"


@pytest.mark.parametrize("kind", ["404", "204", "zip", "html in a zip"])
def test_an_answer_without_data_never_replaces_what_is_here(make: Make, kind: str) -> None:
    garmin = make(days=2)
    sync_within(since=ago(1))
    before = dump()
    body = {"zip": zipped(), "html in a zip": zipped(("1_WELLNESS.fit", b"<html>"))}.get(kind)
    told: Json = {"kind": kind} if body is None else bytes_instead(body)
    garmin.faults({"match": FILES, **told}, {"match": PAGE, "kind": "null"})

    job = sync_within(since=ago(1), full=True)

    assert job.status == Status.COMPLETED
    assert dump() == before
    assert set(states("monitoring").values()) == {"present"}


def test_a_page_of_another_day_is_not_taken_for_this_one(make: Make) -> None:
    garmin = make()
    other = {"dailySleepDTO": {"calendarDate": ago(9), "sleepTimeSeconds": 25_200}}
    garmin.faults({"match": PAGE, "kind": "body", "body": json.dumps(other)})

    job = sync_within(since=ago(1))

    assert job.status == Status.FAILED
    assert set(states("sleep_detail").values()) == {"failed"}


@pytest.mark.case("A39")
def test_a_curve_whose_name_has_moved_is_kept_raw_and_listed(make: Make) -> None:
    garmin = make(days=1)
    garmin.change(patch={"match": PAGE, "rename": {"sleepStress": "sleepStressV2"}})

    job = sync_within(since=ago(0))

    assert (job.status, "1 new problem" in str(job.summary["noticed"])) == (Status.COMPLETED, True)
    problem = Problem.objects.get(dataset="sleep_detail")
    assert problem.reason.startswith("sleepStressV2: ")
    assert "sleepStressV2" in str(Payload.objects.get(dataset="sleep_detail").content)
    assert "stress" not in curves(ago(0), "night")


# The page of a night


def rows_of(page: Json) -> tuple[dict[str, Row], list[Row], list[str]]:
    """Series by name, naps, and what was not understood."""
    made = SLEEP_DETAIL.make(page["dailySleepDTO"]["calendarDate"], {"sleep_detail": json.dumps(page).encode()})
    series = {row["name"]: row for row in made.rows_of(Series)}
    return series, made.rows_of(Nap), [note for notes in made.notes.values() for note in notes]


def page_of(**lists: Any) -> Json:
    sheet = {"calendarDate": "2026-06-10", "sleepTimeSeconds": 25_200, **lists.pop("sheet", {})}
    return {"dailySleepDTO": sheet, "remSleepData": True, **lists}


@pytest.mark.case("A40")
@pytest.mark.parametrize("ends", [("04:01", "04:54"), (None, None)])
def test_the_last_stage_has_an_end(ends: tuple[str | None, str | None]) -> None:
    """Its own, or that of the night."""
    levels: list[Json] = [
        {"startGMT": "2026-06-10T03:00:00.0", "activityLevel": 1.0},
        {"startGMT": "2026-06-10T04:01:00.0", "activityLevel": 2.0},
    ]
    for level, end in zip(levels, ends, strict=True):
        level |= {"endGMT": f"2026-06-10T{end}:00.0"} if end else {}
    night_ends = datetime(2026, 6, 10, 4, 54, tzinfo=UTC).timestamp() * 1000

    series, _, notes = rows_of(page_of(sleepLevels=levels, sheet={"sleepEndTimestampGMT": night_ends}))

    assert notes == []
    assert series["stages"]["start"] == datetime(2026, 6, 10, 3, tzinfo=UTC)
    assert series["stages"]["columns"] == {
        "offset_s": [0, 3660],
        "duration_s": [3660, 3180],
        "stage": ["light", "rem"],
    }


@pytest.mark.parametrize(
    ("rem", "stages"),
    [
        (True, ["unmeasurable", "deep", "light", "rem", "awake", None]),
        (False, ["unmeasurable", "deep", "light", "awake", "awake", None]),
    ],
)
def test_watches_without_rem_number_their_stages_otherwise(rem: bool, stages: list[str | None]) -> None:
    levels = [
        {"startGMT": f"2026-06-10T0{n}:00:00.0", "endGMT": f"2026-06-10T0{n + 1}:00:00.0", "activityLevel": level}
        for n, level in enumerate((-1, 0.0, 1.0, 2.0, 3.0, None))
    ]

    series, _, notes = rows_of(page_of(sleepLevels=levels) | {"remSleepData": rem})

    assert (series["stages"]["columns"]["stage"], notes) == (stages, [])


@pytest.mark.case("A18")
def test_a_night_is_whole_and_filed_under_the_day_of_waking() -> None:
    bed = datetime(2026, 6, 9, 20, 44, tzinfo=UTC)  # 22:44 in Berlin
    levels = [
        {
            "startGMT": f"{bed + timedelta(minutes=94 * n):{GMT}}",
            "endGMT": f"{bed + timedelta(minutes=94 * (n + 1)):{GMT}}",
            "activityLevel": 1.0,
        }
        for n in range(5)
    ]

    series, _, _ = rows_of(page_of(sleepLevels=levels, sheet={"sleepTimeSeconds": 28_200}))

    assert (series["stages"]["key"], series["stages"]["start"]) == ("2026-06-10", bed)
    assert sum(series["stages"]["columns"]["duration_s"]) == 28_200


@pytest.mark.case("A41")
@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("night", [{"sleepTimeSeconds": 25_200}, {"sleepTimeSeconds": None, "id": None}])
def test_a_nap_is_no_part_of_the_night_and_needs_none(inside: bool, night: Json) -> None:
    nap = {
        "napStartTimestampGMT": "2026-06-10T12:05:00",
        "napEndTimestampGMT": "2026-06-10T12:30:00",
        "napTimeSec": 1500,
    }
    naps = {"dailyNapDTOS": [nap]}

    _, found, notes = rows_of(page_of(sheet={**night, "napTimeSeconds": 1500, **(naps if inside else {})}) | naps)

    start = datetime(2026, 6, 10, 12, 5, tzinfo=UTC)
    assert notes == []
    assert found == [
        {
            "date": date(2026, 6, 10),
            "index": 0,
            "start_time": start,
            "end_time": start + timedelta(minutes=25),
            "duration_s": 1500,
        }
    ]


@pytest.mark.case("A42")
def test_what_is_no_reading_is_null_and_out_of_the_average() -> None:
    values = [(1770076800000, 22), (1770076980000, -1), (1770077160000, -2), (1770077340000, 30)]

    series, _, notes = rows_of(page_of(sleepStress=[{"startGMT": at, "value": value} for at, value in values]))

    assert (series["stress"]["columns"], notes) == (
        {"offset_s": [0, 180, 360, 540], "stress": [22, None, None, 30]},
        [],
    )


def test_what_a_page_tells_twice_of_an_instant_is_one_sample() -> None:
    """Of two values the later, unless it tells less: no reading, or one of no length."""
    breaths = [(1770076800000, 14.0), (1770076920000, 15.0), (1770076800000, 14.5), (1770076920000, -2)]
    levels = [{"startGMT": f"2026-06-10T0{hour}:00:00.0", "activityLevel": hour % 3} for hour in (2, 3, 5)]
    again = [levels[0], levels[1], levels[2] | {"endGMT": "2026-06-10T06:00:00.0"}]
    less = [levels[1] | {"activityLevel": -1}, levels[2] | {"endGMT": "2026-06-10T05:00:00.0"}]
    nap = {"napStartTimestampGMT": "2026-06-10T12:05:00", "napTimeSec": 1500}
    breath = [{"startTimeGMT": at, "respirationValue": value} for at, value in breaths]

    series, naps, notes = rows_of(
        page_of(
            sleepLevels=[*levels, *again, *less],
            wellnessEpochRespirationDataDTOList=breath,
            sheet={"dailyNapDTOS": [nap, nap]},
        )
    )

    assert series["respiration"]["columns"] == {"offset_s": [0, 120], "respiration_per_min": [14.5, 15]}
    assert series["stages"]["columns"] == {
        "offset_s": [0, 3600, 10_800],
        "duration_s": [3600, 7200, 3600],
        "stage": ["rem", "deep", "rem"],
    }
    assert (len(naps), notes) == (1, [])


@pytest.mark.parametrize(
    ("lists", "names", "note"),
    [
        ({}, [], None),
        ({"sleepHeartRate": None, "hrvData": [], "sleepLevels": {}}, [], None),
        ({"sleepHeartRate": {"startGMT": 1770076800000, "value": 51}}, ["heart_rate"], None),
        ({"hrvData": [{"startGMT": 1770076800000, "value": "many"}, {"startGMT": 1770077100000, "value": 55.0}]},
         ["hrv"], "hrvData: 1 values that are none"),
        ({"hrvData": [{"value": 50}, {"startGMT": 1e40, "value": 51}, {"startGMT": 1770077100000, "value": 55.0}]},
         ["hrv"], "hrvData: 2 entries without a time"),
        ({"sleepStress": [{"startGMT": 1770077100000, "level": 5}]}, [], "sleepStress: 1 entries without value"),
        ({"sleepLevels": [{"startGMT": "2026-06-10T03:00:00.0", "activityLevel": 9}]},
         ["stages"], "sleepLevels: 1 stages that nothing here understands"),
        ({"sleepBodyBattery": ["x", 3, None]}, [], "sleepBodyBattery: entries that nothing here understands"),
        ({"dailyNapDTOS": "none"}, [], None),
    ],
)  # fmt: skip
def test_a_bad_entry_costs_itself_and_is_told(lists: Json, names: list[str], note: str | None) -> None:
    series, naps, notes = rows_of(page_of(**lists))

    assert (list(series), naps, notes) == (names, [], [note] if note else [])


# Stored


@pytest.mark.case("E02")
def test_a_second_sync_neither_doubles_nor_loses_a_sample(make: Make) -> None:
    make(days=1)
    night = whole_night(1, today())
    page = sleep_detail(night, ZoneInfo("Europe/Berlin"), 1, 7, with_series=True) if night else {}
    expected = {
        "stages": len(page["sleepLevels"]),
        "movement": len(page["sleepMovement"]),
        "spo2": len(page["wellnessEpochSPO2DataDTOList"]),
    }

    for full in (False, True):
        sync_within(since=ago(0), full=full)

        found = {name: len(one.columns["offset_s"]) for name, one in curves(ago(0), "night").items()}
        assert {name: found[name] for name in expected} == expected


def test_a_night_that_the_range_leaves_out_comes_with_its_curves_and_a_rebuild_makes_the_same_rows(make: Make) -> None:
    garmin = make(days=2, ranges_skip=["2026-07-09"])
    garmin.faults({"match": "hrv-service", "kind": "404"})
    sync("health", since=ago(1))
    [told] = Night.objects.values()
    sync_within(since=ago(1))
    assert list(Night.objects.filter(sleep_s__gt=0).values_list("date", flat=True)) == [today(), date(2026, 7, 9)]
    assert Night.objects.values().get(date=today()) == told
    assert len(asked(garmin, PAGE)) == 2
    before = dump()
    delete_all()
    garmin.reset_counts()

    runner.run(HurriedRun(), "rebuild", rebuild, RebuildOptions(), trigger="command")

    assert dump() == before
    assert set(Series.objects.values_list("kind", flat=True)) == {"day", "night"}
    assert garmin.stats()["total"] == 0


@pytest.mark.parametrize(
    ("of", "nothing"),
    [
        *((FILES, body) for body in ("null", "[]", " {}")),
        *((PAGE, body) for body in ("[null]", '{"dailySleepDTO": null}', EMPTY_PAGE)),
    ],
)
def test_a_day_that_garmin_has_nothing_of_is_no_failure(make: Make, of: str, nothing: str) -> None:
    garmin = make(days=2)
    garmin.faults({"match": of, "kind": "body", "body": nothing})

    assert sync_within().status == Status.COMPLETED


def test_what_garmin_refuses_of_two_days_was_never_used_and_is_asked_for_again_a_week_later(
    make: Make, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    garmin = make(days=40, basic=True)
    save_coverage(MONITORING.name, [ago(1)], Coverage.State.FAILED, "as before this was known")
    garmin.faults({"match": f"{FILES}|{PAGE}", "kind": "403"})

    def planned_and_sent(**options: Any) -> tuple[int, list[int]]:
        """By a run that has nothing to tell. A request or two are on their way when it becomes known."""
        call_command("syncgarmin", "health", "--plan", "--json")
        planned = json.loads(capsys.readouterr().out)["datasets"]
        garmin.reset_counts()
        job = sync_within(**options)
        assert (job.status, job.summary["missing"], job.summary["noticed"]) == (Status.COMPLETED, [], [])
        sent = [len(asked(garmin, part)) for part in (FILES, PAGE)]
        return planned.get("monitoring", 0) + planned.get("sleep_detail", 0), [2 if n in (3, 4) else n for n in sent]

    runs = [planned_and_sent(), planned_and_sent(), planned_and_sent(full=True)]
    call_command("coverage")
    here = capsys.readouterr().out
    clock(datetime.fromisoformat(FIXED_NOW) + timedelta(days=7, minutes=1))
    runs.append(planned_and_sent())

    assert runs[1:] == [(0, [0, 0]), (0, [2, 2]), (60, [2, 2])]
    assert runs[0][1] == [2, 2]
    assert here.endswith("monitoring files, nights in detail\n")
    assert states("monitoring") == states("sleep_detail") == {"": "empty"}
    garmin.faults()
    sync_within(full=True)
    assert states("sleep_detail")[ago(29)] == "present"


@pytest.mark.parametrize("days", [[0], [3, 5]])
def test_refusals_among_days_that_garmin_gives_are_failures_of_these_days(make: Make, days: list[int]) -> None:
    garmin = make(days=8, basic=True)
    garmin.faults(*({"match": f"{PAGE}.*date={ago(day)}", "kind": "403"} for day in days))

    job = sync_within(since=ago(7))

    assert (job.status, job.summary["failed"]) == (Status.FAILED, len(days))
    assert {day for day, state in states("sleep_detail").items() if state == "failed"} == {ago(day) for day in days}
