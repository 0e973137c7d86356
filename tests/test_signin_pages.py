"""How the owner signs in to the pages, and the pages that need no sign-in."""

import re
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.processes import Home
from tests.shared_home import shared_home


def link(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `manage.py signinlink` prints, without the host."""
    call_command("signinlink", *words)
    return capsys.readouterr().out.strip().removeprefix("http://127.0.0.1:8000")


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_signinlink_prints_the_address_alone(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("signinlink", "--url", "https://sync.example/")

    out, err = capsys.readouterr()
    assert re.fullmatch(r"https://sync\.example/enter/\?sesame=[\w-]+\n", out)
    assert err == ""


def test_opening_the_link_shows_a_button_and_changes_nothing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    client, path = Client(), link(capsys)
    before = User.objects.values_list().get()

    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200
        assert b'<form method="post">' in page.content
        assert b"<button" in page.content
    client.head(path)

    assert User.objects.values_list().get() == before
    assert not Session.objects.exists()
    assert not is_signed_in(client)


def test_the_button_signs_in(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    client, path = Client(enforce_csrf_checks=True), link(capsys)
    page = client.get(path).content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="(.+?)"', page)
    assert token

    answer = client.post(path, {"csrfmiddlewaretoken": token[1]})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert client.get("/garmin/sync/status").status_code == 200
    assert User.objects.get().username == "owner"


def test_the_button_needs_the_token_of_its_page(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    client, path = Client(enforce_csrf_checks=True), link(capsys)
    client.get(path)

    assert client.post(path).status_code == 403
    assert not is_signed_in(client)


def test_the_link_works_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    path = link(capsys)
    Client().post(path)

    for refused in (Client().get(path), Client().post(path)):
        assert refused.status_code == 403
        assert "manage.py signinlink" in refused.json()["detail"]
    page = Client().get(path, headers={"Accept": "text/html"})
    assert (page.status_code, page["Content-Type"]) == (403, "text/html; charset=utf-8")


def test_a_link_is_too_old_after_15_minutes(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link(capsys)

    def in_a_while(minutes: float) -> float:
        return (datetime.now(UTC) + timedelta(minutes=minutes)).timestamp()

    later = in_a_while(14)
    monkeypatch.setattr("sesame.tokens_v2.time.time", lambda: later)
    assert Client().get(path).status_code == 200
    later = in_a_while(16)
    assert Client().get(path).status_code == 403
    assert Client().post(path).status_code == 403


@pytest.mark.parametrize("query", ["", "?sesame=", "?sesame=wrong", "?sesame=%00%ff", "?sesame=" + "A" * 5000])
def test_a_wrong_link_is_refused(db: None, query: str) -> None:
    client = Client()

    assert client.get(f"/enter/{query}").status_code == 403
    assert client.post(f"/enter/{query}").status_code == 403
    assert not is_signed_in(client)


def test_a_link_signed_with_another_key_is_refused(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    path = link(capsys)

    forged = path[:-4] + ("AAAA" if path[-4:] != "AAAA" else "BBBB")

    assert Client().post(forged).status_code == 403
    assert Client().post(path).status_code == 302


def test_of_many_who_use_a_link_at_the_same_moment_one_signs_in(
    transactional_db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = link(capsys)
    together = threading.Barrier(6)

    def enter(_: int) -> int:
        together.wait()
        try:
            return Client().post(path).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as people:
        statuses = sorted(people.map(enter, range(6)))

    assert statuses == [302, 403, 403, 403, 403, 403]


def test_nobody_signs_in_by_a_password(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    link(capsys)

    assert not User.objects.get().has_usable_password()
    assert not Client().login(username="owner", password="!")
    assert not Client().login(username="owner", password="")


def test_the_admin_sends_a_stranger_to_the_page_that_says_how_to_sign_in(db: None) -> None:
    page = Client().get("/", follow=True)

    assert [address for address, _ in page.redirect_chain][-1] == "/login/"
    assert b"manage.py signinlink" in page.content
    assert b"<form" not in page.content


@pytest.mark.parametrize("path", ["syncjobs/syncjob/1/change/", "garminsync/day/", "auth/user/", "nonsense/"])
def test_nothing_in_the_admin_is_open(db: None, path: str) -> None:
    answer = Client().get(f"/admin/{path}")

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_healthz_is_open_and_says_nothing_private(db: None) -> None:
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_healthz_is_503_while_a_migration_is_missing(transactional_db: None) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("garminsync", "0001_initial")
    try:
        missing = Client().get("/healthz")
    finally:
        recorder.record_applied("garminsync", "0001_initial")

    assert missing.status_code == 503
    assert missing.json()["detail"] == "The database must be migrated first."
    assert Client().get("/healthz").status_code == 200


def test_healthz_is_503_when_the_database_is_newer_than_the_code(transactional_db: None) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("garminsync", "9999_future")
    try:
        newer = Client().get("/healthz")
    finally:
        recorder.record_unapplied("garminsync", "9999_future")

    assert newer.status_code == 503
    assert newer["Content-Type"] == "application/problem+json"


def test_healthz_is_503_when_the_database_does_not_answer(tmp_path: Path) -> None:
    nowhere = Home(tmp_path / "home", "postgresql://me:geheim@127.0.0.1:1/none")
    ask = "from django.test import Client; r = Client(SERVER_NAME='localhost').get('/healthz')"
    say = "print(r.status_code, r.json()['detail'])"

    done = nowhere.run("shell", "--no-imports", "-c", f"{ask}; {say}")

    assert done.stdout == "503 The database does not answer, or does not fit this code.\n"
    assert "geheim" not in done.stderr


def test_gunicorn_serves_the_static_files(transactional_db: None) -> None:
    with shared_home().serve() as web:
        with urllib.request.urlopen(f"{web.url}/static/admin/css/base.css") as style:
            kind, body = style.headers["Content-Type"], style.read()
        outside = [web.call("GET", f"/static/{path}")[0] for path in ("", "nothing.css", "%2e%2e/settings.py")]

    assert kind.startswith("text/css")
    assert b"--body-bg" in body
    assert outside == [404, 404, 404]
