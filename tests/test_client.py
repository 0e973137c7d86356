"""One fetch: what each kind of answer comes to, how long it waits, how fast it asks, and what it never does."""

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from garminsync.client import (
    Abandoned,
    GarminClient,
    GarminError,
    NotFound,
    RateLimited,
    Refused,
    Unavailable,
    transport,
)
from garminsync.simulator import Simulator
from garminsync.sync.account import NewToken

PROFILE = "/userprofile-service/socialProfile"


def client_of(garmin: Simulator, waits: list[float] | None = None, rate: float = 0) -> GarminClient:
    """Its waits are written down, not waited."""
    kept = [] if waits is None else waits
    return GarminClient(NewToken(garmin.token()), lambda s, why: kept.append(s), url=garmin.url, rate=rate)


def test_a_fetch_gives_the_bytes_that_garmin_sent(garmin: Simulator) -> None:
    body = client_of(garmin).fetch(PROFILE)

    assert b'"fullName": "Mira \xc3\x98sterg\xc3\xa5rd"' in body


@pytest.mark.parametrize("kind", ["204", "empty"])
@pytest.mark.case("A06")
def test_an_answer_without_a_body_is_no_bytes(garmin: Simulator, kind: str) -> None:
    garmin.faults({"kind": kind})

    assert client_of(garmin).fetch(PROFILE) == b""


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        ({"kind": "404"}, NotFound, "404"),
        ({"kind": "html", "status": 404}, NotFound, "404"),
        ({"kind": "400"}, Refused, "(400)"),
        ({"kind": "403"}, Refused, "(403)"),
    ],
)
def test_a_refusal_is_believed_at_once(garmin: Simulator, fault: Any, kind: type[GarminError], said: str) -> None:
    garmin.faults(fault)
    waits: list[float] = []

    with pytest.raises(kind) as caught:
        client_of(garmin, waits).fetch(PROFILE)

    assert said in str(caught.value)
    assert (waits, garmin.stats()["total"]) == ([], 1)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "500"},
        {"kind": "503"},
        {"kind": "html", "status": 502},
        {"kind": "html"},
        {"kind": "html", "status": 403},
        {"kind": "reset"},
        {"kind": "cut"},
        {"kind": "lost"},
        {"kind": "hang", "seconds": 0},
    ],
)
def test_trouble_is_met_with_five_tries_and_growing_waits(garmin: Simulator, fault: dict[str, Any]) -> None:
    garmin.faults(fault)
    waits: list[float] = []

    with pytest.raises(Unavailable):
        client_of(garmin, waits).fetch(PROFILE)

    assert waits == [1, 2, 4, 8]
    assert garmin.stats()["total"] == 5


def test_trouble_that_passes_costs_only_the_tries(garmin: Simulator) -> None:
    garmin.faults({"kind": "503", "times": 2})
    waits: list[float] = []
    client = client_of(garmin, waits)

    assert client.fetch(PROFILE).startswith(b"{")
    assert waits == [1, 2]
    assert client.requests == garmin.stats()["total"] == 3


def test_a_hasty_client_tries_once(garmin: Simulator) -> None:
    garmin.faults({"kind": "500"})
    client = client_of(garmin)
    client.hasty = True

    with pytest.raises(Unavailable):
        client.fetch(PROFILE)

    assert garmin.stats()["total"] == 1


@pytest.mark.parametrize(
    ("retry_after", "low", "high"),
    [("20", 21, 21), (" 20 ", 21, 21), ("date:20", 19, 21), ("0", 1, 1), ("date:-9000", 1, 1), (None, 10, 10)],
)
def test_a_429_is_waited_out_as_garmin_says(garmin: Simulator, retry_after: str | None, low: int, high: int) -> None:
    garmin.faults({"kind": "429", "times": 1, "retry_after": retry_after})
    waits: list[float] = []

    client_of(garmin, waits).fetch(PROFILE)

    assert len(waits) == 1
    assert low <= waits[0] <= high


FAR = "Wed, 21 Oct 2026 07:28:00 +99999999999999"


@pytest.mark.parametrize("nonsense", ["soon", "-5", "2²", "1e3", "", "Wed, 99 Foo 2026 00:00:00 GMT", "0x10", FAR])
def test_a_retry_after_without_sense_counts_as_none(garmin: Simulator, nonsense: str) -> None:
    garmin.faults({"kind": "429", "times": 1, "retry_after": nonsense})
    waits: list[float] = []

    client_of(garmin, waits).fetch(PROFILE)

    assert waits == [10]


@pytest.mark.parametrize("absurd", ["86400", "9" * 400, "date:1000000"])
def test_an_absurd_retry_after_is_not_waited_for(garmin: Simulator, absurd: str) -> None:
    garmin.faults({"kind": "429", "retry_after": absurd})
    waits: list[float] = []

    with pytest.raises(RateLimited):
        client_of(garmin, waits).fetch(PROFILE)

    assert (waits, garmin.stats()["total"]) == ([], 1)


@pytest.mark.parametrize(("retry_after", "tries"), [(None, 7), ("0", 10), ("299", 4)])
def test_a_429_without_end_is_given_up_within_a_quarter_of_an_hour(
    garmin: Simulator, retry_after: str | None, tries: int
) -> None:
    garmin.faults({"kind": "429", "retry_after": retry_after})
    waits: list[float] = []

    with pytest.raises(RateLimited, match="ask too much"):
        client_of(garmin, waits).fetch(PROFILE)

    assert sum(waits) <= 15 * 60
    assert garmin.stats()["total"] == tries == len(waits) + 1


