"""The values of a day by what they are about, and which of them a source told in a run."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from garminsync.datasets import Row

# The columns of a day. The times of sitting and moving are in no range that anybody knows of.
FAMILIES = {
    "steps": {"steps"},
    "distance": {"distance_m"},
    "floors": {"floors_ascended", "floors_descended"},
    "calories": {"total_kcal", "active_kcal", "resting_kcal"},
    "heart rate": {"resting_hr_bpm", "min_hr_bpm", "max_hr_bpm"},
    "stress": {"stress_avg", "stress_max", "rest_stress_s", "low_stress_s", "medium_stress_s", "high_stress_s"},
    "body battery": {"body_battery_charged", "body_battery_drained", "body_battery_high", "body_battery_low"},
    "intensity minutes": {"moderate_minutes", "vigorous_minutes"},
    "blood oxygen": {"spo2_avg_percent", "spo2_low_percent"},
    "respiration": {"respiration_waking_avg", "respiration_high", "respiration_low"},
}
# What is more than zero only where a watch was worn.
WORN = ("steps", "distance_m", "active_kcal", "max_hr_bpm")


@dataclass
class ToldColumns:
    """The days that a watch was worn on, and the columns that have a value on some day, or more than zero."""

    worn: set[date] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    more_than_zero: set[str] = field(default_factory=set)

    def note(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.columns |= {column for column, value in row.items() if value is not None}
            self.more_than_zero |= {column for column, value in row.items() if value}
            if any(row.get(column) for column in WORN):
                self.worn.add(row["date"])


def families_of(columns: Collection[str]) -> set[str]:
    return {family for family, some in FAMILIES.items() if not some.isdisjoint(columns)}
