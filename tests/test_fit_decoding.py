"""Of a damaged FIT file everything sound is read, and the reason for the rest is told."""

import json
import struct
from random import Random
from typing import Any

import pytest

from garminsync.fit import limits, read_recording
from garminsync.fit.decoding import decode
from tests import fit_builder as fit
from tests.fit_builder import FLOAT32, RECORD, STRING, UINT8, UINT16, UINT32, UINT64, encoded, file_of, record_of, run

NO_DEFINITION = "a message without its definition; what comes after it is not read"
CUT = "file cut short, or its size is wrong"
WRONG_SIZE = "its size is missing or wrong, as in a file that was never closed"


def heart_rates(content: bytes) -> list[Any]:
    samples = read_recording(content).samples
    return list(samples.get("heart_rate_bpm", []))


def test_a_sound_file_has_no_problems() -> None:
    decoded = decode(run())

    assert (decoded.problems, decoded.notes) == ([], [])
    assert {kind: len(rows) for kind, rows in decoded.messages.items()} == {
        "file_id": 1,
        "record": 4,
        "lap": 1,
        "session": 1,
    }


@pytest.mark.case("B19")
def test_an_empty_file_is_no_success() -> None:
    assert decode(b"").problems == ["empty file"]
    assert read_recording(b"").problems == ["the file is empty"]
    assert read_recording(b"").status == "unreadable"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"not FIT at all", "not a FIT file"),
        (run()[:14], "file cut short, or its size is wrong"),
        (file_of(b""), "no messages in the file"),
    ],
)
def test_a_file_without_messages_says_why(content: bytes, problem: str) -> None:
    assert decode(content).messages == {}
    assert decode(content).problems == [problem]


@pytest.mark.case("B02")
def test_a_file_that_was_never_closed_is_read_by_its_true_size() -> None:
    recording = read_recording(fit.resized(run(), 0))

    assert (recording.status, recording.problems) == ("partial", [WRONG_SIZE, "checksum differs"])
    assert len(recording.samples["offset_s"]) == 4
    assert len(recording.sessions) == 1


@pytest.mark.case("B02")
def test_a_file_that_was_never_closed_and_is_cut_keeps_what_it_has() -> None:
    recording = read_recording(fit.resized(run(), 0)[:-14])

    assert recording.status == "partial"
    assert recording.samples["heart_rate_bpm"] == [100, 101, 102, 103]


@pytest.mark.case("B04")
def test_a_wrong_checksum_loses_nothing_and_is_told() -> None:
    sound = run()

    recording = read_recording(sound[:-1] + bytes((sound[-1] ^ 1,)))

    assert (recording.status, recording.problems) == ("whole", ["checksum differs"])
    assert recording.samples == read_recording(sound).samples
    assert recording.sessions == read_recording(sound).sessions


@pytest.mark.case("B05")
def test_a_file_cut_short_keeps_what_came_before_the_cut() -> None:
    recording = read_recording(run()[:-14])

    assert (recording.status, recording.problems) == ("partial", [CUT])
    assert recording.samples["heart_rate_bpm"] == [100, 101, 102, 103]
    (session,) = recording.sessions
    assert (session["start_time"], session["elapsed_s"], session["avg_hr_bpm"]) == (fit.START, 3.0, None)


def test_a_cut_anywhere_never_loses_what_came_before_it() -> None:
    sound = run(20)

    counts = [len(read_recording(sound[:length]).samples.get("offset_s", [])) for length in range(len(sound) + 1)]

    assert counts == sorted(counts)
    assert set(counts) == set(range(21))


@pytest.mark.parametrize("lie", [-40, -3, 1, 2, 500, 2**31])
def test_a_file_that_lies_about_its_size_is_read_in_full(lie: int) -> None:
    sound = run()

    recording = read_recording(fit.resized(sound, len(sound) - 16 + lie))

    assert recording.problems[0] == (WRONG_SIZE if abs(lie) != 3 else "checksum differs")  # 3 short is overread
    assert recording.sessions == read_recording(sound).sessions
    assert recording.samples == read_recording(sound).samples


@pytest.mark.parametrize("extra", [b"\0", bytes(512), b"<html>", b"\x0e" * 30])
def test_extra_bytes_after_the_end_are_told(extra: bytes) -> None:
    recording = read_recording(run() + extra)

    assert (recording.status, recording.problems) == ("whole", ["extra bytes after the end"])
    assert recording.samples["heart_rate_bpm"] == [100, 101, 102, 103]


