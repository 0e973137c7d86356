"""What is kept of a day's performance, to rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from garminsync.datasets.dataset import Reader, Row, Rows
from garminsync.datasets.performance_parts import has_numbers
from garminsync.models import (
    Acclimation,
    EnduranceScore,
    HillScore,
    MenstrualCycle,
    MenstrualLog,
    TrainingReadiness,
    TrainingStatus,
    Vo2Max,
)
from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.base import GarminModel
from garminsync.schemas.performance import AcclimationDay, Cycle, EnduranceScoreDay, HillScoreDay, Vo2MaxDay
from garminsync.schemas.readiness import ReadinessSnapshot, StatusEntry

# What an entry may carry without telling anything.
TELLS_NOTHING = {
    *("date", "device_id", "time", "utc_offset_s", "context", "valid_sleep", "paused", "primary_device"),
    *("sample_pk", "version", "source"),
}
NONE_UNDERSTOOD = "it has content, but none that is understood"


def a_day(model: type[Model], schema: type[GarminModel]) -> Reader:
    """A row for each entry of a day that tells something."""
    return lambda part, notes: {model: [row for _, row in _rows(schema, part, notes)]}


def a_daily_value(model: type[Model], schema: type[GarminModel]) -> Reader:
    """The same for a value that says from when until when it stands."""

    def read(part: Any, notes: list[str]) -> Rows:
        if isinstance(part, dict) and part.get("until") not in (None, part.get("from")):
            raise NotUnderstood("a value of several days, where that of each was asked for")
        return a_day(model, schema)(part, notes)

    return read


def _rows(schema: type[GarminModel], part: Any, notes: list[str]) -> Iterator[tuple[Any, Row]]:
    """The entries of a day, one or a list of them, that tell something, with their rows; a bad one costs itself."""
    for entry in part if isinstance(part, list) else [part]:
        said = len(notes)
        try:
            if row := _row(schema, entry, notes):
                yield entry, row
            elif len(notes) == said and has_numbers(entry):
                notes.append(NONE_UNDERSTOOD)
        except NotUnderstood as error:
            notes.append(str(error))


def _row(schema: type[GarminModel], entry: Any, notes: list[str]) -> Row:
    """The columns but the day; none for an entry that tells nothing. Raises NotUnderstood."""
    row = schema.read(entry, notes).row()
    tells = any(value is not None for column, value in row.items() if column not in TELLS_NOTHING)
    return {column: value for column, value in row.items() if column != "date"} if tells else {}


def read_readiness(part: Any, notes: list[str]) -> Rows:
    """A day's snapshots by time, whatever order Garmin gives them in."""
    rows = [row for _, row in _rows(ReadinessSnapshot, part, notes)]
    rows.sort(key=lambda row: (str(row["time"] or ""), row["device_id"] or 0))
    return {TrainingReadiness: [{"index": index, **row} for index, row in enumerate(rows)]}


def read_statuses(part: Any, notes: list[str]) -> Rows:
    """One row a device: the newest, should there be several."""
    rows = sorted((row for _, row in _rows(StatusEntry, part, notes)), key=lambda row: str(row["time"] or ""))
    return {TrainingStatus: list({row["device_id"]: row for row in rows}.values())}


def read_vo2max(part: Any, notes: list[str]) -> Rows:
    """VO2 max and acclimation, which come together; either may be missing."""
    rows: dict[type[Model], Row] = {Vo2Max: {}, Acclimation: {}}
    for entry in part if isinstance(part, list) else [part]:
        for model, schema in ((Vo2Max, Vo2MaxDay), (Acclimation, AcclimationDay)):
            new = _row(schema, entry, notes)
            rows[model] |= {c: value for c, value in new.items() if rows[model].get(c) is None}
    if not any(rows.values()) and not notes and has_numbers(part):
        notes.append(NONE_UNDERSTOOD)
    return {model: [row] if row else [] for model, row in rows.items()}


def read_hill_scores(part: Any, notes: list[str]) -> Rows:
    """That of the primary training device; of the first where none is."""
    found = list(_rows(HillScoreDay, part, notes))
    found.sort(key=lambda one: one[0].get("primaryTrainingDevice") is not True)
    return {HillScore: [row for _, row in found[:1]]}


def read_endurance_score(part: Any, notes: list[str]) -> Rows:
    """Scores that are not by the day are kept as they came."""
    if isinstance(part, dict) and "groupMap" in part:
        raise NotUnderstood("scores by the week or the month, where those of the days were asked for")
    return a_day(EnduranceScore, EnduranceScoreDay)(part, notes)


def read_cycles(part: Any, notes: list[str]) -> Rows:
    """The cycle that begins on this day, and what was written down on it."""
    entries = part if isinstance(part, list) else [part]
    logs = [entry for entry in entries if isinstance(entry, dict) and "logged" in entry]
    found = [row for _, row in _rows(Cycle, [entry for entry in entries if entry not in logs], notes)]
    found.sort(key=lambda row: row["predicted"] is True)
    return {MenstrualCycle: found[:1], MenstrualLog: [{"logged": entry["logged"]} for entry in logs[:1]]}
