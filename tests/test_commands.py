"""The command line: what each command prints, and the code it ends with."""

import hashlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import execute_from_command_line
from django.db import connections
from django.utils import timezone

from garminsync.datasets import DATASETS, DayDataset
from garminsync.management.reports import bar_or_lines
from garminsync.models import Account, ApiToken, Coverage, Day, GarminToken
from garminsync.simulator import Simulator
from syncjobs.models import SyncJob
from syncjobs.run import Progress
from tests.conftest import Make
from tests.processes import CLONE, Home, wait_until
from tests.shared_home import shared_home

type Manage = Callable[..., tuple[int, str, str]]

JSON_KEYS = [
    "status", "job_type", "new", "changed", "unchanged", "failed", "requests",
    "start_time", "end_time", "error_message", "missing",
]  # fmt: skip


@pytest.fixture
def manage(transactional_db: None, capsys: pytest.CaptureFixture[str]) -> Manage:
    """Runs a command here: exit code, stdout, stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code: Any = 0
        try:
            execute_from_command_line(["manage.py", *words])
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        return code, out, err

    return run


# syncgarmin


TOMORROW_BUT_TWO = str(datetime.now(UTC).date() + timedelta(days=3))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--since", "2026-02-30"], "--since: must be a date of the calendar, such as 2026-01-31"),
        (["--since", ""], "--since: must be a date of the calendar, such as 2026-01-31"),
        (["--until", "yesterday"], "--until: must be a date of the calendar, such as 2026-01-31"),
        (["--since", "1767225600"], "--since: must be a date of the calendar, such as 2026-01-31"),
        (["--since", "1999-12-31"], "--since: must lie between 2000-01-01 and today"),
        (["--until", TOMORROW_BUT_TWO], "--until: must lie between 2000-01-01 and today"),
        (["--detail", "-1"], "--detail: '-1' is neither a number of days nor all."),
        (["--detail", "some"], "--detail: 'some' is neither a number of days nor all."),
        (["--detail", "1.5"], "--detail: '1.5' is neither a number of days nor all."),
        (["--detail", "٣"], "--detail: '٣' is neither a number of days nor all."),
        (["--detail", "9" * 5000], f"--detail: '{'9' * 5000}' is neither a number of days nor all."),
        (["--plan", "--since", "2026"], "--since: must be a date of the calendar, such as 2026-01-31"),
    ],
)
def test_a_bad_option_is_one_line_and_exit_2(manage: Manage, words: list[str], sentence: str) -> None:
    assert manage("syncgarmin", *words) == (2, "", f"{sentence}\n")
    assert not SyncJob.objects.exists()


def test_since_after_until_is_one_line_and_exit_2(manage: Manage) -> None:
    code, out, err = manage("syncgarmin", "--since", "2026-02-01", "--until", "2026-01-01")

    assert (code, out) == (2, "")
    assert re.fullmatch(r".*2026-02-01.*\n", err)


@pytest.mark.parametrize("words", [["nonsense"], ["--nonsense"], ["all", "health"], ["--since"], ["--json=1"]])
def test_what_the_command_does_not_know_is_exit_2(manage: Manage, words: list[str]) -> None:
    code, out, err = manage("syncgarmin", *words)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("manage.py syncgarmin: error: ")


def test_without_a_sign_in_it_ends_with_4(manage: Manage) -> None:
    said = "Not signed in to Garmin. Run: manage.py garminlogin\n"

    assert manage("syncgarmin") == (4, "", said)
    assert manage("syncgarmin", "--json") == (4, "", said)
    assert not SyncJob.objects.exists()


def test_a_sync_ends_with_0_and_a_summary(manage: Manage, signed_in: Simulator) -> None:
    code, out, err = manage("syncgarmin", "workouts")

    assert code == 0
    assert re.fullmatch(
        r"Completed: workouts in \d+\.\d s, \d\d requests to Garmin\.\n"
        r"new 16, changed 0, unchanged 0, failed 0\n",
        out,
    )
    assert re.fullmatch(r"\d+ of \d+: .*", err.splitlines()[-1])
    assert SyncJob.objects.get().trigger == "command"


def test_where_lines_are_printed_now_and_then_every_wait_is_said_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with bar_or_lines(quiet=False) as report:
        report(Progress(1, 9, "a night"))
        report(Progress(2, 9, "another"))
        report(Progress(2, 9, "too many requests; asking again in 10 s"))
        report(Progress(3, 9, "a third"))

    assert capsys.readouterr().err == "1 of 9: a night\n2 of 9: too many requests; asking again in 10 s\n"


def test_quiet_says_nothing_but_the_summary(manage: Manage, signed_in: Simulator) -> None:
    code, out, err = manage("syncgarmin", "workouts", "--quiet")

    assert (code, err) == (0, "")
    assert out.startswith("Completed: workouts in ")


def test_json_is_one_object_alone_on_stdout(manage: Manage, signed_in: Simulator) -> None:
    code, out, _ = manage("syncgarmin", "--json", "--detail", "0")

    found = json.loads(out)
    assert (code, out.count("\n"), list(found)) == (0, 1, JSON_KEYS)
    assert (found["status"], found["job_type"], found["error_message"]) == ("completed", "all", None)
    assert found["requests"] == signed_in.stats()["total"]
    assert found["new"] > 35
    assert (found["changed"], found["failed"], found["missing"]) == (0, 0, [])
    assert datetime.fromisoformat(found["start_time"]) <= datetime.fromisoformat(found["end_time"])


def test_what_could_not_be_fetched_is_named_and_the_end_is_1(manage: Manage, signed_in: Simulator) -> None:
    signed_in.faults({"match": "/workout-service/workouts", "kind": "errors"})

    code, out, err = manage("syncgarmin", "workouts", "--json", "--quiet")
    again, summary, _ = manage("syncgarmin", "workouts", "--quiet")

    found = json.loads(out)
    assert (code, found["status"], list(found)) == (1, "failed", JSON_KEYS)
    assert len(found["missing"]) == 1
    assert "workouts" in found["missing"][0]
    assert err == f"{found['error_message']}\n"
    assert again == 1
    assert f"missing: {found['missing'][0]}\n" in summary


def test_a_sign_in_that_dies_in_mid_run_ends_with_4(manage: Manage, signed_in: Simulator) -> None:
    signed_in.change(expire_tokens=True, revoke_refresh=True)

    code, out, err = manage("syncgarmin", "--quiet", "--json")

    assert (code, json.loads(out)["status"]) == (4, "failed")
    assert "Run: manage.py garminlogin" in err
    assert manage("syncgarmin")[0] == 4


def test_while_another_sync_runs_it_ends_with_3_and_says_what_and_how_far(manage: Manage, signed_in: Simulator) -> None:
    run = SyncJob.objects.start_sync("health").run
    SyncJob.objects.update_progress(run, done=1, total=4, details="")

    code, out, err = manage("syncgarmin", "--json")

    assert (code, out) == (3, "")
    assert re.fullmatch(
        r"Another sync is running: health, 25 % \(1 of 4\), "
        r"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(\d+ s ago\)\. Wait for it, or cancel it: .*\.\n",
        err,
    )
    assert SyncJob.objects.get().run == run
    assert signed_in.stats()["total"] == 0


def test_of_a_sync_that_seems_dead_it_says_when_it_will_be_free(manage: Manage, signed_in: Simulator) -> None:
    SyncJob.objects.start_sync("all")
    SyncJob.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=20))

    code, _, err = manage("syncgarmin")

    assert code == 3
    assert re.search(
        r"It has been silent for 2\d s; if it is dead, a new sync can start in (10|9|8) s\.\n$",
        err,
    )


def test_bad_usage_comes_before_a_running_sync_and_that_before_the_sign_in(manage: Manage) -> None:
    SyncJob.objects.start_sync("all")

    assert manage("syncgarmin", "--since", "x")[0] == 2
    assert manage("syncgarmin")[0] == 3


def test_a_cancel_ends_it_with_130(manage: Manage, signed_in: Simulator) -> None:
    signed_in.faults({"match": "/workout-service", "kind": "hang"})
    cancelled = threading.Event()

    def cancel() -> None:
        wait_until(lambda: signed_in.stats()["total"] and SyncJob.objects.request_cancel())
        cancelled.set()
        connections.close_all()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    code, out, err = manage("syncgarmin", "workouts", "--json", "--quiet")
    canceller.join()

    assert cancelled.is_set()
    assert (code, json.loads(out)["status"]) == (130, "cancelled")
    assert err == "Cancelled. What is stored stays; the next sync goes on.\n"


@pytest.mark.parametrize(
    ("number", "code", "status", "error"),
    [
        (signal.SIGINT, 130, "cancelled", None),
        (
            signal.SIGTERM,
            143,
            "failed",
            "The sync was stopped by SIGTERM; nothing stored was lost; start again.",
        ),
    ],
)
def test_a_signal_ends_it_with_an_honest_row(
    signed_in: Simulator, number: int, code: int, status: str, error: str | None
) -> None:
    signed_in.faults({"match": "/workout-service", "kind": "hang"})
    syncing = shared_home(GARMIN_API_URL=signed_in.url).start("syncgarmin", "workouts", "--json")
    wait_until(lambda: any("workout" in asked for asked in signed_in.stats()["requests"]))

    syncing.send_signal(number)
    began = time.monotonic()
    out, err = syncing.communicate(timeout=20)

    assert time.monotonic() - began < 4
    assert syncing.returncode == code
    assert (json.loads(out)["status"], json.loads(out)["error_message"]) == (status, error)
    assert "Traceback" not in err
    assert list(SyncJob.objects.values_list("status", "error_message")) == [(status, error)]


# syncgarmin --plan


@pytest.mark.parametrize("kind", ["all", "activities", "health", "workouts"])
def test_a_plan_asks_garmin_nothing_and_starts_nothing(manage: Manage, signed_in: Simulator, kind: str) -> None:
    code, out, err = manage("syncgarmin", kind, "--plan", "--json", "--since", "2026-01-01")

    found = json.loads(out)
    assert (code, err, list(found)[:3]) == (0, "", ["requests", "seconds", "datasets"])
    assert found["requests"] == sum(found["datasets"].values()) > 0
    assert signed_in.stats()["total"] == 0
    assert not SyncJob.objects.exists()
    assert not Coverage.objects.exists()


def test_a_plan_for_people_is_a_table(manage: Manage, signed_in: Simulator) -> None:
    code, out, err = manage("syncgarmin", "workouts", "--plan")

    assert (code, err) == (0, "")
    assert re.search(r"workouts +│ 2 ", out)
    assert re.search(r"\n\d requests, about 0.0 s. Nothing was asked of Garmin.\n", out)


def test_a_plan_of_a_first_run_says_what_it_cannot_know(manage: Manage) -> None:
    _, out, _ = manage("syncgarmin", "--plan", "--json")
    _, table, _ = manage("syncgarmin", "--plan")

    note, _, rest = table.partition("┏")
    assert json.loads(out)["note"] == note.rstrip("\n")
    assert note.splitlines() == [
        "This is a first run: nothing is known here about the account yet, so only the lists are counted.",
        "Give --since to see what the days of a time would cost.",
        "Each activity that is not known here yet costs one request more, for its file.",
        "Not signed in to Garmin. Run: manage.py garminlogin",
    ]
    assert re.search(r"│ account and watch +│ +\d+ ", rest)


def test_a_plan_comes_true(manage: Manage, signed_in: Simulator, settings: Any) -> None:
    settings.GARMINSYNC_RATE = 4
    plan = json.loads(manage("syncgarmin", "health", "--plan", "--json", "--since", "2026-11-01")[1])
    settings.GARMINSYNC_RATE = 0

    done = json.loads(manage("syncgarmin", "health", "--json", "--quiet", "--since", "2026-11-01")[1])

    assert abs(plan["seconds"] - plan["requests"] / 4) < 0.1
    # Whether this old watch has a feature only the answers tell: two more refusals, or two days of a dear source.
    features = [dataset for dataset in DATASETS if isinstance(dataset, DayDataset) and dataset.optional]
    assert plan["requests"] <= done["requests"] <= plan["requests"] + 2 * len(features)


def test_a_plan_is_shown_while_a_sync_runs(manage: Manage, signed_in: Simulator) -> None:
    SyncJob.objects.start_sync("all")

    assert manage("syncgarmin", "--plan")[0] == 0


@pytest.mark.parametrize("command", ["syncgarmin", "datasets"])
def test_a_command_tells_the_version_of_garminsync(manage: Manage, command: str) -> None:
    version = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]["version"]

    assert manage(command, "--version") == (0, f"{version}\n", "")


@pytest.mark.parametrize("command", ["rebuild", "problems"])
def test_a_dataset_that_is_none_is_answered_by_each_name_once(manage: Manage, command: str) -> None:
    code, out, err = manage(command, "--dataset", "hrvv")

    assert (code, out) == (2, "")
    assert err.count("running_tolerance") == 1


# apitoken


def test_apitoken_prints_the_token_alone_and_keeps_its_hash_only(manage: Manage) -> None:
    code, out, err = manage("apitoken", "grafana")

    token = out.removesuffix("\n")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"[\w-]{43}", token)
    row = ApiToken.objects.values().get()
    assert (row["name"], row["scope"]) == ("grafana", "read")
    assert row["sha256"] == hashlib.sha256(token.encode()).hexdigest()
    assert not any(token in str(value) for value in row.values())


def test_a_name_used_again_replaces_its_token_and_scope(manage: Manage) -> None:
    tokens = [manage("apitoken", *words)[1] for words in (["x"], ["x", "--scope", "sync"], ["y"])]

    assert len(set(tokens)) == 3
    assert set(ApiToken.objects.values_list("name", "scope")) == {("x", "sync"), ("y", "read")}
    assert not ApiToken.objects.filter(sha256=ApiToken.hash(tokens[0].strip())).exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "a\nb", "\udcff"])
def test_a_name_that_cannot_be_is_exit_2(manage: Manage, name: str) -> None:
    said = "NAME must be 1 to 64 printable characters.\n"

    assert manage("apitoken", name) == (2, "", said)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("words", [[], ["x", "--scope", "admin"], ["x", "y"]])
def test_apitoken_refuses_other_words(manage: Manage, words: list[str]) -> None:
    assert manage("apitoken", *words)[:2] == (2, "")
    assert not ApiToken.objects.exists()


def test_whoever_has_read_enough_ends_a_command_without_a_word(home: Home) -> None:
    process = home.start("datasets")
    assert process.stdout
    assert process.stderr

    process.stdout.close()

    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(20) == 141


# garminlogin --token-file


def token_file(folder: Path, token: str) -> Path:
    path = folder / "garmin_tokens.json"
    path.write_text(token)
    return path


def test_a_token_file_is_taken_over_and_stays_where_it_is(manage: Manage, garmin: Simulator, tmp_path: Path) -> None:
    token = garmin.token()
    path = token_file(tmp_path, token)

    code, out, err = manage("garminlogin", "--token-file", str(path))

    assert (code, err) == (0, "")
    assert out == "Signed in to Garmin as Mira Østergård. Next: manage.py syncgarmin\n"
    assert path.read_text() == token
    assert Account.objects.get().profile_id == 91_000_001
    assert GarminToken.objects.get().open() == token
    assert token.encode() not in bytes(GarminToken.objects.get().sealed)


def test_the_folder_of_a_token_file_will_do(manage: Manage, garmin: Simulator, tmp_path: Path) -> None:
    token_file(tmp_path, garmin.token())

    assert manage("garminlogin", "--token-file", str(tmp_path))[0] == 0


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"token", b"\xff\xfe", b'{"di_token": "x"}', b"9" * 5000]
)
def test_a_file_that_is_no_token_is_refused(manage: Manage, garmin: Simulator, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "token.json"
    path.write_bytes(content)

    code, out, err = manage("garminlogin", "--token-file", str(path))

    assert (code, out) == (1, "")
    assert re.fullmatch(rf"{path} (is no token file|cannot be read).*\n", err)
    assert garmin.stats()["total"] == 0
    assert not GarminToken.objects.exists()


@pytest.mark.parametrize("name", ["nothing.json", "no/such/folder", "x" * 300])
def test_a_missing_token_file_is_one_sentence(manage: Manage, tmp_path: Path, name: str) -> None:
    code, out, err = manage("garminlogin", "--token-file", str(tmp_path / name))

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"{name} cannot be read: " in err


def test_a_token_that_garmin_refuses_changes_nothing(manage: Manage, signed_in: Simulator, tmp_path: Path) -> None:
    before = GarminToken.objects.values().get()
    dead = token_file(tmp_path, signed_in.token())
    signed_in.change(expire_tokens=True, revoke_refresh=True)

    code, out, err = manage("garminlogin", "--token-file", str(dead))

    assert (code == 0, out) == (False, "")
    assert "Run: manage.py garminlogin" in err
    assert GarminToken.objects.values().get() == before


def test_another_persons_account_is_refused_and_nothing_mixes(
    manage: Manage, signed_in: Simulator, make_garmin: Make, tmp_path: Path
) -> None:
    manage("syncgarmin", "health", "--quiet", "--detail", "0")
    assert Day.objects.exists()
    before = [list(model._base_manager.values_list()) for model in (Account, GarminToken, Day)]
    other = make_garmin(days=3, profile_id=5, full_name="Somebody Else")

    code, out, err = manage("garminlogin", "--token-file", str(token_file(tmp_path, other.token())))

    assert (code, out) == (1, "")
    assert err == (
        "This is another person's Garmin account (Somebody Else); this home holds the data of "
        "Mira Østergård. Use another GARMINSYNC_HOME for it.\n"
    )
    assert [list(model._base_manager.values_list()) for model in (Account, GarminToken, Day)] == before


# garminlogin on a terminal


ON_A_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
import garminconnect.client.sso as sso
sso.MOBILE_DELAY_MIN_S = sso.MOBILE_DELAY_MAX_S = 0
from manage import main
sys.argv[0] = "manage.py"
main()
"""