def test_files_chained_to_each_other_are_read_to_the_last() -> None:
    content = file_of(record_of(0, 0, 90)) + file_of(record_of(0, 1, 91), crc=1) + file_of(record_of(0, 2, 92))

    recording = read_recording(content)

    assert recording.samples["heart_rate_bpm"] == [90, 91, 92]
    assert recording.problems == ["checksum differs"]


def test_a_short_header_is_a_header() -> None:
    assert heart_rates(file_of(record_of(0, 0, 90), header=12)) == [90]


def test_a_message_that_was_never_defined_ends_the_reading() -> None:
    recording = read_recording(file_of(record_of(0, 0, 90) + b"\x05\x01\x02" + record_of(0, 1, 91)))

    assert (recording.status, recording.problems) == ("partial", [NO_DEFINITION])
    assert recording.samples["heart_rate_bpm"] == [90]


def test_a_compressed_message_that_was_never_defined_ends_the_reading() -> None:
    recording = read_recording(file_of(record_of(0, 0, 90) + b"\xe5\x01\x02"))

    assert (recording.status, recording.problems) == ("partial", [NO_DEFINITION])
    assert recording.samples["heart_rate_bpm"] == [90]


def test_compressed_timestamps_count_on_from_the_last_full_one() -> None:
    bare = fit.definition(1, RECORD, (3, 1, UINT8))
    full = fit.told(0, RECORD, {253: (UINT32, 1_000_000_030), 3: (UINT8, 90)})  # 30 is ...10100 by its last 5 bits
    compressed = b"".join(bytes((0xA0 | (1_000_000_030 + i) & 31, 90 + i)) for i in (1, 12, 40))

    recording = read_recording(file_of(full + bare + compressed))

    assert recording.samples == {"offset_s": [0, 1, 12, 40], "heart_rate_bpm": [90, 91, 102, 130]}
    assert (recording.status, recording.problems) == ("whole", [])


def test_compressed_speed_and_distance_are_speed_and_distance() -> None:
    full = fit.told(0, RECORD, {253: (UINT32, 1_000_000_000)})
    fields = fit.definition(1, RECORD, (8, 3, 0x0D))
    # 12 bits of speed in cm/s, then 12 of distance in 1/16 m, which begin anew after 256 m
    values = [(350, 0), (400, 16 * 200), (450, 16 * 44)]
    packed = [
        bytes((0xA0 | i, *(speed | distance << 12).to_bytes(3, "little")))
        for i, (speed, distance) in enumerate(values, 1)
    ]

    samples = read_recording(file_of(full + fields + b"".join(packed))).samples

    assert samples["speed_mps"] == [None, 3.5, 4, 4.5]
    assert samples["distance_m"] == [None, 0, 200, 300]


@pytest.mark.parametrize(
    ("field", "base", "value"),
    [
        (200, 0x1B, b"\1\2\3"),  # a base type that nobody knows
        (200, UINT8, b""),  # a field of no bytes
        (6, UINT32, b"\1\2\3"),  # a size that is no multiple of its type's
        (6, STRING, b"fast\0"),
        (6, FLOAT32, struct.pack("<f", float("nan"))),
        (6, FLOAT32, struct.pack("<f", float("inf"))),
        (7, UINT64, struct.pack("<Q", 2**63)),
        (2, STRING, b"high\0"),
        (253, STRING, b"noon\0"),
    ],
)
def test_a_wrong_definition_costs_its_own_value_only(field: int, base: int, value: bytes) -> None:
    odd = fit.told(1, RECORD, {3: (UINT8, 91), field: (base, value)})

    recording = read_recording(file_of(record_of(0, 0, 90) + odd + record_of(0, 2, 92)))

    assert recording.samples["heart_rate_bpm"] == [90, 91, 92]
    assert set(recording.samples) == {"offset_s", "heart_rate_bpm"}


def test_a_time_that_is_an_array_costs_that_time_only() -> None:
    odd = fit.told(1, RECORD, {253: (UINT32, struct.pack("<II", 7, 8)), 3: (UINT8, 91)})

    recording = read_recording(file_of(record_of(0, 0, 90) + odd + record_of(0, 2, 92)))

    assert recording.samples == {"offset_s": [0, None, 2], "heart_rate_bpm": [90, 91, 92]}
    assert recording.problems == ["record.timestamp is an array where one number belongs"]


@pytest.mark.case("B07")
@pytest.mark.parametrize("before", [b"", fit.described(0, "Zorp")], ids=["no description", "no developer_data_id"])
def test_a_developer_field_that_was_never_described_costs_nothing_else(before: bytes) -> None:
    rows = fit.developer_record(0, 90, 55) + fit.developer_record(1, 91, 56)

    recording = read_recording(file_of(before + rows))

    assert recording.samples == {"offset_s": [0, 1], "heart_rate_bpm": [90, 91]}
    assert (recording.status, recording.problems) == ("whole", [])


