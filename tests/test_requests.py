"""How many requests a sync costs, and that trouble on the way changes the count, never the rows."""

import time
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from garminsync.models import Account, Activity, Coverage, Day, Payload
from garminsync.simulator import Simulator, faults
from syncjobs.models import Status
from tests.conftest import FIXED_NOW, Make
from tests.syncing import HurriedRun, asked, sync
from tests.typed import Dump, delete_all, dump

V2, FLAT, STATS, PAGE = "v2/dailysummaries", "usersummary/daily/", "stats/sleep/daily", "dailySleepData"
LIST, FILE = "activities/search/activities", "files/activity/"
RANGE = {"since": "2026-06-01", "until": "2026-07-10"}
ACCOUNT: dict[str, Any] = {"now": FIXED_NOW, "days": 40, "activities": 5}
USUAL: list[Dump] = []


@pytest.fixture
def make(make_signed_in: Make) -> Make:
    return partial(make_signed_in, workouts=3, basic=True)


def test_a_first_year_of_days_and_nights_costs_a_request_for_28_of_each(make: Make) -> None:
    garmin = make(days=365, activities=0)

    job = sync("health")

    assert (job.status, Day.objects.count()) == (Status.COMPLETED, 365)
    assert len(asked(garmin, V2)) <= 14 >= len(asked(garmin, STATS))
    assert job.summary["requests"] == garmin.stats()["total"] <= 13 + 13 + 7


def test_300_activities_cost_hardly_more_than_their_files_and_a_second_run_next_to_nothing(make: Make) -> None:
    garmin = make(days=300, activities=300)
    garmin.faults({"match": FILE, "kind": "body", "body": "<gpx></gpx>"})

    first, asked_first = sync("all"), garmin.stats()["total"]
    lists = len(asked(garmin, LIST)) + len(asked(garmin, FILE))
    garmin.reset_counts()
    second = sync("all")

    assert (first.status, Activity.objects.count()) == (Status.COMPLETED, 300)
    assert lists <= 1.05 * 300
    assert asked_first == first.summary["requests"]
    assert second.summary["requests"] == garmin.stats()["total"] <= 8
    assert len(asked(garmin, LIST)) == 1
    assert (second.summary["new"], second.summary["changed"]) == (0, 0)


@pytest.mark.case("D05")
def test_days_behind_a_server_that_hangs_up_on_wide_ranges_are_all_accounted_for(make: Make) -> None:
    garmin = make(days=400, activities=0, too_wide="reset")
    since = Account.objects.get().today() - timedelta(days=399)

    job = sync("health", since=str(since))

    assert job.status == Status.COMPLETED
    assert Coverage.objects.filter(dataset="daily").count() == 400
    assert len(asked(garmin, V2)) <= 16 >= len(asked(garmin, STATS))


# The same rows whatever Garmin is like


def synced_again(garmin: Simulator, run: HurriedRun | None = None) -> Dump:
    """A sync from nothing: whatever an earlier one left is gone."""
    delete_all()
    for model in (Payload, Coverage):
        model.objects.all().delete()
    job = sync("all", run, **RANGE)
    assert job.status == Status.COMPLETED, job.error_message
    return dump()


def usual(garmin: Simulator) -> Dump:
    """What a sync of the account brings where nothing is unusual. Synced once, for the first who asks."""
    if not USUAL:
        USUAL.append(synced_again(garmin))
        garmin.reset_counts()
    return USUAL[0]


@pytest.mark.parametrize(
    "other",
    [
        {"v2": "flat", "max_span": 7},
        {"v2": 404},
        {"max_span": 14, "page_cap": 3},
        {"too_wide": "reset", "max_span": 10},
    ],
)
def test_another_garmin_gives_the_same_rows(make: Make, other: dict[str, Any]) -> None:
    rows = usual(make(**ACCOUNT))

    found = synced_again(make(**ACCOUNT, **other))

    assert found == rows
    assert len(rows["Day"]) == 40


class FastForward(HurriedRun):
    """Its waits pass on the clock of the simulator's faults, though not in truth."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        clock = SimpleNamespace(monotonic=lambda: time.monotonic() + sum(self.waits), time=time.time)
        monkeypatch.setattr(faults, "time", clock)


@pytest.mark.parametrize("retry_after", ["20", "date:20", None, "soon"])
def test_a_stretch_of_429_costs_few_refused_requests_and_no_row(
    make: Make, monkeypatch: pytest.MonkeyPatch, retry_after: str | None
) -> None:
    garmin = make(**ACCOUNT)
    rows = usual(garmin)
    told = {} if retry_after is None else {"retry_after": retry_after}
    garmin.faults({"match": "GET", "kind": "429", "after": 4, "for_seconds": 20, **told})
    run = FastForward(monkeypatch)

    found = synced_again(garmin, run)

    refused = [line for line in garmin.stats()["log"] if line[3] == 429]
    assert 1 <= len(refused) <= 3
    assert sum(run.waits) < 40
    assert found == rows


def test_one_in_ten_answers_a_503_costs_tries_and_no_row(make: Make) -> None:
    garmin = make(**ACCOUNT)
    rows = usual(garmin)
    garmin.change(max_span=1)
    garmin.faults({"match": "GET", "kind": "503", "rate": 0.1})

    found = synced_again(garmin)

    assert len([line for line in garmin.stats()["log"] if line[3] == 503]) >= 2
    assert found == rows
