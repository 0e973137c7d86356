"""From a file's messages to the rows of an activity."""

import struct
from datetime import UTC, datetime
from typing import Any

import pytest

from garminsync.fit import read_recording
from tests import fit_builder as fit
from tests.fit_builder import FLOAT32, RECORD, START, STRING, UINT8, UINT16, UINT32, at, encoded, file_of, records

NOTHING = 0xFFFFFFFF / 1000  # as the encoder writes it
FILE_ID = ("file_id", {"type": "activity"})


def columns(**only: Any) -> Any:
    return read_recording(encoded(FILE_ID, ("record", {"timestamp": START, **only}))).samples


def raw_record(fields: dict[int, tuple[int, Any]]) -> bytes:
    return fit.told(0, RECORD, {253: (UINT32, fit.FIT_START), **fields})


@pytest.mark.case("B09")
@pytest.mark.parametrize(
    ("name", "product"),
    [
        (bytes.fromhex("41 62 9F 63 64 00"), "Abcd"),
        (b"Ab\0cd\0", "Ab"),
        (b"\0\0Ab\0", "Ab"),
        (b"\xff\xfe\0", None),
        (b"\xed\xa0\x80x\0", "x"),
        (b"  \0", None),
        ("é\u6771\U0001f3c3\0".encode(), "é\u6771\U0001f3c3"),
    ],
)
def test_a_byte_that_is_no_text_costs_that_byte(name: bytes, product: str | None) -> None:
    device = fit.told(0, fit.DEVICE_INFO, {2: (UINT16, 9999), 27: (STRING, name), 3: (fit.UINT32, 77)})

    recording = read_recording(file_of(device))

    assert [(d["product"], d["serial_number"]) for d in recording.devices] == [(product, "77")]
    assert recording.status == "whole"


@pytest.mark.case("B10")
def test_a_sport_that_nobody_knows_yet_stays_its_number_as_text() -> None:
    known = read_recording(encoded(FILE_ID, fit.session(sport="walking", sub_sport="casual_walking")))
    unknown = read_recording(encoded(FILE_ID, fit.session(sport=250, sub_sport=251)))

    assert (known.sessions[0]["sport"], known.sessions[0]["sub_sport"]) == ("walking", "casual_walking")
    assert (unknown.sessions[0]["sport"], unknown.sessions[0]["sub_sport"]) == ("250", "251")
    assert unknown.status == "whole"


@pytest.mark.case("B11")
def test_an_array_of_nothing_where_one_value_belongs_is_none() -> None:
    device = fit.told(0, fit.DEVICE_INFO, {11: (UINT8, b"\xff" * 3), 3: (UINT32, 77)})
    record = fit.told(1, RECORD, {253: (UINT32, fit.FIT_START), 7: (UINT16, b"\xff" * 3), 3: (UINT8, 90)})

    recording = read_recording(file_of(device + record))

    assert (recording.devices[0]["battery_status"], recording.devices[0]["serial_number"]) == (None, "77")
    assert recording.samples == {"offset_s": [0], "heart_rate_bpm": [90]}
    assert (recording.status, recording.problems) == ("whole", [])


@pytest.mark.case("B11")
def test_an_array_where_one_value_belongs_gives_none_and_is_told_once() -> None:
    record = raw_record({7: (UINT16, struct.pack("<HH", 200, 210)), 6: (UINT16, b"\1\2\3\4"), 3: (UINT8, 90)})

    recording = read_recording(file_of(record + record))

    assert recording.samples == {"offset_s": [0, 0], "heart_rate_bpm": [90, 90]}
    assert recording.problems == [
        "record.power is an array where one number belongs",
        "record.speed is an array where one number belongs",
    ]