@pytest.mark.case("B07")
def test_a_developer_field_described_late_has_values_from_there() -> None:
    late = fit.developer(0) + fit.described(0, "Zorp")

    recording = read_recording(file_of(fit.developer_record(0, 90, 55) + late + fit.developer_record(1, 91, 56)))

    assert recording.samples == {"offset_s": [0, 1], "heart_rate_bpm": [90, 91], "Zorp": [None, 56]}
    assert recording.status == "whole"


@pytest.mark.case("B08")
def test_an_app_that_tells_only_its_index_has_its_values_by_name() -> None:
    recording = read_recording(file_of(fit.developer(0) + fit.described(0, "Zorp") + fit.developer_record(0, 90, 55)))

    assert recording.samples == {"offset_s": [0], "heart_rate_bpm": [90], "Zorp": [55]}
    assert recording.status == "whole"


def test_developer_fields_of_one_name_and_two_apps_stay_two() -> None:
    apps = b"".join(fit.developer(i) + fit.described(i, "Zorp") for i in (0, 1))

    samples = read_recording(
        file_of(apps + fit.developer_record(0, 90, 55) + fit.developer_record(1, 91, 56, index=1))
    ).samples

    assert (samples["Zorp (0)"], samples["Zorp (1)"]) == ([55, None], [None, 56])


def test_a_developer_field_never_takes_the_place_of_a_sample() -> None:
    apps = fit.developer(0) + fit.described(0, "heart_rate_bpm")

    samples = read_recording(file_of(apps + fit.developer_record(0, 90, 55))).samples

    assert (samples["heart_rate_bpm"], samples["heart_rate_bpm (0)"]) == ([90], [55])


def test_what_stands_for_no_value_in_a_developer_field_is_none() -> None:
    apps = fit.developer(0) + fit.described(0, "Zorp")

    samples = read_recording(file_of(apps + fit.developer_record(0, 90, 255) + fit.developer_record(1, 91, 1))).samples

    assert samples["Zorp"] == [None, 1]


@pytest.mark.parametrize(
    "broken",
    [
        fit.told(15, fit.DEVELOPER_DATA_ID, {1: (UINT8, 5)}),
        fit.developer(0) + fit.told(14, fit.FIELD_DESCRIPTION, {0: (UINT8, 0), 3: (STRING, b"Zorp\0")}),
        fit.developer(0) + fit.described(0, "Zorp", base=UINT16),
    ],
    ids=["app without index", "field without type", "field smaller than its type"],
)
def test_broken_developer_fields_cost_only_themselves(broken: bytes) -> None:
    recording = read_recording(file_of(broken + fit.developer_record(0, 90, 55) + record_of(0, 1, 91)))

    assert recording.samples["heart_rate_bpm"] == [90, 91]
    assert (recording.status, recording.problems) == ("partial", ["its developer fields are damaged and left out"])


@pytest.mark.case("B16")
@pytest.mark.parametrize("anchor", [{"fractional_timestamp": 0.0}, {}], ids=["anchored", "no fraction"])
def test_heart_rates_without_records_harm_nothing(anchor: dict[str, float]) -> None:
    rates = "hr", {"timestamp": fit.START, "filtered_bpm": [120], "event_timestamp": [10.0], **anchor}

    recording = read_recording(encoded(("file_id", {"type": "activity"}), rates, fit.session(max_heart_rate=150)))

    assert (recording.status, recording.problems, recording.samples) == ("whole", [], {})
    assert recording.sessions[0]["max_hr_bpm"] == 150


@pytest.mark.case("B16")
def test_heart_rates_of_a_swim_come_into_its_records() -> None:
    swim = [("record", {"timestamp": fit.at(i), "distance": float(i)}) for i in range(4)]
    anchor = {"timestamp": fit.START, "fractional_timestamp": 0.0, "filtered_bpm": [120], "event_timestamp": [10.0]}
    later = {"filtered_bpm": [122, 124, 126, 128], "event_timestamp": [11.0, 12.0, 13.0, 14.0]}

    recording = read_recording(encoded(*swim, ("hr", anchor), ("hr", later)))

    assert recording.samples["heart_rate_bpm"] == [120, 121, 123, 125]
    assert recording.status == "whole"


