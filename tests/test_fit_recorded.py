"""The real device files beside the clone: read where they lie, counted against garmin-fit-sdk itself."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from garmin_fit_sdk import Decoder, Stream

from garminsync.fit import Recording, read_recording
from garminsync.fit.records import COLUMNS
from tests.processes import CLONE

FOLDER = CLONE.parent / "shared" / "recorded" / "fit"
FILES = sorted(FOLDER.glob("*.fit"))
COMPRESSED = {"antfs-dump.63.fit": (686, 1), "compressed-speed-distance.fit": (755, 11)}
DAMAGED = {
    "activity-filecrc.fit": ("whole", ["checksum differs"]),
    "activity-settings-nodata.fit": ("partial", ["file cut short, or its size is wrong"]),
    "activity-unexpected-eof.fit": ("partial", ["file cut short, or its size is wrong"]),
}
CLOCK = "the device's clock was not set, so nobody knows when this was"

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


@cache
def told_by_garmin(path: Path) -> dict[str, list[dict[Any, Any]]]:
    messages: dict[Any, Any] = dict(Decoder(Stream.from_byte_array(bytearray(path.read_bytes()))).read()[0])
    return {kind: list(messages.get(f"{kind}_mesgs", [])) for kind in ("record", "lap", "session", "length", "split")}


@cache
def read(path: Path) -> Recording:
    return read_recording(path.read_bytes())


def test_there_are_recorded_files() -> None:
    assert len(FILES) > 20


@every_file
def test_every_record_lap_and_session_is_stored(path: Path) -> None:
    garmins, ours = told_by_garmin(path), read(path)

    records, laps = COMPRESSED.get(path.name, (len(garmins["record"]), len(garmins["lap"])))
    made_from_records = 1 if records and not garmins["session"] else 0
    assert len(ours.samples.get("offset_s", [])) == records
    assert len(ours.laps) == laps
    assert len(ours.sessions) == len(garmins["session"]) + made_from_records
    assert (len(ours.lengths), len(ours.splits)) == (len(garmins["length"]), len(garmins["split"]))


@every_file
def test_every_number_of_a_record_lands_in_a_column(path: Path) -> None:
    garmins, ours = told_by_garmin(path)["record"], read(path).samples
    places = {field: column for column, fields in COLUMNS.items() for field in fields}
    places |= {"position_lat": "latitude_deg", "position_long": "longitude_deg"}

    lost = [
        (index, field, value)
        for index, record in enumerate(garmins)
        for field, value in record.items()
        if isinstance(field, str) and isinstance(value, int | float)
        if not same(field, value, ours.get(places.get(field, field), [None] * len(garmins))[index])
    ]

    assert lost == []


def same(field: str, value: float, stored: float | None) -> bool:
    if field.startswith("position"):
        return stored is not None and abs(stored - value * 180 / 2**31) < 1e-6
    return stored == value


@every_file
def test_every_value_of_an_app_lands_in_a_column(path: Path) -> None:
    garmins, ours = told_by_garmin(path)["record"], read(path).samples

    theirs = sum(len(record.get("developer_fields", {})) for record in garmins)

    named = set(ours) - {"offset_s", "session", "latitude_deg", "longitude_deg", *COLUMNS}
    fields = {field for record in garmins for field in record}
    assert sum(value is not None for name in named - fields for value in ours[name]) == theirs


@every_file
def test_a_reason_is_told_exactly_where_something_is_wrong(path: Path) -> None:
    recording = read(path)

    expected = DAMAGED.get(path.name, ("whole", [CLOCK] if path.name in COMPRESSED else []))
    assert (recording.status, recording.problems) == expected


@every_file
def test_rows_are_what_any_database_takes(path: Path) -> None:
    recording = read(path)

    assert "\\u0000" not in json.dumps(vars(recording), allow_nan=False, default=str)
    assert len({len(column) for column in recording.samples.values()}) <= 1


@every_file
def test_a_file_cut_in_its_middle_keeps_its_first_half(path: Path) -> None:
    content = path.read_bytes()[:20_000]
    whole, half = read_recording(content), read_recording(content[: len(content) // 2])

    count = len(half.samples.get("offset_s", []))
    assert half.samples.get("heart_rate_bpm", []) == whole.samples.get("heart_rate_bpm", [])[:count]
    assert half.status == "partial"
    assert half.problems
