"""The sign-in: got once by password, sealed at rest, renewed without a word, never tried again by itself."""

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.utils import timezone

from garminsync.client import (
    GarminClient,
    GarminError,
    NoSignInNow,
    RateLimited,
    SignIn,
    SignInNeeded,
    Unavailable,
    is_token,
)
from garminsync.models import GarminToken
from garminsync.simulator import Simulator
from garminsync.sync.account import StoredToken
from garminsync.sync.account import signed_in as what_is_missing
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import WORKS
from syncjobs import runner
from syncjobs.run import Failed, Run
from tests.conftest import Make
from tests.processes import Home

PROFILE = "/userprofile-service/socialProfile"
TOKEN_HOST = "/di-oauth2-service/oauth/token"


def client_of(garmin: Simulator, store: StoredToken | None = None) -> GarminClient:
    return GarminClient(store or StoredToken(), lambda s, why: None, url=garmin.url, rate=0)


def count(garmin: Simulator, what: str) -> int:
    return int(garmin.stats()[what])


def parts_of(token: str) -> list[str]:
    """What must stand nowhere in the clear."""
    return [json.loads(token)[part] for part in ("di_token", "di_refresh_token")]


def sync(kind: str = "workouts") -> None:
    runner.run(Run(), kind, WORKS[kind], SyncOptions(), trigger="command")


# Renewing


def test_an_expired_token_is_renewed_once_and_kept(signed_in: Simulator) -> None:
    before = StoredToken().read()
    client = client_of(signed_in)
    signed_in.change(expire_tokens=True)

    client.fetch(PROFILE)
    client.fetch(PROFILE)

    assert count(signed_in, "refreshes") == 1
    assert StoredToken().read() not in ("", before)
    assert client.requests == 4  # a 401, the renewal, the same again, and one more


def test_the_new_token_is_kept_before_it_is_used(signed_in: Simulator) -> None:
    signed_in.change(expire_tokens=True)
    client, before = client_of(signed_in), StoredToken().read()
    signed_in.faults({"match": PROFILE, "kind": "500", "after": 1})  # all but the answer that says 401
    client.hasty = True

    with pytest.raises(Unavailable):
        client.fetch(PROFILE)

    assert StoredToken().read() != before


@pytest.mark.case("C03")
def test_one_process_after_the_other_goes_on_with_the_renewed_token(signed_in: Simulator) -> None:
    for _ in range(3):
        signed_in.change(expire_tokens=True)
        sync()

    assert (count(signed_in, "refreshes"), count(signed_in, "logins")) == (3, 0)


def test_a_token_that_another_process_renewed_is_taken_over(signed_in: Simulator) -> None:
    one, other = client_of(signed_in), client_of(signed_in)
    signed_in.change(expire_tokens=True)

    one.fetch(PROFILE)
    other.fetch(PROFILE)

    assert count(signed_in, "refreshes") == 1


class Outrun(StoredToken):
    """Between a look at the token and its renewal another process, the winner, renews it."""

    def __init__(self, winner: GarminClient) -> None:
        self.winner = winner

    def may_refresh(self) -> bool:
        self.winner.fetch(PROFILE)
        return super().may_refresh()


def test_who_loses_the_race_for_a_single_use_token_goes_on_with_what_the_winner_kept(signed_in: Simulator) -> None:
    loser = client_of(signed_in, Outrun(client_of(signed_in)))
    signed_in.change(expire_tokens=True)

    assert loser.fetch(PROFILE)
    assert count(signed_in, "refreshes") == 2
    assert what_is_missing() == ""


def test_a_renewed_token_never_replaces_a_new_sign_in(signed_in: Simulator) -> None:
    before, newest = StoredToken().read(), signed_in.token()
    GarminToken.keep(newest)

    StoredToken().replace(before, "late")
    StoredToken().refuse(before)

    assert StoredToken().read() == newest
    assert what_is_missing() == ""


# Refused for good


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize("kind", ["status", "html"])
@pytest.mark.case("C04")
def test_a_refused_renewal_says_to_sign_in_again(signed_in: Simulator, status: int, kind: str) -> None:
    signed_in.change(expire_tokens=True)
    signed_in.faults({"match": TOKEN_HOST, "kind": kind, "status": status})

    with pytest.raises(Failed, match="garminlogin"):
        sync()

    assert what_is_missing() == "Garmin no longer accepts the sign-in. Run: manage.py garminlogin"
    assert (count(signed_in, "refreshes"), count(signed_in, "logins")) == (1, 0)


def test_a_revoked_sign_in_ends_the_run_and_is_not_tried_again(signed_in: Simulator) -> None:
    signed_in.change(expire_tokens=True, revoke_refresh=True)

    with pytest.raises(SignInNeeded):
        client_of(signed_in).fetch(PROFILE)

    assert not GarminToken.objects.get().accepted
    assert (count(signed_in, "refreshes"), count(signed_in, "logins")) == (1, 0)


