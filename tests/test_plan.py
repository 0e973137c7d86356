"""What is missing and how it is asked for: pure functions of the ledger and the calendar."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from garminsync.models import Coverage
from garminsync.sync.plan import LEFT_OUT, Freshness, again_from, missing_days, windows

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)
State = Coverage.State


def some_days(dice: random.Random) -> list[date]:
    """Newest first, with holes."""
    backs = sorted(dice.sample(range(400), dice.randrange(0, 120)))
    return [TODAY - timedelta(days=back) for back in backs]


@pytest.mark.parametrize("seed", range(40))
def test_windows_cover_exactly_the_wanted_days_newest_first_and_never_too_wide(seed: int) -> None:
    dice = random.Random(seed)
    days, span = some_days(dice), dice.choice([1, 2, 7, 14, 28, 366])

    found = list(windows(days, span))

    assert [day for window in found for day in window.days] == days
    assert all(window.width <= span for window in found)
    assert all(window.end == window.days[0] and window.start == window.days[-1] for window in found)


@pytest.mark.parametrize(
    ("days", "span", "requests"), [(0, 28, 0), (1, 28, 1), (28, 28, 1), (29, 28, 2), (365, 28, 14)]
)
def test_windows_are_as_few_as_can_be(days: int, span: int, requests: int) -> None:
    assert len(list(windows([TODAY - timedelta(days=back) for back in range(days)], span))) == requests


def test_a_window_is_named_by_its_days() -> None:
    wide, single = list(windows([TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=9)], 7))

    assert (str(wide), str(single)) == ("2026-06-14 to 2026-06-15", "2026-06-06")


@pytest.mark.parametrize(
    ("state", "asked_hours_ago", "age_days", "again_since", "wanted"),
    [
        # never asked
        (None, 0, 0, None, True),
        (None, 0, 4000, None, True),
        # failed
        (State.FAILED, 0, 0, None, True),
        (State.FAILED, 0, 900, None, True),
        # parked: once a week, even when a watch has synced
        (State.PARKED, 167, 3, None, False),
        (State.PARKED, 167, 3, 14, False),
        (State.PARKED, 168, 900, None, True),
        # present: only after a device sync, and only so far back
        (State.PRESENT, 900, 0, None, False),
        (State.PRESENT, 0, 0, 14, True),
        (State.PRESENT, 0, 14, 14, True),
        (State.PRESENT, 0, 15, 14, False),
        # empty: the young once a day, the old never again
        (State.EMPTY, 23, 0, None, False),
        (State.EMPTY, 24, 0, None, True),
        (State.EMPTY, 24, 13, None, True),
        (State.EMPTY, 24, 14, None, False),
        (State.EMPTY, 0, 14, 14, True),
        (State.EMPTY, 0, 30, 14, False),
        (State.GONE, 900, 0, None, False),
    ],
)
def test_what_is_asked_again(
    state: State | None, asked_hours_ago: float, age_days: int, again_since: int | None, wanted: bool
) -> None:
    again = None if again_since is None else TODAY - timedelta(days=again_since)
    asked_at = NOW - timedelta(hours=asked_hours_ago) if state else None

    assert Freshness(TODAY, again).wants(TODAY - timedelta(days=age_days), state, asked_at, NOW) is wanted


@pytest.mark.parametrize("state", list(State))
def test_full_asks_for_everything(state: State) -> None:
    fresh = Freshness(TODAY, None, full=True)

    assert fresh.wants(TODAY - timedelta(days=900), state, NOW, NOW)


@pytest.mark.parametrize(
    ("synced_before", "start"),
    [
        (None, date(2026, 6, 1)),
        (date(2026, 6, 15), date(2026, 6, 1)),
        (date(2026, 6, 4), date(2026, 6, 1)),
        (date(2026, 6, 3), date(2026, 5, 31)),
        (date(2026, 3, 20), date(2026, 3, 17)),
    ],
)
def test_after_a_device_sync_a_fortnight_or_more_is_asked_again(synced_before: date | None, start: date) -> None:
    assert again_from(TODAY, synced_before) == start


@pytest.mark.case("F03")
def test_missing_days_are_those_that_failed_and_then_those_never_asked(db: None) -> None:
    asked = datetime.now(UTC)
    for day, state in [("2026-06-15", State.PRESENT), ("2026-06-13", State.FAILED), ("2026-06-12", State.EMPTY)]:
        Coverage.objects.create(dataset="daily", key=day, state=state, asked_at=asked)
    Coverage.objects.create(dataset="sleep", key="2026-06-14", state=State.PRESENT, asked_at=asked)

    failed, others = missing_days("daily", date(2026, 6, 10), TODAY, Freshness(TODAY, None))

    assert failed == [date(2026, 6, 13)]
    assert others == [date(2026, 6, 14), date(2026, 6, 11), date(2026, 6, 10)]


@pytest.mark.case("F04")
def test_three_holes_in_a_full_year_are_three_missing_days(db: None) -> None:
    days = [TODAY - timedelta(days=back) for back in range(365)]
    holes = [days[100], days[101], days[250]]
    asked = datetime.now(UTC)
    Coverage.objects.bulk_create(
        Coverage(dataset="daily", key=str(day), state=State.PRESENT, asked_at=asked) for day in days if day not in holes
    )

    _, others = missing_days("daily", days[-1], TODAY, Freshness(TODAY, None))

    assert others == holes
    assert len(list(windows(others, 28))) == 2


def test_a_day_that_answers_left_out_is_asked_for_a_day_later_however_old_it_is() -> None:
    fresh = Freshness(TODAY, None)

    wanted = [fresh.wants(date(2026, 3, 1), "present", NOW - timedelta(hours=h), NOW, LEFT_OUT) for h in (23, 24)]

    assert wanted == [False, True]