@pytest.mark.case("B13")
@pytest.mark.parametrize(
    ("fields", "altitude", "speed"),
    [
        ({78: (UINT32, (123 + 500) * 5), 73: (UINT32, 3500)}, [123], [3.5]),
        ({2: (UINT16, (123 + 500) * 5), 6: (UINT16, 3500)}, [123], [3.5]),
        ({2: (UINT16, 0xFFFF), 6: (UINT16, 0xFFFF)}, None, None),
        ({2: (UINT16, 0xFFFF), 6: (UINT16, 0xFFFF), 78: (UINT32, 3115), 73: (UINT32, 3500)}, [123], [3.5]),
        ({2: (UINT16, 3115), 6: (UINT16, 3500), 78: (UINT32, 0xFFFFFFFF), 73: (UINT32, 0xFFFFFFFF)}, [123], [3.5]),
    ],
    ids=["enhanced", "plain", "invalid", "plain invalid", "enhanced invalid"],
)
def test_altitude_and_speed_come_from_whichever_field_has_them(fields: Any, altitude: Any, speed: Any) -> None:
    samples = read_recording(file_of(raw_record(fields))).samples

    assert (samples.get("altitude_m"), samples.get("speed_mps")) == (altitude, speed)


@pytest.mark.case("B18")
def test_each_session_keeps_its_sport_and_its_samples() -> None:
    sports = ["swimming", "transition", "cycling", "transition", "running"]
    sessions = [
        fit.session(sport=sport, start_time=at(10 * i), timestamp=at(10 * i + 10), total_elapsed_time=10.0)
        for i, sport in enumerate(sports)
    ]

    recording = read_recording(encoded(FILE_ID, *records(50), *sessions))

    assert [(s["index"], s["sport"], s["start_time"]) for s in recording.sessions] == [
        (i, sport, at(10 * i)) for i, sport in enumerate(sports)
    ]
    assert recording.samples["session"] == [i // 10 for i in range(50)]
    assert recording.start_time == START


@pytest.mark.case("B18")
def test_samples_find_their_session_whatever_the_order_in_the_file() -> None:
    later, broken, first = [
        fit.session(sport="running", start_time=at(2), timestamp=at(4)),
        ("session", {"sport": "generic"}),
        fit.session(sport="cycling", start_time=at(0), timestamp=at(2)),
    ]

    recording = read_recording(encoded(FILE_ID, *records(4), later, broken, first))

    assert recording.samples["session"] == [2, 2, 0, 0]
    assert recording.start_time == START


@pytest.mark.case("B19")
def test_records_alone_make_a_session() -> None:
    rows = [("record", {"timestamp": at(i), "distance": 3.0 * i}) for i in range(5)]

    recording = read_recording(encoded(FILE_ID, *rows))

    (session,) = recording.sessions
    assert (recording.status, recording.start_time, len(recording.samples["offset_s"])) == ("whole", START, 5)
    assert (session["start_time"], session["elapsed_s"], session["duration_s"]) == (START, 4.0, 4.0)
    assert (session["distance_m"], session["sport"]) == (12.0, None)


@pytest.mark.case("B19")
def test_a_session_without_a_start_has_that_of_its_records() -> None:
    recording = read_recording(encoded(FILE_ID, *records(5), ("session", {"sport": "running"})))

    (session,) = recording.sessions
    assert (session["start_time"], session["elapsed_s"], session["duration_s"]) == (START, 4.0, 4.0)
    assert recording.start_time == START


@pytest.mark.case("B19")
def test_a_session_without_a_start_began_its_length_before_its_end() -> None:
    recording = read_recording(encoded(FILE_ID, ("session", {"timestamp": at(60), "total_elapsed_time": 60.0})))

    assert recording.sessions[0]["start_time"] == START


@pytest.mark.case("B19")
def test_a_session_without_records_has_no_samples() -> None:
    recording = read_recording(encoded(FILE_ID, ("session", {"sport": "running"})))

    assert (recording.status, recording.start_time, recording.samples) == ("whole", None, {})
    assert recording.sessions[0]["sport"] == "running"


@pytest.mark.case("B19")
def test_a_file_needs_no_file_id() -> None:
    recording = read_recording(encoded(*records(3), fit.session()))

    assert (recording.status, len(recording.samples["offset_s"])) == ("whole", 3)


@pytest.mark.case("B20")
def test_two_samples_of_one_second_stay_two() -> None:
    rows = [("record", {"timestamp": START, "heart_rate": rate}) for rate in (100, 101)]

    recording = read_recording(encoded(FILE_ID, *rows))

    assert recording.samples == {"offset_s": [0, 0], "heart_rate_bpm": [100, 101]}
    assert recording.status == "whole"


@pytest.mark.case("B21")
@pytest.mark.parametrize(("told", "distance"), [({}, 822.96), ({"total_distance": 823.0}, 823.0)])
def test_a_pool_in_yards_counts_the_lengths_that_were_swum(told: dict[str, float], distance: float) -> None:
    kinds = ["idle" if i % 10 == 9 else "active" for i in range(40)]
    lengths = [
        ("length", {"length_type": kind, **({"total_strokes": 15} if kind == "active" else {})}) for kind in kinds
    ]
    swim = fit.session(sport="swimming", pool_length=22.86, pool_length_unit="statute", **told)

    recording = read_recording(encoded(FILE_ID, *records(3), *lengths, swim))

    (session,) = recording.sessions
    assert (session["pool_length_m"], session["pool_unit"], session["distance_m"]) == (22.86, "statute", distance)
    assert [length["type"] for length in recording.lengths] == kinds
    assert [length["strokes"] for length in recording.lengths] == [15 if k == "active" else None for k in kinds]


@pytest.mark.case("B22")
def test_sets_and_rests_stay_in_order_and_apart() -> None:
    bench = ["bench_press", 0xFFFF, 0xFFFF]
    sets: list[dict[str, Any]] = [
        {"set_type": "active", "repetitions": 8, "weight": 70.0, "category": bench},
        {"set_type": "rest", "duration": 90.0},
        {"set_type": "active", "repetitions": 6, "weight": 72.5, "category": bench},
    ]

    rows = read_recording(encoded(FILE_ID, *(("set", {"timestamp": START, **told}) for told in sets))).sets

    names = ("index", "type", "exercise", "repetitions", "weight_kg", "duration_s")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (0, "active", "bench_press", 8, 70.0, None),
        (1, "rest", None, None, None, 90.0),
        (2, "active", "bench_press", 6, 72.5, None),
    ]