def test_a_new_sign_in_lifts_the_refusal(signed_in: Simulator) -> None:
    StoredToken().refuse(StoredToken().read())

    GarminToken.keep(signed_in.token())

    assert what_is_missing() == ""


# Later


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "429"},
        {"kind": "429", "retry_after": 5},
        {"kind": "503"},
        {"kind": "reset"},
        {"kind": "hang", "seconds": 0},
        {"kind": "html"},
        {"kind": "null"},
        {"kind": "body", "body": '{"access_token": null}'},
        {"kind": "body", "body": '{"access_token": "a.b.c", "refresh_token": null}'},
    ],
)
def test_a_token_host_in_trouble_means_later_and_nothing_is_tried_for_a_minute(
    signed_in: Simulator, fault: dict[str, Any]
) -> None:
    before = StoredToken().read()
    signed_in.change(expire_tokens=True)
    signed_in.faults({"match": TOKEN_HOST, **fault})

    for client in (client_of(signed_in), client_of(signed_in)):
        with pytest.raises(NoSignInNow):
            client.fetch(PROFILE)

    assert (count(signed_in, "refreshes"), count(signed_in, "logins")) == (1, 0)
    assert (StoredToken().read(), what_is_missing()) == (before, "")


def test_after_a_minute_it_is_tried_again(signed_in: Simulator) -> None:
    signed_in.change(expire_tokens=True)
    StoredToken().postpone()
    GarminToken.objects.update(refresh_failed_at=timezone.now() - timedelta(seconds=61))

    client_of(signed_in).fetch(PROFILE)

    assert count(signed_in, "refreshes") == 1
    assert GarminToken.objects.get().refresh_failed_at is None


def test_a_run_ends_at_once_when_the_sign_in_cannot_be_renewed_now(signed_in: Simulator) -> None:
    signed_in.change(expire_tokens=True)
    signed_in.faults({"match": TOKEN_HOST, "kind": "503"})

    with pytest.raises(Failed, match=r"Garmin's sign-in is in trouble \(503\)"):
        sync("all")

    assert signed_in.stats()["total"] == 1


def test_a_renewal_whose_answer_is_lost_ends_in_a_word_never_in_a_sign_in(signed_in: Simulator) -> None:
    signed_in.change(expire_tokens=True)
    signed_in.faults({"match": TOKEN_HOST, "kind": "lost", "times": 1})

    with pytest.raises(Failed, match="does not answer"):
        sync()
    GarminToken.objects.update(refresh_failed_at=None)
    with pytest.raises(Failed, match="garminlogin"):
        sync()

    assert (count(signed_in, "refreshes"), count(signed_in, "logins")) == (2, 0)


def test_a_run_that_must_end_while_it_waits_to_renew_does_not_count_as_a_failed_renewal(signed_in: Simulator) -> None:
    class Ended(Exception):
        pass

    def end(seconds: float, why: str) -> None:
        raise Ended

    client = GarminClient(StoredToken(), end, url=signed_in.url, rate=0.01)
    signed_in.change(expire_tokens=True)

    with pytest.raises(Ended):
        client.fetch(PROFILE)

    assert GarminToken.objects.get().may_refresh()


# At rest


@pytest.mark.case("C10")
def test_the_token_stands_nowhere_in_the_database_nor_in_a_log(
    signed_in: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = parts_of(StoredToken().read())
    signed_in.change(expire_tokens=True)
    signed_in.faults({"match": "workouts", "kind": "500", "after": 3})
    sync()
    tokens += parts_of(StoredToken().read())

    kept = everything_in_the_database()

    assert len(set(tokens)) == 4
    assert not [token for token in tokens if token in kept or token in caplog.text]


def everything_in_the_database() -> str:
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text += [bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in row]
    return "\n".join(text)


def test_a_home_with_another_key_is_not_signed_in(signed_in: Simulator, settings: Any) -> None:
    settings.FERNET_KEY = Fernet.generate_key()

    assert what_is_missing() == "Not signed in to Garmin. Run: manage.py garminlogin"
    with pytest.raises(Failed, match="garminlogin"):
        sync()


def test_a_token_of_a_simulator_is_never_sent_to_garmin_nor_the_other_way_round(
    signed_in: Simulator, settings: Any
) -> None:
    assert what_is_missing() == ""

    settings.GARMIN_API_URL = ""
    assert what_is_missing().startswith("This home is signed in to a simulated Garmin, and GARMIN_API_URL")
    GarminToken.keep(StoredToken().read())
    settings.GARMIN_API_URL = signed_in.url

    assert what_is_missing().startswith("This home is signed in to Garmin itself")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"di_token": "a"}', '{"di_token": 1, "di_refresh_token": "b", "di_client_id": "c"}'],
)
@pytest.mark.case("C05")
def test_what_is_no_token_is_not_taken_for_one(text: str) -> None:
    assert not is_token(text)


