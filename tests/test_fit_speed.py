"""The fast reader of FIT files gives what the tolerant one gives, or leaves the file to it."""

import struct
from dataclasses import asdict
from random import Random
from typing import Any

import pytest
from garmin_fit_sdk import CrcCalculator, Profile
from garmin_fit_sdk.fit import BASE_TYPE, BASE_TYPE_DEFINITIONS

from garminsync.fit import activity, limits, read_recording
from garminsync.fit.checksum import checksum
from garminsync.fit.fast import decode_fast
from garminsync.simulator.account import Account
from garminsync.simulator.fitfiles import fit_file
from garminsync.simulator.options import Options
from tests import fit_builder as fit
from tests.fit_builder import FLOAT32, RECORD, STRING, UINT8, UINT16, UINT32, encoded, file_of
from tests.processes import CLONE

HR = 132
RECORDED = sorted((CLONE.parent / "shared" / "recorded" / "fit").glob("*.fit"))
BASES = list(BASE_TYPE_DEFINITIONS)
KINDS = [RECORD] * 8 + [HR] * 4 + [18, 19, 21, 23, 34, 49, 55, 78, 101, 103, 216, 0xFF00]


def differences(content: bytes) -> list[str]:
    """Down to 1 or 1.0: JSON tells them apart."""
    fast, slow = decode_fast(content), activity.decode_with_sdk(content)
    if fast is None:
        return []
    ours, theirs = (asdict(activity.recording_of(*read)) for read in (fast, slow))
    return [name for name in ours if repr(ours[name]) != repr(theirs[name])]


def is_read_fast(content: bytes) -> bool:
    return decode_fast(content) is not None


def odd_file(dice: Random) -> bytes:
    """Sound by its form, and of any content: fields of any type and size, with and without values, of any order."""
    data = b"".join(fit.developer(i) + fit.described(i, f"app{i}", base=dice.choice(BASES)) for i in range(2))
    for _ in range(dice.randrange(1, 7)):
        data += odd_messages(dice, dice.randrange(4), dice.choice(KINDS))
    return file_of(data)


def odd_messages(dice: Random, local: int, kind: int) -> bytes:
    known = Profile["messages"].get(kind, {}).get("fields", {})
    numbers = dice.sample([*known, 240], dice.randrange(1, min(7, len(known) + 2)))
    if 253 in known and 253 not in numbers:
        numbers.append(253)
    fields = [(number, *odd_type(dice, known.get(number))) for number in numbers]
    triples = [(number, size, base) for number, base, size in fields]
    apps = [(0, dice.choice((1, 2, 4, 8)), dice.randrange(3))] if dice.random() < 0.3 else []
    made = fit.definition(local, kind, *triples, developer=apps)
    for _ in range(dice.randrange(1, 5)):
        values = b"".join(odd_value(dice, base, size, number) for number, base, size in fields)
        made += bytes((local,)) + values + b"".join(dice.randbytes(size) for _, size, _ in apps)
    return made


def odd_type(dice: Random, known: dict[str, Any] | None) -> tuple[int, int]:
    right = BASE_TYPE[known["base_type"].upper()] if known and known["base_type"].upper() in BASE_TYPE else UINT8
    base = dice.choice(BASES) if dice.random() < 0.05 else right
    count = dice.choice((1, 2, 3, 8, 12)) if dice.random() < 0.05 or base == BASE_TYPE["BYTE"] else 1
    return base, count * BASE_TYPE_DEFINITIONS[base]["size"]


def odd_value(dice: Random, base: int, size: int, number: int) -> bytes:
    if number == 253 and size == 4 and dice.random() < 0.9:
        return struct.pack("<I", fit.FIT_START + dice.randrange(9))
    return dice.choice((b"\xff" * size, b"\0" * size, b"\x7f" * size, *(dice.randbytes(size) for _ in range(6))))


def mutated(content: bytes, dice: Random) -> bytes:
    made = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(dice.choice((300, len(made)))) % len(made)
        match dice.randrange(6):
            case 0:
                del made[at : at + dice.randrange(1, 30)]
            case 1:
                made[at:at] = made[at : at + dice.randrange(1, 60)]
            case 2:
                made[at : at + 8] = bytes((dice.choice((0, 0x7F, 0xFF)),)) * len(made[at : at + 8])
            case _:
                made[at] = dice.choice((dice.randrange(256), made[at] ^ 1, 0x84, 0x88, 0xFF))
    return fit.resized(bytes(made), max(len(made) - 16, 0)) if dice.random() < 0.6 and len(made) > 16 else bytes(made)


def simulated() -> list[bytes]:
    options = Options(now="2026-07-10T15:30:00Z", days=20, activities=9)
    return [fit_file(one, options) for one in Account(options).activities() if not one.manual]


def swim_with_strap() -> bytes:
    """Records without a pulse, and the beats that the strap kept: an anchor, then 8 beats by 12 bits each."""
    anchor = {253: (UINT32, fit.FIT_START), 0: (UINT16, 16384), 6: (UINT8, 120), 9: (UINT32, 4000)}
    lows = sum(((4000 + 900 * (i + 1)) & 0xFFF) << 12 * i for i in range(8)).to_bytes(12, "little")
    counted = {6: (UINT8, bytes(range(121, 129))), 10: (0x0D, lows)}
    rows = b"".join(fit.told(0, RECORD, {253: (UINT32, fit.FIT_START + i), 5: (UINT32, 100 * i)}) for i in range(9))
    return file_of(rows + fit.told(1, HR, anchor) + fit.told(1, HR, counted))