@pytest.mark.case("B27")
@pytest.mark.parametrize(
    ("local", "offset"),
    [(0, None), (1_000_007_200, 7200), (999_971_200, -28_800), (1_000_054_001, None), (0xFFFFFFFF, None)],
)
def test_the_offset_of_local_time_is_taken_only_where_it_can_be_true(local: int, offset: int | None) -> None:
    activity = fit.told(0, fit.ACTIVITY, {253: (UINT32, 1_000_000_000), 5: (UINT32, local)})
    record = fit.told(1, RECORD, {253: (UINT32, 1_000_000_000), 3: (UINT8, 90)})

    recording = read_recording(file_of(record + activity))

    assert recording.utc_offset_s == offset
    assert recording.samples_start == datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)


@pytest.mark.case("B29")
def test_seconds_count_from_the_end_of_1989() -> None:
    record = fit.told(0, RECORD, {253: (UINT32, 1_000_000_000), 3: (UINT8, 90)})

    assert read_recording(file_of(record)).start_time == datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)


@pytest.mark.case("B29")
def test_a_clock_that_was_never_set_is_told_and_gives_no_start() -> None:
    rows = b"".join(fit.told(0, RECORD, {253: (UINT32, 5 + i), 3: (UINT8, 90 + i)}) for i in range(3))

    recording = read_recording(file_of(rows))

    assert (recording.start_time, recording.samples_start, recording.sessions[0]["start_time"]) == (None, None, None)
    assert recording.samples == {"offset_s": [0, 1, 2], "heart_rate_bpm": [90, 91, 92]}
    assert recording.problems == ["the device's clock was not set, so nobody knows when this was"]


@pytest.mark.case("B29")
@pytest.mark.parametrize("order", [(5, 1_000_000_000), (1_000_000_000, 5)])
def test_a_clock_that_was_set_at_times_starts_with_the_true_time(order: tuple[int, int]) -> None:
    rows = b"".join(fit.told(0, RECORD, {253: (UINT32, time), 3: (UINT8, 90)}) for time in order)

    recording = read_recording(file_of(rows))

    assert recording.start_time == datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)
    assert recording.samples["offset_s"] == [None if time == 5 else 0 for time in order]
    assert "clock was not set all the time" in recording.problems[0]