# By password


@pytest.fixture
def no_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("LOGIN", "WIDGET"):
        for end in ("MIN", "MAX"):
            monkeypatch.setattr(f"garminconnect.client.sso.{kind}_DELAY_{end}_S", 0)


def never_asked() -> str:
    raise AssertionError("no code was wanted")


EMAIL, PASSWORD = "runner@example.test", "correct horse"


def test_e_mail_and_password_give_a_token_that_works(garmin: Simulator, transactional_db: None) -> None:
    token = SignIn(garmin.url).token(EMAIL, PASSWORD, never_asked)

    GarminToken.keep(token)
    assert client_of(garmin).fetch(PROFILE)
    assert count(garmin, "logins") == 1


def test_a_code_is_asked_for_when_garmin_wants_one(make_garmin: Make) -> None:
    garmin = make_garmin(mfa_code="123456")

    token = SignIn(garmin.url).token(EMAIL, PASSWORD, lambda: "123456")

    assert is_token(token)
    assert (count(garmin, "logins"), count(garmin, "codes")) == (1, 1)


def test_a_wrong_password_is_called_one_and_sent_once(garmin: Simulator) -> None:
    with pytest.raises(SignInNeeded, match="does not know this e-mail and password"):
        SignIn(garmin.url).token(EMAIL, "wrong", never_asked)

    assert count(garmin, "logins") == 1


def test_a_wrong_code_is_called_one(make_garmin: Make) -> None:
    garmin = make_garmin(mfa_code="123456")

    with pytest.raises(SignInNeeded, match="did not accept the code"):
        SignIn(garmin.url).token(EMAIL, PASSWORD, lambda: "654321")


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        ({"kind": "html", "status": 403}, Unavailable, "blocked"),
        ({"kind": "html"}, Unavailable, "blocked"),
        ({"kind": "503"}, Unavailable, "blocked"),
        ({"kind": "cut"}, Unavailable, "could not be reached"),
        ({"kind": "429"}, RateLimited, "429"),
    ],
)
@pytest.mark.case("C08")
def test_a_blocked_sign_in_is_not_called_a_wrong_password_and_the_password_is_not_sent_again(
    garmin: Simulator, no_delays: None, fault: dict[str, Any], kind: type[GarminError], said: str
) -> None:
    garmin.faults({"match": "POST .*/api/login", **fault})

    with pytest.raises(kind, match=said) as caught:
        SignIn(garmin.url).token(EMAIL, PASSWORD, never_asked)

    assert count(garmin, "logins") == 1
    assert "<" not in str(caught.value)


def test_where_the_page_is_blocked_on_every_way_no_password_is_wasted(garmin: Simulator, no_delays: None) -> None:
    garmin.faults({"match": "sso", "kind": "429"})

    with pytest.raises(RateLimited):
        SignIn(garmin.url).token(EMAIL, PASSWORD, never_asked)

    assert count(garmin, "logins") == 0


@pytest.mark.parametrize("code", [None, "123456"])
@pytest.mark.parametrize("fault", [{"kind": "401"}, {"kind": "503"}, {"kind": "reset"}])
@pytest.mark.case("C06")
def test_a_sign_in_accepted_but_without_a_token_is_said_so_and_nothing_is_sent_twice(
    make_garmin: Make, fault: dict[str, Any], code: str | None
) -> None:
    garmin = make_garmin(mfa_code=code)
    garmin.faults({"match": TOKEN_HOST, **fault})

    with pytest.raises(Unavailable, match="accepted the sign-in but gave no lasting token"):
        SignIn(garmin.url).token(EMAIL, PASSWORD, lambda: str(code))

    assert (count(garmin, "logins"), count(garmin, "codes")) == (1, 1 if code else 0)


def test_a_code_that_could_not_be_checked_is_not_called_wrong(make_garmin: Make) -> None:
    garmin = make_garmin(mfa_code="123456")
    garmin.faults({"match": "verifyCode", "kind": "html", "status": 403})

    with pytest.raises(Unavailable, match="blocked"):
        SignIn(garmin.url).token(EMAIL, PASSWORD, lambda: "123456")


def test_real_processes_share_one_renewed_token(home: Home, make_garmin: Make) -> None:
    garmin = make_garmin(days=3, activities=1)
    home.sign_in(garmin)
    garmin.reset_counts()
    garmin.change(expire_tokens=True)

    codes = [home.run("syncgarmin", "workouts", "--quiet").returncode for _ in range(2)]

    assert codes == [0, 0]
    assert (count(garmin, "refreshes"), count(garmin, "logins")) == (1, 0)
    assert not any(b"di_refresh_token" in file.read_bytes() for file in files_of(home.path))


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
