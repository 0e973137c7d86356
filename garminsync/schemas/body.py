"""HRV, weigh-ins, blood pressure and hydration. Garmin gives grams and millilitres whatever the profile says."""

from datetime import date, time
from typing import Annotated, Any

from pydantic import Field, field_validator

from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.base import Dated, GarminModel, at
from garminsync.schemas.values import (
    BigId,
    CalendarDate,
    Instant,
    Level,
    Number,
    Small,
    Text,
    Thousandth,
    offset_s,
    unwrapped,
)

Kilograms = Annotated[Number, Field(ge=0, le=2_000_000), Thousandth]
Percent = Annotated[Number, Field(ge=0, le=100)]
Millilitres = Annotated[Number, Field(ge=0)]


class HrvNight(Dated):
    """hrv-service/hrv/daily/{start}/{end}: hrvSummaries[], in milliseconds. The baseline is null in the first
    weeks with a watch."""

    night_avg_ms: Level = at("lastNightAvg")
    night_high_ms: Level = at("lastNight5MinHigh")
    week_avg_ms: Level = at("weeklyAvg")
    baseline_low_ms: Level = at("baseline.lowUpper")
    baseline_balanced_from_ms: Level = at("baseline.balancedLow")
    baseline_balanced_to_ms: Level = at("baseline.balancedUpper")
    baseline_marker: Number | None = at("baseline.markerValue")
    status: Text | None = at("status")
    feedback: Text | None = at("feedbackPhrase")


class WeighInItem(GarminModel):
    """weight-service/weight/range/{start}/{end}?includeAll=true: allWeightMetrics[] of the days; grams and
    percent. `timestampGMT` is the instant in milliseconds, `date` the wall clock written as if it were UTC,
    or only the day."""

    # Without samplePk the moment tells one weigh-in from another.
    sample_pk: BigId = at("samplePk", "timestampGMT", "date", default=...)
    time: Instant | None = at("timestampGMT")
    local_time: Instant | None = at("date", exclude=True)
    weight_kg: Kilograms | None = at("weight")
    bmi: Number | None = at("bmi")
    body_fat_percent: Percent | None = at("bodyFat")
    body_water_percent: Percent | None = at("bodyWater")
    bone_mass_kg: Kilograms | None = at("boneMass")
    muscle_mass_kg: Kilograms | None = at("muscleMass")
    visceral_fat: Number | None = at("visceralFat")
    metabolic_age_years: Small | None = at("metabolicAge")
    physique_rating: Small | None = at("physiqueRating")
    source: Text | None = at("sourceType")

    def row(self) -> dict[str, Any]:
        only_the_day = self.local_time is not None and self.local_time.time() == time()
        return {**super().row(), "utc_offset_s": None if only_the_day else offset_s(self.local_time, self.time)}


class _WhenWeighed(GarminModel):
    day: CalendarDate | None = at("calendarDate")
    day_of_summary: CalendarDate | None = at("summaryDate")
    local_time: Instant | None = at("date")
    time: Instant | None = at("timestampGMT")


def day_weighed(part: Any) -> date | None:
    """The day under which Garmin files a weigh-in; where that is missing, the day of the wall clock."""
    try:
        when = _WhenWeighed.read(part, [])
    except NotUnderstood:
        return None
    instant = when.local_time or when.time
    return when.day or when.day_of_summary or (instant.date() if instant else None)


class BloodPressureItem(GarminModel):
    """bloodpressure-service/bloodpressure/range/{start}/{end}?includeAll=true: measurements[] of the days; mmHg
    and beats a minute."""

    version: BigId = at("version", default=...)
    time: Instant | None = at("measurementTimestampGMT")
    local_time: Instant | None = at("measurementTimestampLocal", exclude=True)
    systolic_mmhg: Level = at("systolic")
    diastolic_mmhg: Level = at("diastolic")
    pulse_bpm: Level = at("pulse")
    category: Text | None = at("categoryName")
    notes: Text | None = at("notes")
    source: Text | None = at("sourceType")

    def row(self) -> dict[str, Any]:
        return {**super().row(), "utc_offset_s": offset_s(self.local_time, self.time)}


CONSUMED = ("valueInML", "consumedInFractionalMl", "consumedInMl")
GOALS = ("goalInML", "goalInFractionalMl", "goalInMl")


class HydrationDay(GarminModel):
    """usersummary-service/stats/hydration/daily/{start}/{end}[], or `hydration` of a day in v2/dailysummaries:
    millilitres."""

    consumed_ml: Millilitres | None = at(*CONSUMED)
    goal_ml: Millilitres | None = at(*GOALS)

    _leaf = field_validator("*", mode="before")(unwrapped)
