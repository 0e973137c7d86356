"""The home: made once, for its owner alone; and what is said when it, or its database, cannot be used."""

import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from garminsync import settings as real_settings
from tests.processes import CLONE, Home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(home: Home, *words: str) -> str:
    """The one sentence that a command ends with."""
    done = home.run(*words)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_a_new_home_is_for_its_owner_alone_and_its_key_is_made_once(home: Home) -> None:
    home.path.mkdir(mode=0o755)
    assert home.run("signinlink").returncode == 0
    key = (home.path / "key").read_bytes()

    again = home.run("apitoken", "x")

    assert (mode(home.path), mode(home.path / "key")) == (0o700, 0o600)
    assert (home.path / "key").read_bytes() == key
    assert len(key) == 44
    assert key.decode() not in again.stdout + again.stderr


def test_a_relative_home_lies_in_the_working_folder(home: Home) -> None:
    home.env["GARMINSYNC_HOME"] = "some/where"

    assert home.run("signinlink").returncode == 0

    assert mode(home.path.parent / "some" / "where") == 0o700
    assert mode(home.path.parent / "some" / "where" / "key") == 0o600


@pytest.mark.parametrize("place", ["file", "file/home", "/proc/home", "x" * 300])
def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    home = Home(tmp_path / "home", env={"GARMINSYNC_HOME": str(tmp_path / place)})

    said = refusal(home, "syncgarmin")

    assert said.startswith(f"garminsync cannot write to its home {tmp_path / place} as user ")
    assert said.endswith("Give that user the right to write there, or set GARMINSYNC_HOME to another folder.")


@pytest.mark.parametrize("content", ["", "garbage", "A" * 44, "\xff"])
def test_a_broken_key_is_one_sentence_and_stays_as_it_is(tmp_path: Path, content: str) -> None:
    home = Home(tmp_path / "home")
    home.path.mkdir()
    (home.path / "key").write_text(content, encoding="latin-1")

    said = refusal(home, "syncgarmin")

    assert said == f"{home.path}/key is no key of garminsync. Put the right file back, or remove it and sign in again."
    assert (home.path / "key").read_text(encoding="latin-1") == content


def test_8_first_commands_at_once_make_one_key_and_one_schema(home: Home) -> None:
    kinds: list[tuple[int, list[str]]] = [
        (0, ["migrate", "--verbosity", "0"]),
        (0, ["signinlink"]),
        (0, ["syncgarmin", "--plan", "--json"]),
        (4, ["syncgarmin"]),
        (1, ["garminlogin", "--token-file", "nothing.json"]),
    ]
    commands = kinds + [(0, ["apitoken", f"program {number}"]) for number in range(3)]

    running = [(code, home.start(*words)) for code, words in commands]
    ended = [(code, process.communicate(timeout=100), process.returncode) for code, process in running]

    for code, (_, err), returned in ended:
        assert returned == code, err
        assert not re.search("Traceback|locked|exists|duplicate", err)
    assert sorted(path.name for path in home.path.glob("key*")) == ["key"]
    assert home.sql("SELECT app, name FROM django_migrations GROUP BY app, name HAVING count(*) > 1") == []
    assert home.sql("SELECT count(*) FROM garminsync_apitoken") == [(3,)]
    assert home.sql("SELECT username FROM auth_user") == [("owner",)]
    if not home.database_url:
        assert home.sql("PRAGMA journal_mode") == [("wal",)]


@pytest.mark.parametrize("words", [["syncgarmin"], ["migrate"], ["apitoken", "x"]])
def test_a_database_newer_than_the_code_is_refused(
    transactional_db: None, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    MigrationRecorder(connection).record_applied("garminsync", "9999_later")

    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["manage.py", *words])

    MigrationRecorder(connection).record_unapplied("garminsync", "9999_later")
    assert end.value.code == 1
    assert capsys.readouterr().err == (
        "The database is newer than this code (it has garminsync.9999_later). Update the code, "
        "or put the backup that was made before the upgrade in its place.\n"
    )


