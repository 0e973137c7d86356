"""`coverage` and `problems`: what is here, what is not and why, in words."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from garminsync.models import Account, Coverage, Day, Night, Problem
from syncjobs.models import Status
from tests.conftest import FIXED_NOW, Clock, Make
from tests.syncing import asked, sync


@pytest.fixture
def account(transactional_db: None, clock: Clock) -> Account:
    """Signed in; today is the tenth of July."""
    clock(FIXED_NOW)
    return Account.objects.create(pk=1, profile_id=1, display_name="x")


def told(command: str, *words: str) -> list[str]:
    out = StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue().splitlines()


def note(dataset: str, first: str, last: str, state: str) -> None:
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    keys = [str(day + timedelta(days=n)) for n in range((end - day).days + 1)]
    reason = "no answer" if state in ("failed", "parked") else ""
    Coverage.objects.bulk_create(
        Coverage(dataset=dataset, key=key, state=state, reason=reason, asked_at="2026-07-10T12:00Z") for key in keys
    )


def test_nothing_known_yet_says_what_to_do(transactional_db: None) -> None:
    with pytest.raises(CommandError, match="garminlogin"):
        told("coverage")


def test_gaps_failed_provisional_and_parked_days_are_listed_as_stretches(account: Account) -> None:
    note("daily", "2026-06-01", "2026-06-10", "present")
    note("daily", "2026-06-14", "2026-06-14", "failed")
    note("daily", "2026-06-15", "2026-06-17", "parked")
    note("daily", "2026-06-18", "2026-06-28", "empty")
    note("daily", "2026-06-29", "2026-07-01", "present")
    note("daily", "2026-07-02", "2026-07-03", "empty")
    note("daily", "2026-07-04", "2026-07-10", "present")
    note("sleep", "2026-06-01", "2026-07-10", "present")
    note("weight", "2016-03-01", "2016-03-01", "present")  # older than the watch
    note("weight", "2026-06-01", "2026-07-10", "empty")
    note("monitoring", "2026-07-08", "2026-07-09", "failed")
    note("monitoring", "2026-01-08", "2026-01-09", "parked")
    note("looked back", "2026-07-08", "2026-07-08", "failed")  # in the place of a dataset

    *lines, last, failed, parked = told("coverage")
    assert last.startswith("Never asked for, or not in this account: HRV, ")
    assert failed == "Failed: monitoring files 2026-07-08 to 2026-07-09: no answer"
    assert parked == "Parked: monitoring files 2026-01-08 to 2026-01-09: no answer"
    assert lines == [
        "daily summaries, 2026-06-01 to 2026-07-10: 20 days present, 13 without data",
        "  never asked: 2026-06-11 to 2026-06-13 (3 days)",
        "  failed: 2026-06-14 (1 day)",
        "  parked: 2026-06-15 to 2026-06-17 (3 days)",
        "  provisional: 2026-06-27 to 2026-06-28 (2 days)",
        "  provisional: 2026-07-02 to 2026-07-03 (2 days)",
        "  provisional: 2026-07-10 (1 day)",
        "sleep, 2026-06-01 to 2026-07-10: 40 days present, 0 without data",
        "  provisional: 2026-07-10 (1 day)",
        "weight, 2026-06-01 to 2026-07-10: 0 days present, 40 without data",
        "  provisional: 2026-06-27 to 2026-07-10 (14 days)",
    ]


def test_since_and_until_are_both_included(account: Account) -> None:
    note("daily", "2026-06-01", "2026-06-10", "present")

    lines = told("coverage", "--since", "2026-06-10", "--until", "2026-06-12")

    assert lines[:2] == [
        "daily summaries, 2026-06-10 to 2026-06-12: 1 days present, 0 without data",
        "  never asked: 2026-06-11 to 2026-06-12 (2 days)",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--since", "yesterday"),
        ("--since", "1999-12-31"),
        ("--until", "2026-02-30"),
        ("--since", "2026-06-02", "--until", "2026-06-01"),
    ],
)
def test_a_bad_day_is_refused(account: Account, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        told("coverage", *words)


@pytest.mark.case("F04")
def test_three_holes_in_a_year_are_told_and_filled_in_three_days_of_requests(make_signed_in: Make) -> None:
    garmin = make_signed_in(days=365, activities=0, workouts=0, basic=True)
    assert sync("health").status == Status.COMPLETED
    today = Account.objects.get().today()
    holes = [str(today - timedelta(days=back)) for back in (250, 180, 100)]
    for model in (Day, Night):
        model.objects.filter(date__in=holes).delete()
    Coverage.objects.filter(key__in=holes).delete()
    gaps = [f"  never asked: {hole} (1 day)" for hole in holes]
    assert [line for line in told("coverage") if "never asked" in line] == [*gaps, *gaps]
    garmin.reset_counts()

    sync("health")

    assert not [line for line in told("coverage") if "never asked" in line]
    assert Day.objects.filter(date__in=holes).count() == 3
    assert len(asked(garmin, "dailysummaries")) == len(asked(garmin, "stats/sleep/daily")) == 3


def test_problems_are_listed_by_what_they_are_about(transactional_db: None) -> None:
    assert told("problems") == ["No problems."]
    wrong: list[dict[str, Any]] = [
        {"dataset": "daily_v2", "key": "2026-02-03", "reason": "steps: no number"},
        {"dataset": "activity_file", "key": "4", "reason": "the file is cut short"},
    ]
    Problem.objects.bulk_create(Problem(**each) for each in wrong)

    assert told("problems") == [
        "activity_file 4: the file is cut short",
        "daily_v2 2026-02-03: steps: no number",
        "2 problems.",
    ]
    assert told("problems", "--dataset", "daily")[1:] == ["1 problem."]
