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

from garminsync.datasets import ACTIVITIES, ACTIVITY_FILES, DAILY, DATASETS, SLEEP, WORKOUTS, ItemDataset, Rows
from garminsync.fit import Recording, read_recording
from garminsync.simulator import Options
from garminsync.simulator.account import Account
from garminsync.simulator.activity_answers import list_item
from garminsync.simulator.nested_summaries import nested_day
from garminsync.simulator.sleep_answers import stats_line
from garminsync.simulator.sleep_detail import sleep_detail
from garminsync.simulator.workouts import library
from tests import fit_builder as fit
from tests.processes import CLONE
from tests.recorded.answers import SCHEMAS, reader_of
from tests.recorded.report import NO_READER, Recordings, report

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
        (nothing, "daily_flat; rows 0, values kept 0, lost 3; LOST: steps: 8123"),
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


def test_every_dataset_of_days_has_schemas_to_compare_with() -> None:
    assert set(SCHEMAS) == {dataset.name for dataset in DATASETS if not isinstance(dataset, ItemDataset)}


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