def test_a_position_of_zero_is_a_receiver_without_one() -> None:
    assert "latitude_deg" not in columns(position_lat=0, position_long=0)
    assert columns(position_lat=0, position_long=2**30)["longitude_deg"] == [90.0]
    assert columns(position_lat=2**29, position_long=0)["latitude_deg"] == [45.0]


def test_numbers_without_a_column_of_their_own_keep_their_name() -> None:
    samples = columns(left_torque_effectiveness=75.5, core_temperature=37.25, activity_type="running")

    assert samples == {"offset_s": [0], "left_torque_effectiveness": [75.5], "core_temperature": [37.25]}


@pytest.mark.parametrize(("raw", "balance"), [(0xB2, 178), (0x80, 128), (0x7F, 127), (0x32, 50)])
def test_a_balance_is_a_number_also_where_the_reader_has_a_word_for_it(raw: int, balance: int) -> None:
    samples = read_recording(file_of(raw_record({30: (UINT8, raw)}))).samples

    assert samples["left_right_balance"] == [balance]


def test_zones_of_all_sessions_add_up_and_keep_their_places() -> None:
    zones: list[dict[str, Any]] = [
        {"reference_mesg": "lap", "time_in_hr_zone": [9.0, 9.0, 9.0]},
        {"reference_mesg": "session", "time_in_hr_zone": [1.0, NOTHING, 3.0], "hr_zone_high_boundary": [100, 120]},
        {"reference_mesg": "session", "time_in_hr_zone": [10.0, 20.0, 30.0], "hr_zone_high_boundary": [100, 120]},
    ]
    power = fit.session(time_in_power_zone=[5.0, 6.0])

    rows = read_recording(encoded(FILE_ID, *(("time_in_zone", told) for told in zones), power)).zones

    assert [tuple(row.values()) for row in rows] == [
        ("hr", 0, 11.0, 100.0),
        ("hr", 1, 20.0, 120.0),
        ("hr", 2, 33.0, None),
        ("power", 0, 5.0, None),
        ("power", 1, 6.0, None),
    ]


def test_a_device_is_told_once_with_what_was_said_of_it_last() -> None:
    watch = {"device_index": "creator", "manufacturer": "garmin", "garmin_product": 4257, "serial_number": 7}
    strap = {"device_index": 1, "manufacturer": "wahoo_fitness", "battery_status": "good"}
    told = [watch, strap, {"device_index": 1, "battery_status": "low"}]

    rows = read_recording(encoded(FILE_ID, *(("device_info", {"timestamp": START, **d}) for d in told))).devices

    assert [(d["role"], d["manufacturer"], d["battery_status"]) for d in rows] == [
        ("creator", "garmin", None),
        ("1", "wahoo_fitness", "low"),
    ]


def test_laps_and_splits_are_rows_in_the_order_of_the_file() -> None:
    lap = {"timestamp": at(30), "start_time": START, "total_distance": 100.0, "lap_trigger": "manual"}
    split = {"split_type": "run_active", "start_time": START, "end_time": at(30), "total_timer_time": 30.0}

    recording = read_recording(encoded(FILE_ID, ("lap", lap | {"wkt_step_index": 0}), ("lap", lap), ("split", split)))

    assert [(row["index"], row["trigger"], row["distance_m"], row["workout_step"]) for row in recording.laps] == [
        (0, "manual", 100.0, 0),
        (1, "manual", 100.0, None),
    ]
    assert [(row["type"], row["duration_s"]) for row in recording.splits] == [("run_active", 30.0)]


@pytest.mark.parametrize("count", [-5.0, 3e9, 1e30, float("nan"), float("inf")])
def test_a_count_that_no_column_takes_is_none(count: float) -> None:
    strokes = fit.told(0, 101, {5: (FLOAT32, count), 12: (fit.ENUM, 1)})

    (row,) = read_recording(file_of(strokes)).lengths

    assert (row["strokes"], row["type"]) == (None, "active")
