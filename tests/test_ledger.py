"""What is written of an answer: once, the same bytes for the same content, and never nothing over something."""

import zlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from garminsync.datasets import DAILY, Made
from garminsync.models import Coverage, Day, Payload, Problem
from garminsync.sync.ledger import (
    Failure,
    Tally,
    save_coverage,
    save_failure,
    save_nothing,
    save_payloads,
    save_problems,
)
from garminsync.sync.making import save_made
from garminsync.sync.survey import in_trouble, told

State = Coverage.State
ROWS: list[dict[str, Any]] = [
    {"date": date(2026, 2, 3), "steps": 7000, "distance_m": 5123.25},
    {"date": date(2026, 2, 4), "steps": None, "distance_m": None},
]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    pass


def save_days(rows: list[dict[str, Any]], tally: Tally) -> None:
    save_made(DAILY, {str(row["date"]): Made({Day: [row]}) for row in rows}, tally)


def counted(rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    tally = Tally()
    save_days(rows, tally)
    return tally.new, tally.changed, tally.unchanged


def test_rows_are_counted_as_new_changed_and_unchanged() -> None:
    assert counted(ROWS) == (2, 0, 0)
    assert counted(ROWS) == (0, 0, 2)
    assert counted([{**ROWS[0], "steps": 7001}, ROWS[1], {"date": date(2026, 2, 5), "steps": 1}]) == (1, 1, 1)
    assert list(Day.objects.values_list("steps", flat=True)) == [1, None, 7001]


@pytest.mark.case("A14")
def test_within_a_source_the_newest_decides_nulls_included() -> None:
    counted(ROWS)

    counted([{"date": date(2026, 2, 3), "steps": None}, {"date": date(2026, 2, 4), "steps": 26}])

    assert list(Day.objects.order_by("date").values_list("steps", "distance_m")) == [(None, None), (26, None)]


def test_nothing_is_written_when_nothing_has_changed() -> None:
    payloads = [Payload.of("daily_v2", "2026-02-03", b"{}")]
    save_payloads(payloads)
    save_days(ROWS, Tally())
    save_problems("daily_v2", {"2026-02-03": []})

    with CaptureQueriesContext(
        connection,
    ) as queries:
        save_payloads([Payload.of("daily_v2", "2026-02-03", b"{}")])
        save_days(ROWS, Tally())
        save_problems("daily_v2", {"2026-02-03": []})

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"] * len(queries)


def test_the_newest_of_two_in_one_answer_is_kept_once() -> None:
    assert counted([{"date": date(2026, 2, 3), "steps": 1}, {"date": date(2026, 2, 3), "steps": 2}]) == (1, 0, 0)
    assert Day.objects.get().steps == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]" * 100_000, bytes(range(256))])
def test_a_payload_is_always_the_same_bytes_and_comes_back_as_it_was(content: bytes) -> None:
    one, other = Payload.of("x", "", content), Payload.of("x", "", content)

    assert (bytes(one.body), one.sha256) == (bytes(other.body), other.sha256)
    assert one.content == content
    assert zlib.decompress(bytes(one.body)) == content


def test_a_zip_is_kept_as_it_came() -> None:
    save_payloads([Payload.of("activity_file", "7", b"PK\x03\x04 the rest")])

    kept = Payload.objects.get()

    assert bytes(kept.body) == kept.content == b"PK\x03\x04 the rest"


def test_the_newest_payload_of_a_key_wins_and_an_unchanged_one_keeps_its_time() -> None:
    save_payloads([Payload.of("x", "1", b"old"), Payload.of("x", "2", b"same")])
    before = Payload.objects.get(key="2").fetched_at

    save_payloads([Payload.of("x", "1", b"new"), Payload.of("x", "2", b"same")])

    assert Payload.objects.get(key="1").content == b"new"
    assert Payload.objects.get(key="2").fetched_at == before
    assert Payload.objects.count() == 2


def test_an_empty_answer_leaves_what_is_here_and_its_place_in_the_ledger() -> None:
    save_days(ROWS[:1], Tally())
    save_coverage("daily", ["2026-02-03"], State.PRESENT)

    save_nothing(DAILY, ["2026-02-03", "2026-02-04"], by="daily_v2")

    assert dict(Coverage.objects.values_list("key", "state")) == {"2026-02-03": "present", "2026-02-04": "empty"}
    assert Day.objects.get().steps == 7000


def failed_since(days: float, tries: int) -> None:
    now = timezone.now()
    Coverage.objects.create(
        dataset="daily", key="2026-02-03", state=State.FAILED, tries=tries,
        failing_since_at=now - timedelta(days=days), asked_at=now,
    )  # fmt: skip


def fail(tries_count: bool = True) -> Tally:
    tally = Tally(tries_count=tries_count)
    save_failure("daily", ["2026-02-03"], "daily summaries 2026-02-03", "Garmin is in trouble (500)", tally)
    return tally


def test_the_first_failure_is_missing_with_its_reason() -> None:
    tally = fail()

    row = Coverage.objects.get()
    assert (row.state, row.tries, row.reason) == ("failed", 1, "Garmin is in trouble (500)")
    assert told(tally.missing) == ["daily summaries 2026-02-03: Garmin is in trouble (500)"]
    assert tally.failed == 1


@pytest.mark.parametrize(
    ("days", "tries", "state"), [(2.1, 4, "parked"), (1.9, 4, "failed"), (30, 3, "failed"), (0.1, 40, "failed")]
)
def test_what_failed_in_five_runs_on_three_days_is_parked(days: float, tries: int, state: str) -> None:
    failed_since(days, tries)

    tally = fail()

    assert Coverage.objects.get().state == state
    assert bool(in_trouble(Coverage.State.PARKED)) is (state == "parked") is not bool(tally.missing)


def test_while_garmin_answers_nothing_at_all_nothing_comes_nearer_to_being_parked() -> None:
    failed_since(30, 4)

    tally = fail(tries_count=False)

    row = Coverage.objects.get()
    assert (row.state, row.tries) == ("failed", 4)
    assert tally.missing


def test_a_success_forgets_the_failures() -> None:
    failed_since(30, 4)

    save_coverage("daily", ["2026-02-03"], State.PRESENT)
    row = Coverage.objects.get()
    assert (row.state, row.tries, row.failing_since_at, row.reason) == ("present", 0, None, "")
    fail()

    assert Coverage.objects.get().tries == 1


def test_problems_are_those_of_the_newest_payload() -> None:
    save_problems("daily_v2", {"2026-02-03": ["steps: no number", "floors: no number"], "2026-02-04": ["x"]})

    save_problems("daily_v2", {"2026-02-03": ["steps: no number"]})

    kept = set(Problem.objects.values_list("key", "reason"))
    assert kept == {("2026-02-03", "steps: no number"), ("2026-02-04", "x")}


def test_days_in_a_row_that_failed_for_one_reason_are_told_in_one_line() -> None:
    failures = [Failure("daily", f"2026-02-0{day}", "Garmin is in trouble (500)", "") for day in (5, 1, 2, 4, 3)]
    failures += [Failure("daily", "2026-02-06", "a web page"), Failure("activity_file", "7", "too late", "file of 7")]

    assert told(failures) == [
        "daily summaries 2026-02-01 to 2026-02-05: Garmin is in trouble (500)",
        "daily summaries 2026-02-06: a web page",
        "file of 7: too late",
    ]