def converse(home: Home, *answers: tuple[str, str]) -> tuple[int, str]:
    """garminlogin on a terminal of its own: answers what it is asked; the exit code and all that was seen."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, "garminlogin"],
        env=home.environment(),
        cwd=CLONE,
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    seen = b""

    def read() -> bytes:
        if not select.select([ours], [], [], 20)[0]:
            process.kill()
            process.wait()
            raise AssertionError(f"it says nothing more after {seen.decode()!r}")
        try:
            return os.read(ours, 4096)
        except OSError:  # the other end is closed
            return b""

    for prompt, typed in answers:
        while prompt.encode() not in seen.rpartition(b"\n")[2]:
            more = read()
            assert more, seen.decode()
            seen += more
        os.write(ours, typed.encode())
    while more := read():
        seen += more
    os.close(ours)
    return process.wait(20), seen.decode()


def test_without_a_terminal_signing_in_says_what_needs_none(home: Home) -> None:
    done = home.run("garminlogin")

    said = "Sign-in asks on a terminal; --token-file needs none. Nothing was changed.\n"
    assert (done.returncode, done.stderr) == (130, said)


EMAIL, PASSWORD, CODE = "Garmin e-mail: ", "Garmin password: ", "Code that Garmin sent you: "


def test_signing_in_with_a_password_that_nobody_sees(home: Home, garmin: Simulator) -> None:
    home.env["GARMIN_API_URL"] = garmin.url

    code, seen = converse(home, (EMAIL, "runner@example.test\n"), (PASSWORD, "correct horse\n"))

    assert code == 0, seen
    assert seen.endswith("Signed in to Garmin as Mira Østergård. Next: manage.py syncgarmin\r\n")
    assert "correct horse" not in seen
    assert home.sql("SELECT profile_id FROM garminsync_account") == [(91_000_001,)]
    assert garmin.service.signin.counts["logins"] == 1


def test_signing_in_with_a_code(home: Home, make_garmin: Make) -> None:
    home.env["GARMIN_API_URL"] = make_garmin(days=3, mfa_code="123456").url

    code, seen = converse(home, (EMAIL, "runner@example.test\n"), (PASSWORD, "correct horse\n"), (CODE, "123456\n"))

    assert code == 0, seen
    assert "Signed in to Garmin as Mira Østergård." in seen


@pytest.mark.parametrize(
    ("mfa", "answers", "code", "sentence"),
    [
        (None, [(EMAIL, "x@y\n"), (PASSWORD, "wrong\n")], 4, "Garmin does not know this e-mail and password."),
        (
            "1",
            [(EMAIL, "runner@example.test\n"), (PASSWORD, "correct horse\n"), (CODE, "2\n")],
            4,
            "Garmin did not accept the code; start again.",
        ),
        (None, [(EMAIL, "\n"), (PASSWORD, "\n")], 1, "An e-mail and a password are needed."),
        (None, [(EMAIL, "x@y\n"), (PASSWORD, "\x03")], 130, "Sign-in was cut short. Nothing was changed."),
    ],
)
def test_a_sign_in_that_fails_says_why_and_changes_nothing(
    home: Home,
    make_garmin: Make,
    mfa: str | None,
    answers: list[tuple[str, str]],
    code: int,
    sentence: str,
) -> None:
    home.env["GARMIN_API_URL"] = make_garmin(days=3, mfa_code=mfa).url

    ended, seen = converse(home, *answers)

    assert (ended, sentence in seen, "Traceback" in seen) == (code, True, False), seen
    assert home.sql("SELECT count(*) FROM garminsync_garmintoken") == [(0,)]


# simulator


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--port", "PORT"], "Port PORT cannot be used: another program uses it.\n"),
        (["--port", "99999"], "Port 99999 cannot be used: "),
        (["--days", "-1"], "These options cannot be: "),
        (["--time-zone", "Europe/Atlantis"], "These options cannot be: "),
        (["--now", "noon"], "These options cannot be: "),
    ],
)
def test_a_simulator_that_cannot_be_is_one_sentence_and_exit_1(
    manage: Manage, garmin: Simulator, words: list[str], sentence: str
) -> None:
    port = garmin.url.rpartition(":")[2]

    code, out, err = manage("simulator", *(word.replace("PORT", port) for word in words))

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(sentence.replace("PORT", port))