@pytest.mark.case("B16")
def test_the_second_part_of_a_chain_needs_no_file_id() -> None:
    parts = encoded(("file_id", {"type": "activity"}), *fit.records(2)), encoded(*fit.records(3))

    recording = read_recording(b"".join(parts))

    assert (recording.status, len(recording.samples["offset_s"])) == ("whole", 5)


def test_a_file_of_endless_messages_is_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 1000)
    one_byte_each = fit.definition(1, RECORD) + b"\1" * 50_000

    decoded = decode(file_of(record_of(0, 0, 90) + one_byte_each))

    assert len(decoded["record"]) == 98
    assert decoded.problems == ["more than 1000 values; those after are not read"]


def assert_storable(content: bytes) -> None:
    """Rows that any database takes: strict JSON, no NUL, no lone surrogate, counts within an integer column."""
    recording = read_recording(content)

    dump = json.dumps(vars(recording), allow_nan=False, default=str)
    assert "\\u0000" not in dump
    vars_text = json.dumps(vars(recording), ensure_ascii=False, default=str)
    assert vars_text.encode()
    assert recording.status == "whole" or recording.problems
    assert len({len(column) for column in recording.samples.values()}) <= 1
    counts = [
        row[name]
        for row in recording.sets + recording.lengths
        for name in ("repetitions", "strokes")
        if row.get(name) is not None
    ]
    assert all(0 <= count < 2**31 for count in counts)


def rich() -> bytes:
    """A bit of everything."""
    names = {"product_name": "Watch", "manufacturer": "garmin", "serial_number": 123456, "device_index": "creator"}
    swim = {"start_time": fit.START, "total_elapsed_time": 30.0, "length_type": "active", "total_strokes": 12}
    bench = {"timestamp": fit.at(9), "set_type": "active", "repetitions": 8, "weight": 70.0, "category": ["curl"]}
    zones = {"reference_mesg": "session", "time_in_hr_zone": [1.0, 2.0], "hr_zone_high_boundary": [100, 120]}
    native = encoded(
        ("file_id", {"type": "activity"}),
        ("device_info", names),
        *fit.records(6, enhanced_speed=3.5, enhanced_altitude=20.0, position_lat=5 * 10**8, position_long=10**8),
        ("length", swim),
        ("set", bench),
        ("time_in_zone", zones),
        ("split", {"split_type": "run_active", "total_elapsed_time": 5.0, "end_time": fit.at(5)}),
        ("lap", {"timestamp": fit.at(60), "start_time": fit.START}),
        fit.session(total_elapsed_time=60.0),
        ("activity", {"timestamp": fit.at(60), "local_timestamp": fit.at(7260)}),
    )
    apps = fit.developer(0) + fit.described(0, "Zorp") + fit.developer_record(7, 90, 55)
    bare = fit.definition(2, RECORD, (3, 1, UINT8)) + b"\xc1\x5a\xc2\x5b"
    return native + file_of(apps + bare)


def test_the_file_that_is_damaged_below_is_sound() -> None:
    recording = read_recording(rich())

    assert (recording.status, recording.problems, len(recording.samples["offset_s"])) == ("whole", [], 9)
    assert_storable(rich())


@pytest.mark.parametrize("seed", range(10))
def test_damage_anywhere_never_raises_nor_gives_what_no_database_takes(seed: int) -> None:
    random, sound = Random(seed), rich()

    for _ in range(50):
        content = bytearray(sound)
        for _ in range(random.choice((1, 1, 2, 5, 30))):
            content[random.randrange(len(content))] = random.randrange(256)
        cut = random.choice((len(content), random.randrange(len(content) + 1)))
        assert_storable(bytes(content[:cut]))


@pytest.mark.parametrize("base", [0x00, 0x01, 0x02, 0x83, 0x84, 0x85, 0x86, 0x07, 0x88, 0x89, 0x0A, 0x0D, 0x8E, 0x8F])
@pytest.mark.parametrize("filler", [0x00, 0x7F, 0x80, 0xC3, 0xEE])
def test_any_type_in_any_field_gives_rows_that_can_be_stored(base: int, filler: int) -> None:
    kinds = {20: (0, 1, 2, 3, 5, 6, 8, 30, 78, 253), 18: (2, 3, 5, 7, 9, 33, 44, 46, 253), 101: (2, 4, 5, 7, 12)}
    kinds |= {225: (0, 3, 4, 5, 7), 23: (2, 3, 27, 253), 34: (5, 253), 216: (0, 2, 6), 312: (0, 1, 253), 132: (0, 6, 9)}
    data = b"".join(
        fit.told(0, kind, {field: (base, bytes((filler,)) * 8)}) for kind, fields in kinds.items() for field in fields
    )

    assert_storable(file_of(data))