def with_apps() -> bytes:
    """Numbers, an array and a text of two apps."""
    apps = b"".join(fit.developer(i) for i in range(2)) + fit.described(0, "sweat") + fit.described(1, "sweat")
    apps += fit.described(1, "names", number=1, base=STRING) + fit.described(1, "forces", number=2, base=FLOAT32)
    told = [(0, 1, 0), (0, 1, 1), (1, 6, 1), (2, 8, 1), (9, 3, 1)]
    rows = fit.definition(1, RECORD, (253, 4, UINT32), (3, 1, UINT8), developer=told)
    for i, (sweat, name) in enumerate(((5, b"a\0b"), (255, b""), (7, b"caf\xc3\xa9"))):
        row = struct.pack("<BIBBB6s2f3s", 1, fit.FIT_START + i, 90, sweat, i, name, 1.5, float("nan"), b"xyz")
        rows += row
    return file_of(apps + rows)


SOUND = {
    "run": fit.run(),
    "rich": encoded(("file_id", {"type": "activity"}), *fit.records(300, enhanced_speed=3.5, power=200), fit.session()),
    "chain": fit.run() + fit.run(),
    "two definitions": file_of(fit.record_of(0, 0, 90) + fit.told(0, RECORD, {253: (UINT32, 9), 7: (UINT16, 200)})),
    "strap": swim_with_strap(),
    "apps": with_apps(),
    "no samples": encoded(("file_id", {"type": "settings"}), ("user_profile", {"weight": 70.0})),
    "wrong checksum": fit.run()[:-1] + b"\0",
}


@pytest.mark.parametrize("content", SOUND.values(), ids=list(SOUND))
def test_a_sound_file_is_read_fast_and_gives_the_same(content: bytes) -> None:
    assert is_read_fast(content)
    assert differences(content) == []


def test_the_files_of_a_simulated_account_are_read_fast_and_give_the_same() -> None:
    files = simulated()

    assert len(files) > 5
    assert all(map(is_read_fast, files))
    assert [differences(file) for file in files] == [[]] * len(files)


def test_recorded_files_give_the_same_both_ways() -> None:
    """Where they lie beside the clone; those that are not sound are left to the tolerant reader."""
    found = {file.name: differences(file.read_bytes()) for file in RECORDED}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_any_content_of_a_file_gives_the_same_both_ways(start: int) -> None:
    files = [odd_file(Random(seed)) for seed in range(start, start + 100)]

    assert [seed for seed, file in enumerate(files, start) if differences(file)] == []
    assert sum(map(is_read_fast, files)) > 20


@pytest.mark.parametrize("content", SOUND.values(), ids=list(SOUND))
def test_any_damage_gives_the_same_both_ways(content: bytes) -> None:
    damaged = [mutated(content[:3000], Random(seed)) for seed in range(40)]

    assert [seed for seed, file in enumerate(damaged) if differences(file)] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        fit.run()[:-20],
        fit.run() + b"\0",
        fit.resized(fit.run(), 0),
        file_of(fit.record_of(0, 0, 90) + b"\x05\x01"),
        file_of(fit.record_of(0, 0, 90) + fit.definition(1, RECORD, (3, 1, UINT8)) + b"\xa1\x5b"),
        file_of(fit.told(0, RECORD, {253: (UINT32, 9), 7: (UINT16, b"\1\0\2\0")})),
        file_of(fit.told(0, RECORD, {253: (UINT32, 9), 8: (0x0D, b"\1\2\3")})),
        file_of(fit.developer(0) + fit.developer_record(0, 90, 5) + fit.described(0, "late")),
        file_of(fit.told(0, HR, {253: (UINT32, fit.FIT_START), 6: (UINT8, 90)}) + fit.record_of(1, 0, 90)),
    ],
    ids=[
        *("empty", "cut", "extra bytes", "no size", "no definition", "compressed time", "array"),
        *("compressed speed", "app described late", "heart rate without ticks"),
    ],
)
def test_what_is_unusual_is_left_to_the_tolerant_reader(content: bytes) -> None:
    assert not is_read_fast(content)


@pytest.mark.parametrize("others", [[], [("lap", {"message_index": i}) for i in range(200)]], ids=["", "laps"])
def test_a_file_of_endless_messages_is_left_to_the_reader_that_stops(
    others: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 1000)

    recording = read_recording(encoded(*fit.records(200), *others))

    assert recording.problems == ["more than 1000 values; those after are not read"]
    assert 50 < len(recording.samples["offset_s"]) < 200


@pytest.mark.parametrize("size", [0, 1, 4097, 8192, 8193, 32_766, 32_767, 32_768, 65_535, 100_001])
def test_the_checksum_is_that_of_garmin(size: int) -> None:
    data = Random(size).randbytes(size)

    assert checksum(data) == CrcCalculator.calculate_crc(data, 0, size)
