"""Heart rate zones: one answer, a row for each sport."""

from typing import Any

import pytest

from garminsync.datasets.things import HEART_RATE_ZONES
from garminsync.models import HeartRateZones
from garminsync.schemas.answers import write_json
from syncjobs.models import Status
from tests.conftest import Make
from tests.syncing import asked, sync

LINE: dict[str, Any] = {
    "trainingMethod": "HR_RESERVE", "restingHeartRateUsed": 45, "lactateThresholdHeartRateUsed": 168,
    "zone1Floor": 118, "zone2Floor": 133, "zone3Floor": 147, "zone4Floor": 162, "zone5Floor": 176,
    "maxHeartRateUsed": 190, "restingHrAutoUpdateUsed": False, "sport": "DEFAULT", "changeState": "UNCHANGED",
}  # fmt: skip
ROW = {
    "sport": "DEFAULT", "method": "HR_RESERVE", "max_hr_bpm": 190, "resting_hr_bpm": 45,
    "lactate_threshold_hr_bpm": 168, "zone_1_from_bpm": 118, "zone_2_from_bpm": 133, "zone_3_from_bpm": 147,
    "zone_4_from_bpm": 162, "zone_5_from_bpm": 176,
}  # fmt: skip


def made(answer: Any) -> tuple[list[dict[str, Any]], list[str]]:
    found = HEART_RATE_ZONES.make("", {"heart_rate_zones": write_json(answer)})
    return found.rows_of(HeartRateZones), found.notes["heart_rate_zones"]


def test_a_sport_is_a_row() -> None:
    assert made([LINE]) == ([ROW], [])


def test_a_rate_that_is_not_used_is_null() -> None:
    rows, notes = made([LINE | {"restingHeartRateUsed": 0, "lactateThresholdHeartRateUsed": None}])

    assert rows == [ROW | {"resting_hr_bpm": None, "lactate_threshold_hr_bpm": None}]
    assert notes == []


@pytest.mark.parametrize("bad", ["fast", [], -4, 10**9, True])
def test_a_bad_rate_costs_itself(bad: Any) -> None:
    rows, notes = made([LINE | {"zone3Floor": bad}])

    assert rows == [ROW | {"zone_3_from_bpm": None}]
    assert notes[0].startswith("item 0: zone_3_from_bpm: ")


def test_they_are_asked_for_once_a_day(make_signed_in: Make) -> None:
    garmin = make_signed_in(days=3, activities=0)

    first, second = sync("activities"), sync("activities")

    assert (first.status, second.status) == (Status.COMPLETED, Status.COMPLETED)
    assert set(HeartRateZones.objects.values_list("sport", flat=True)) == {"DEFAULT", "CYCLING"}
    assert len(asked(garmin, "heartRateZones")) == 1
