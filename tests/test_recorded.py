"""What `make test-recorded` says of a folder of recordings: values invented, shapes as recorded."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from garminsync.datasets import (
    ACTIVITIES,
    ACTIVITY_FILES,
    DAILY,
    DATASETS,
    SLEEP,
    SLEEP_DETAIL,
    WEIGHT,
    WORKOUTS,
    DayDataset,
    ListDataset,
    Rows,
    SnapshotDataset,
)
from garminsync.fit import Recording, read_recording
from garminsync.models import Series
from garminsync.schemas.answers import write_json
from garminsync.simulator import Options
from garminsync.simulator.account import Account
from garminsync.simulator.activity_answers import list_item
from garminsync.simulator.nested_summaries import nested_day
from garminsync.simulator.sleep_answers import stats_line
from garminsync.simulator.sleep_detail import sleep_detail
from garminsync.simulator.workouts import library
from tests import fit_builder as fit
from tests.processes import CLONE
from tests.recorded.answers import check_answer
from tests.recorded.readers import Reader, reader_of
from tests.recorded.report import NO_READER, Recordings, report
from tests.recorded.simulated import simulated
from tests.recorded.table import tables

FLAT = "usersummary-service__usersummary__daily"
PAGE = "wellness-service__wellness__dailySleepData__NAME"
LIST = "activitylist-service__activities__search__activities"
DAY = {
    **{"calendarDate": "2026-02-03", "totalSteps": 8123, "totalDistanceMeters": 6021, "restingHeartRate": 52},
    **{"averageStressLevel": -1, "averageSpo2": None, "bodyBatteryChargedValue": 40, "includesWellnessData": True},
}
ITEM = {"activityId": 90000000001, "activityName": "Loop", "activityType": {"typeKey": "running"}, "distance": 5000.5}

NIGHT = {"calendarDate": "2026-02-04", "sleepTimeSeconds": 26400}


@pytest.fixture
def recorded(tmp_path: Path) -> Callable[..., Path]:
    """Writes recordings, by their place in the folder: bytes as they are, all else as JSON."""

    def write(files: dict[str, Any]) -> Path:
        for place, content in files.items():
            path = tmp_path / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return tmp_path

    return write


def told(recordings: Recordings, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = report(recordings)
    return code, capsys.readouterr().out.splitlines()


def test_a_line_tells_of_each_file_what_is_kept(
    recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = recorded({f"json/{FLAT}/a.json": DAY, f"json/{LIST}/b.json": [ITEM], "fit/run.fit": fit.run(4)})

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert lines == [
        f"json/{LIST}/b.json: activities; rows 1, values kept 4, lost 0",
        f"json/{FLAT}/a.json: daily_flat; rows 1, values kept 5, lost 0",
        "fit/run.fit: activity_file; rows 6, values kept 16, lost 0",
        "3 files, 3 of them read: 25 values kept, 0 lost; 0 crashed.",
    ]


def test_what_nothing_reads_yet_or_is_no_answer_is_named_and_does_not_fail(
    recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    index = f"file\tmethod\trequest\tstatus\njson/{FLAT}/no.json\tGET\t/x\t404\njson/{LIST}/put.json\tPUT\t/x\t200\n"
    folder = recorded(
        {
            "json/activity-service__activity__ID/a.json": {"activityId": 1},
            f"json/{FLAT}/no.json": {"error": "NotFound"},
            f"json/{FLAT}/notes.txt": b"mine",
            f"json/{LIST}/put.json": {},
            "json/lonely.json": {},
            "INDEX.tsv": index.encode(),
            "README.md": b"",
        }
    )

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert lines == [
        f"json/activity-service__activity__ID/a.json: {NO_READER}",
        f"json/{LIST}/put.json: answer to a PUT, which is never sent",
        "json/lonely.json: no recorded answer, not looked at",
        f"json/{FLAT}/no.json: refused with 404, nothing to read",
        f"json/{FLAT}/notes.txt: no recorded answer, not looked at",
        "5 files, 0 of them read: 0 values kept, 0 lost; 0 crashed.",
    ]


@pytest.mark.parametrize(
    ("place", "content", "told_of_it"),
    [
        (FLAT, b"", "rows 0, values kept 0, lost 0"),
        (FLAT, None, "rows 0, values kept 0, lost 0"),
        (FLAT, b"<html>", "lost 0; problems: Garmin answered with a web page"),
        (FLAT, b'{"calendar', "lost 0; problems: Garmin answered with no whole JSON"),
        (FLAT, b"[" * 100_000, "lost 0; problems: Garmin answered with no whole JSON"),
        (FLAT, {"totalSteps": 5}, "lost 0; problems: item 0 has no date"),
        (FLAT, {**DAY, "totalSteps": "many"}, "rows 1, values kept 4, lost 0; problems: steps: "),
        (FLAT, {**DAY, "totalSteps": 2**70}, "rows 1, values kept 4, lost 0; problems: steps: "),
        (FLAT, {"calendarDate": "2019-01-01", "dailyStepGoal": 7500}, "rows 0, values kept 0, lost 0"),
        (LIST, {"error": "no list"}, "lost 0; problems: an answer that is no list"),
        (LIST, [ITEM, {"distance": 1}, None], "rows 1, values kept 4, lost 0; problems: item 1: activityId: "),
        (LIST, [{**ITEM, "activityName": "\0a\ud800b"}], "rows 1, values kept 4, lost 0"),
        (
            PAGE,
            {"dailySleepDTO": {"calendarDate": "2026-02-04"}, "restingHeartRate": 50},
            "rows 0, values kept 0, lost 0",
        ),
    ],
)
def test_what_is_not_sound_has_a_reason_and_does_not_fail(
    place: str, content: Any, told_of_it: str, recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = recorded({f"json/{place}/a.json": content})

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert told_of_it in lines[0]


@pytest.mark.parametrize(
    ("place", "content", "kept"),
    [
        (LIST, [{**ITEM, "maxRunningCadenceInStepsPerMinute": None, "maxBikingCadenceInRevPerMinute": 88.0}], 5),
        (PAGE, {"dailySleepDTO": {**NIGHT, "avgHeartRate": None, "averageSpO2HRSleep": 50.0}}, 3),
    ],
)
def test_a_value_that_stands_behind_a_null_under_its_other_name_is_kept(
    place: str, content: Any, kept: int, recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = recorded({f"json/{place}/a.json": content})

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert f"rows 1, values kept {kept}, lost 0" in lines[0]


def changed(part: Any, notes: list[str], **columns: object) -> Rows:
    return {model: [{**row, **columns} for row in rows] for model, rows in DAILY.read(part, notes).items()}


def without_steps(part: Any, notes: list[str]) -> Rows:
    return changed(part, notes, steps=None)


def with_other_steps(part: Any, notes: list[str]) -> Rows:
    return changed(part, notes, steps=12)


def with_zero_for_nothing(part: Any, notes: list[str]) -> Rows:
    return changed(part, notes, spo2_avg_percent=0.0)


def nothing(part: Any, notes: list[str]) -> Rows:
    return {}


def crashing(part: Any, notes: list[str]) -> None:
    raise KeyError("totalSteps")


@pytest.mark.parametrize(
    ("read", "told_of_it"),
    [
        (without_steps, "daily_flat; rows 1, values kept 4, lost 1; LOST: steps: None, not 8123"),
        (with_other_steps, "daily_flat; rows 1, values kept 4, lost 1; LOST: steps: 12, not 8123"),
        (with_zero_for_nothing, "LOST: spo2_avg_percent: 0.0, which the answer does not have"),
        (nothing, "daily_flat; rows 0, values kept 0, lost 4; LOST: steps: 8123"),
        (crashing, "not read; CRASHED: KeyError: 'totalSteps'"),
    ],
)
def test_a_reader_that_loses_or_crashes_fails_and_the_others_are_still_told(
    read: Any, told_of_it: str, recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = recorded({f"json/{FLAT}/a.json": DAY, f"json/{PAGE}/b.json": {}})
    datasets = (replace(DAILY, read=read), SLEEP)

    code, lines = told(Recordings(folder, datasets), capsys)

    assert code == 1
    assert told_of_it in lines[0]
    assert "sleep_page; rows 0, values kept 0, lost 0" in lines[1]


ACCOUNT = Account(Options(now="2026-07-10T15:30:00Z", days=60, activities=12))
LAST_DAY = date(2026, 7, 9)


def spoilt(dataset: Any, change: Callable[[Rows], Rows]) -> Any:
    return replace(dataset, read=lambda part, notes: change(dataset.read(part, notes)))


def without(column: str) -> Callable[[Rows], Rows]:
    return lambda rows: {model: [{**row, column: None} for row in some] for model, some in rows.items()}


@pytest.mark.parametrize("payload", sorted(tables()))
def test_nothing_of_a_simulated_answer_is_lost_and_all_of_its_paths_are_known(payload: str) -> None:
    finding = check_answer(*simulated(payload, ACCOUNT, LAST_DAY))

    assert (finding.lost, finding.problems, finding.no_column) == ([], [], [])
    assert finding.kept > 0


@pytest.mark.parametrize("payload", sorted(tables()))
def test_whatever_column_a_reader_forgets_is_told(payload: str) -> None:
    answer, reader = simulated(payload, ACCOUNT, LAST_DAY, most=28)
    dataset, known = reader.dataset, {one.column for part in tables()[payload].sections for one in part.filled}
    rows = [row for some in made_of(answer, reader).values() for row in some]
    columns = {column for row in rows for column, value in row.items() if value not in (None, "")} & known
    columns -= {table.owner for table in dataset.tables}

    told = {
        column
        for column in columns
        if check_answer(answer, replace(reader, dataset=spoilt(dataset, without(column)))).lost
    }

    assert columns
    assert told == columns


def made_of(answer: bytes, reader: Reader) -> Rows:
    found: Rows = {}
    for part in reader.parts(json.loads(answer)):
        kept = [part] if reader.of_days and reader.of_days.many else part
        for model, rows in reader.dataset.make(
            reader.key_of(part) or "", {reader.source: write_json(kept)}
        ).rows.items():
            found.setdefault(model, []).extend(rows)
    return found


def test_a_weigh_in_that_gets_no_row_of_its_own_is_lost(
    recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    twice = [{"samplePk": pk, "calendarDate": "2026-02-03", "weight": 60500.0, "bmi": None} for pk in (11, 12)]
    summary = {"summaryDate": "2026-02-03", "allWeightMetrics": twice}
    folder = recorded({"json/weight-service__weight__range__DATE__DATE/a.json": {"dailyWeightSummaries": [summary]}})
    only_one = spoilt(WEIGHT, lambda rows: {model: some[:1] for model, some in rows.items()})

    assert told(Recordings(folder), capsys)[0] == 0
    code, lines = told(Recordings(folder, [only_one]), capsys)

    assert code == 1
    assert "weight; rows 1, values kept 3, lost 1; LOST: 12: weight_kg: 60.5" in lines[0]


@pytest.mark.parametrize("payload", ["hrv", "training_status", "activities", "weight", "endurance_stats"])
def test_an_entry_that_is_overlooked_when_an_answer_is_taken_apart_is_lost(payload: str) -> None:
    answer, reader = simulated(payload, ACCOUNT, LAST_DAY)
    all_parts = reader.parts

    finding = check_answer(answer, replace(reader, parts=lambda found: list(all_parts(found))[1:]))

    assert finding.lost


def moved(rows: Rows) -> Rows:
    hour = timedelta(hours=1)
    return {Series: [{**row, "start": row["start"] + hour} for row in rows[Series]]}


@pytest.mark.parametrize("change", [moved, lambda rows: {}])
def test_curves_that_are_moved_or_lost_fail(change: Callable[[Rows], Rows]) -> None:
    answer, reader = simulated("sleep_page", ACCOUNT, LAST_DAY)

    finding = check_answer(answer, replace(reader, others=(spoilt(SLEEP_DETAIL, change),)))

    curves = [lost for lost in finding.lost if " points, " in lost]
    assert len(curves) == 10
    assert curves[0].startswith("stages: 0 of ")


def test_a_new_path_is_named_and_does_not_fail(
    recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    new = {**DAY, "pulseWaveVelocity": 7.1, "rule": {"typeId": 2, "colour": "red"}, "bodyBatteryActivityEventList": []}
    folder = recorded({f"json/{FLAT}/a.json": new, f"json/{LIST}/b.json": [{**ITEM, "sparks": [{"n": 1}, {"n": 2}]}]})

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert lines[:2] == [
        f"json/{LIST}/b.json: activities; rows 1, values kept 4, lost 0; no column: [].sparks[].n",
        f"json/{FLAT}/a.json: daily_flat; rows 1, values kept 5, lost 0; no column: pulseWaveVelocity | rule.colour",
    ]


@pytest.mark.parametrize(
    ("length", "unit", "kept"),
    [(25.0, "meter", 5), (2500.0, "meter", 5), (25.0, "yard", 5), (0.0, "meter", 4), (33.3, None, 5)],
)
def test_a_pool_is_compared_in_metres(
    length: float, unit: str | None, kept: int, recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    swum = {**ITEM, "poolLength": length, "unitOfPoolLength": {"unitKey": unit}}
    folder = recorded({f"json/{LIST}/a.json": [swum]})

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert f"rows 1, values kept {kept}, lost 0" in lines[0]


def losing(**changes: Any) -> Callable[[bytes], Recording]:
    return lambda content: replace(read_recording(content), **changes)


def with_another_pulse(content: bytes) -> Recording:
    recording = read_recording(content)
    recording.samples["heart_rate_bpm"][2] = None
    return recording


def with_shifted_times(content: bytes) -> Recording:
    recording = read_recording(content)
    recording.samples["offset_s"][3] = 4
    return recording


@pytest.mark.parametrize(
    ("content", "read", "lost"),
    [
        (fit.run(4), losing(laps=[]), "0 of 1 lap messages"),
        (fit.run(4), losing(sessions=[]), "0 of 1 session messages"),
        (fit.run(4), losing(samples={"offset_s": [0, 1, 2]}), "3 of 4 record messages"),
        (fit.run(4), with_another_pulse, "record.heart_rate_bpm: None, not 102 in record 2 (1 in all)"),
        (fit.run(4), with_shifted_times, "record.offset_s: 4, not 2026-07-01 06:00:03+00:00 in record 3 (1 in all)"),
        (fit.zipped(("1.fit", fit.run(4))), losing(laps=[]), "0 of 1 lap messages"),
        (fit.run(4)[:-9], losing(problems=[]), "damaged, and no reason is told"),
        (b"<html>", losing(problems=[]), "not FIT, and no reason is told"),
    ],
)
def test_a_file_that_lost_something_fails(
    content: bytes, read: Any, lost: str, recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = recorded({"fit/run.fit": content})

    code, lines = told(Recordings(folder, read=read), capsys)

    assert code == 1
    assert f"LOST: {lost}" in lines[0]


def test_a_value_of_an_app_that_is_lost_fails(
    recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = fit.file_of(fit.developer(0) + fit.described(0, "sweat") + fit.developer_record(0, 90, 7))
    folder = recorded({"fit/app.fit": file})

    assert told(Recordings(folder), capsys)[0] == 0
    code, lines = told(Recordings(folder, read=losing(samples={"offset_s": [0], "heart_rate_bpm": [90]})), capsys)

    assert code == 1
    assert "LOST: sweat: [], not 7 in record 0 (1 in all)" in lines[0]


@pytest.mark.parametrize(
    ("content", "told_of_it"),
    [
        (fit.run(4)[:-9], "problems: file cut short, or its size is wrong"),
        (fit.run(4) + b"\0", "problems: extra bytes after the end"),
        (b"", "problems: the file is empty"),
        (b"<html>", "problems: not a FIT, GPX or TCX file"),
        (b"<gpx></gpx>", "problems: gpx, kept and not read"),
        (fit.zipped(), "problems: the zip is empty"),
    ],
)
def test_a_damaged_file_has_a_reason_and_does_not_fail(
    content: bytes, told_of_it: str, recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = recorded({"fit/x.fit": content, "json/download-service__files__activity__ID/x.zip": content})

    code, lines = told(Recordings(folder), capsys)

    assert code == 0
    assert all("lost 0" in line and told_of_it in line for line in lines[:2])


def test_all_forms_of_a_simulated_account_lose_nothing(
    recorded: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    account = Account(Options(now="2026-07-10T15:30:00Z", days=20, activities=9))
    days = [date(2026, 7, 10) - timedelta(days=back) for back in range(20)]
    nights = [night for day in days if (night := account.night(day))]
    flat = {f"json/{FLAT}/{day}.json": account.flat(day) for day in days}
    stats = {"individualStats": [stats_line(night, account.zone) for night in nights]}
    folder = recorded(
        flat
        | {
            "json/usersummary-service__v2__dailysummaries/a.json": {"data": [*map(nested_day, flat.values())]},
            "json/sleep-service__stats__sleep__daily__DATE__DATE/a.json": stats,
            "json/sleep-service__sleep__dailySleepData/a.json": sleep_detail(
                nights[0], account.zone, 1, 7, with_series=True
            ),
            f"json/{LIST}/a.json": [list_item(activity, account.options) for activity in account.activities()],
            "json/workout-service__workouts/a.json": library(account),
        }
    )

    code, lines = told(Recordings(folder), capsys)

    assert [line for line in lines if "LOST" in line or "CRASH" in line] == []
    assert (code, len(lines)) == (0, 26)
    assert not [line for line in lines[:-1] if "problems" in line or "rows 0" in line]


@pytest.mark.parametrize(
    ("folder", "source"),
    [
        (FLAT, "daily_flat"),
        (f"{FLAT}__NAME", "daily_flat"),
        ("usersummary-service__v2__dailysummaries", "daily_v2"),
        (PAGE, "sleep_page"),
        ("sleep-service__sleep__dailySleepData", "sleep_page"),
        ("sleep-service__stats__sleep__daily__DATE__DATE", "sleep_stats"),
        ("sleep-service__stats__sleep__daily__2026-02-03__2026-02-04", "sleep_stats"),
        ("sleep-service__stats__sleep__daily__DATE__52", None),
        (LIST, ACTIVITIES.name),
        ("workout-service__workouts", WORKOUTS.name),
        ("download-service__files__activity__ID", ACTIVITY_FILES.name),
        ("workout-service__workout__ID", None),
        ("usersummary-service__usersummary__hydration__log", None),
        ("nobody__knows", None),
    ],
)
def test_a_folder_is_read_by_the_source_whose_address_it_is(folder: str, source: str | None) -> None:
    reader = reader_of(folder, DATASETS)

    assert (reader and reader.source) == source


def test_the_tables_name_every_column_but_the_key_and_no_other() -> None:
    filled = {"Series": {"kind", "key", "name", "start", "columns"}}
    known = dict(filled)
    for table in tables().values():
        for section in table.sections:
            named = {one.column for one in section.filled} | section.made
            known[section.model] = known.get(section.model, set()) | named
    for dataset in DATASETS:
        for target in dataset.tables if tables().keys() & {*dataset.read_from} or dataset is SLEEP_DETAIL else ():
            columns = {column.attname for column in target.model._meta.concrete_fields}
            unnamed = columns ^ known[target.model.__name__]

            assert unnamed <= {target.owner, "index", *target.fixed}, target.model


def test_every_answer_that_is_kept_by_itself_has_a_table() -> None:
    kinds = DayDataset | ListDataset | SnapshotDataset
    kept = {name for dataset in DATASETS if isinstance(dataset, kinds) for name in dataset.payloads}

    assert set(tables()) == kept, "to be written in tests/recorded/paths/"


def test_the_command_says_in_one_sentence_that_there_is_nothing(tmp_path: Path) -> None:
    missing = run_command(tmp_path / "missing")
    empty = run_command(tmp_path)

    assert missing == (2, "", f"There is no folder {tmp_path}/missing.\n")
    assert empty == (2, "", f"There are no recordings in {tmp_path}: neither json/ENDPOINT/*.json nor fit/*.\n")


def test_the_command_tells_any_text_to_any_terminal(recorded: Callable[..., Path]) -> None:
    folder = recorded({f"json/{FLAT}/a.json": {**DAY, "totalSteps": "vi\u00e9l\ud800"}})

    code, out, err = run_command(folder)

    assert (code, err) == (0, "")
    assert "problems: steps: " in out


def run_command(folder: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.recorded", str(folder)],
        cwd=CLONE,
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def test_cases_are_found_wherever_a_mark_stands(tmp_path: Path) -> None:
    file = tmp_path / "test_marked.py"
    file.write_text(
        "import pytest\n"
        "TABLE = [pytest.param(1, marks=pytest.mark.case('A02')), 2]\n"
        "@pytest.mark.case('A01', 'B07')\n"
        "def test_one(): '''not mark.case('A09')'''\n"
        "@pytest.mark.parametrize('x', TABLE)\n"
        "def test_two(x): ...\n"
        "@pytest.mark.parametrize('x', [pytest.param(')', marks=[pytest.mark.case('A01'), pytest.mark.case('A03')])])\n"
        "def test_three(x): ...\n"
    )

    code = f"from pathlib import Path; from tests.cases import by_case; print(by_case([Path({str(file)!r})]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=CLONE, capture_output=True, text=True, timeout=60)

    one, two, three = (f"test_marked.py::test_{name}" for name in ("one", "two", "three"))
    assert done.stdout == f"{ {'A01': [one, three], 'B07': [one], 'A02': [two], 'A03': [three]} }\n", done.stderr