def test_all_429_of_a_run_share_one_limit(garmin: Simulator) -> None:
    garmin.faults({"kind": "429", "retry_after": "500", "times": 1})
    waits: list[float] = []
    client = client_of(garmin, waits)
    client.fetch(PROFILE)
    garmin.faults({"kind": "429", "retry_after": "500", "times": 1})

    with pytest.raises(RateLimited):
        client.fetch(PROFILE)

    assert waits == [501]


def test_requests_are_spread_evenly_and_never_in_a_burst(garmin: Simulator) -> None:
    waits: list[float] = []
    client = client_of(garmin, waits, rate=0.01)

    for _ in range(4):
        client.fetch(PROFILE)

    assert [round(wait, -1) for wait in waits] == [100, 100, 100]


def test_a_try_again_takes_its_turn_like_any_other(garmin: Simulator) -> None:
    garmin.faults({"kind": "500", "times": 1})
    waits: list[float] = []

    client_of(garmin, waits, rate=0.01).fetch(PROFILE)

    assert [round(wait) for wait in waits] == [1, 100]


@pytest.mark.case("G10")
def test_only_get_is_ever_sent(garmin: Simulator) -> None:
    client = client_of(garmin)
    garmin.faults({"kind": "500", "times": 1})

    client.fetch(PROFILE)
    client.fetch("/workout-service/workouts", {"start": "0", "limit": "5"})

    assert {line[1] for line in garmin.stats()["log"]} == {"GET"}
    assert garmin.stats()["writes"] == 0


def test_an_answer_larger_than_the_limit_is_not_read(garmin: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_ANSWER_BYTES", 1000)
    client = client_of(garmin)
    client.hasty = True

    with pytest.raises(Unavailable):
        client.fetch(PROFILE)


def test_an_answer_that_drips_ends_within_the_limit_of_the_whole_request(
    garmin: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "WHOLE_REQUEST_S", 0.3)
    garmin.faults({"kind": "drip", "seconds": 60})
    client = client_of(garmin)
    client.hasty = True

    with pytest.raises(Unavailable, match="in time"):
        client.fetch(PROFILE)


def test_silence_ends_with_a_time_out(garmin: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "SILENCE_TIMEOUT_S", 0.2)
    garmin.faults({"kind": "hang"})
    client = client_of(garmin)
    client.hasty = True

    with pytest.raises(Unavailable, match="in time"):
        client.fetch(PROFILE)


def test_a_simulator_that_does_not_run_is_named(garmin: Simulator) -> None:
    client = GarminClient(NewToken(garmin.token()), lambda seconds, why: None, url="http://127.0.0.1:1", rate=0)
    client.hasty = True

    with pytest.raises(Unavailable, match=r"^http://127\.0\.0\.1:1 cannot be reached; start the simulator there, or "):
        client.fetch(PROFILE)


def test_an_abandoned_client_sends_nothing_more(garmin: Simulator) -> None:
    client = client_of(garmin)
    client.abandon()

    with pytest.raises(Abandoned):
        client.fetch(PROFILE)

    assert garmin.stats()["total"] == 0


@contextmanager
def answering(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server that answers every GET like this: for what the simulator's answers are too well-behaved."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def chunked_gzip(handler: BaseHTTPRequestHandler, body: bytes, *, whole: bool = True) -> None:
    """As Garmin sends it: compressed, in chunks of a few bytes."""
    packed = gzip.compress(body)
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for at in range(0, len(packed) if whole else len(packed) // 2, 7):
        piece = packed[at : at + 7]
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    if whole:
        handler.wfile.write(b"0\r\n\r\n")
    handler.close_connection = True


def test_a_compressed_answer_in_chunks_is_read_whole(garmin: Simulator) -> None:
    body = bytes(range(256)) * 2000

    with answering(lambda handler: chunked_gzip(handler, body)) as url:
        client = GarminClient(NewToken(garmin.token()), lambda s, why: None, url=url, rate=0)
        found = client.fetch(PROFILE)

    assert found == body


def test_a_compressed_answer_that_ends_early_is_no_answer(garmin: Simulator) -> None:
    with answering(lambda handler: chunked_gzip(handler, b"[1]" * 900, whole=False)) as url:
        client = GarminClient(NewToken(garmin.token()), lambda s, why: None, url=url, rate=0)
        client.hasty = True
        with pytest.raises(Unavailable):
            client.fetch(PROFILE)


def test_the_size_limit_counts_what_a_small_answer_unpacks_to(
    garmin: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MAX_ANSWER_BYTES", 100_000)

    with answering(lambda handler: chunked_gzip(handler, bytes(1_000_000))) as url:
        client = GarminClient(NewToken(garmin.token()), lambda s, why: None, url=url, rate=0)
        client.hasty = True
        with pytest.raises(Unavailable):
            client.fetch(PROFILE)


def test_one_connection_serves_all_requests(garmin: Simulator) -> None:
    ports: set[int] = set()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        ports.add(handler.client_address[1])
        handler.send_response(200)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"{}")

    with answering(answer) as url:
        client = GarminClient(NewToken(garmin.token()), lambda s, why: None, url=url, rate=0)
        for _ in range(5):
            client.fetch(PROFILE)

    assert len(ports) == 1


def test_nothing_of_the_account_is_logged(garmin: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    store = NewToken(garmin.token())
    garmin.faults({"kind": "500", "times": 1})

    GarminClient(store, lambda s, why: None, url=garmin.url, rate=0).fetch(PROFILE)

    assert garmin.service.options.display_name not in caplog.text
    assert store.token.split('"')[3] not in caplog.text