@pytest.mark.parametrize("words", [["syncgarmin"], ["signinlink"], ["garminlogin"]])
def test_a_missing_migration_is_one_sentence(
    transactional_db: None, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    MigrationRecorder(connection).record_unapplied("syncjobs", "0001_initial")

    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["manage.py", *words])

    MigrationRecorder(connection).record_applied("syncjobs", "0001_initial")
    assert end.value.code == 1
    assert capsys.readouterr().err == (
        "The database must be upgraded first (migrations missing: 1). "
        "Run: manage.py migrate (a backup is made before).\n"
    )


def test_migrate_keeps_a_copy_of_an_older_database_beside_it(home: Home) -> None:
    assert home.run("signinlink").returncode == 0
    assert home.run("migrate", "syncjobs", "zero", "--verbosity", "0").stdout == ""  # nothing is missing: no copy

    done = home.run("migrate", "--verbosity", "0")

    assert done.returncode == 0
    assert home.sql("SELECT * FROM syncjobs_syncjob") == []
    copies = list(home.path.glob("garminsync.sqlite3.before-*"))
    if home.database_url:
        assert copies == []
        return
    assert done.stdout == f"Kept a copy of the database as it was: {copies[0]}\n"
    with closing(sqlite3.connect(home.path / "garminsync.sqlite3")) as newer:
        newer.execute("UPDATE django_migrations SET name = '9999_later' WHERE name = '0001_initial'")
        newer.commit()
    assert f"before the upgrade in its place: {copies[0]}.\n" in home.run("signinlink").stderr
    assert [mode(copy) for copy in copies] == [0o600]
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("SELECT username FROM auth_user").fetchall() == [("owner",)]
        assert copy.execute("SELECT name FROM sqlite_master WHERE name = 'syncjobs_syncjob'").fetchall() == []


@pytest.mark.parametrize("words", [["syncgarmin"], ["migrate"], ["signinlink"]])
def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path, words: list[str]) -> None:
    home = Home(tmp_path / "home")
    home.path.mkdir()
    (home.path / "garminsync.sqlite3").write_text("This is a letter, not a database.")

    # With warnings as errors Python complains, at some time or other, of the connection that Django leaves open.
    command = [sys.executable, str(CLONE / "manage.py"), *words]
    done = subprocess.run(command, env=home.environment(), capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database cannot be used: file is not a database. ")
    assert done.stderr.count("\n") == 1
    assert (home.path / "garminsync.sqlite3").read_text() == "This is a letter, not a database."


@pytest.mark.parametrize("words", [["syncgarmin"], ["migrate"]])
def test_a_server_that_does_not_answer_is_one_sentence_without_the_password(tmp_path: Path, words: list[str]) -> None:
    said = refusal(Home(tmp_path / "home", "postgresql://me:geheim@127.0.0.1:1/none"), *words)

    assert said.startswith("The database cannot be used: ")
    assert "geheim" not in said


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "foo://x",
        "mysql://me:geheim@host/name",
        "oracle://x",
        "postgresql://",
        "postgresql://me:geheim@host",
        "postgresql://me:geheim@host:port/name",
        "postgresql://[::1/name",
        "sqlite://:memory:",
        "sqlite:///",
    ],
)
def test_a_database_url_that_cannot_be_is_one_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(SystemExit) as end:
        real_settings._database()

    assert str(end.value) == (
        "DATABASE_URL is not understood. Use postgresql://USER:PASSWORD@HOST/NAME, or leave it out."
    )


@pytest.mark.parametrize("text", ["abc", "-1", "nan", "inf", "-inf", "1e999", "4,5", "٣ x"])
def test_a_rate_that_is_no_number_is_one_sentence(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("GARMINSYNC_RATE", text)

    with pytest.raises(SystemExit) as end:
        real_settings._number("GARMINSYNC_RATE", default=4, least=0)

    assert str(end.value) == (f"GARMINSYNC_RATE must be a number, 0 or more, not {text!r}. Change it, or leave it out.")


@pytest.mark.parametrize(
    ("name", "text"), [("GARMINSYNC_RATE", "abc"), ("SYNCJOBS_LEASE_S", "0"), ("GARMIN_API_URL", "localhost")]
)
def test_a_bad_environment_ends_a_command_with_one_sentence(tmp_path: Path, name: str, text: str) -> None:
    said = refusal(Home(tmp_path / "home", env={name: text}), "syncgarmin")

    assert said.startswith(f"{name} must be ")
    assert said.count("\n") == 0
