"""What a file may cost: values are counted, columns are bounded, and nothing is held twice."""

import cProfile
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from garmin_fit_sdk import Decoder
from garmin_fit_sdk.hr_mesg_utils import merge_heart_rates as merged_by_garmin

from garminsync.fit import activity, limits, read_recording, rewriting
from garminsync.fit.beats import merge_heart_rates
from garminsync.fit.decoding import decode
from garminsync.fit.fast import decode_fast
from tests import fit_builder as fit
from tests.fit_builder import FLOAT32, RECORD, UINT8, UINT16, UINT32, encoded, file_of

MB = 1024 * 1024
HR = 132
NO_DEFINITION = b"\x09\1\2\3"
LIMIT = "more than 1000 values; those after are not read"
LEFT_OUT = "columns of samples, those with the fewest values, are left out: there are too many"


@pytest.fixture
def few_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 1000)


def peak_of(call: Callable[[], Any]) -> int:
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def raises(call: Callable[..., Any], *told: Any) -> bool:
    try:
        call(*told)
    except Exception:
        return True
    return False


def apps(count: int, fields: int) -> bytes:
    ids = b"".join(fit.developer(i) for i in range(count))
    return ids + b"".join(fit.described(i, f"f{i} {k}", number=k) for i in range(count) for k in range(fields))


def rows(count: int, developer: int = 0) -> bytes:
    """Records with the first fields of the first app."""
    fields = (253, 4, UINT32), (3, 1, UINT8)
    made = fit.definition(1, RECORD, *fields, developer=[(k, 1, 0) for k in range(developer)])
    for i in range(count):
        made += b"\1" + (fit.FIT_START + i).to_bytes(4, "little") + b"\x5a" + b"\7" * developer
    return made


def strap(count: int) -> bytes:
    """Eight beats a message, four seconds between them."""
    anchor = {253: (UINT32, fit.FIT_START), 0: (UINT16, 0), 6: (UINT8, 100), 9: (UINT32, 0)}
    made, ticks = fit.told(2, HR, anchor) + fit.definition(3, HR, (6, 8, UINT8), (10, 12, 0x0D)), 0
    for _ in range(count):
        lows = [(ticks + 4090 * (i + 1)) & 0xFFF for i in range(8)]
        ticks += 4090 * 8
        made += b"\3" + b"\x64" * 8 + sum(low << 12 * i for i, low in enumerate(lows)).to_bytes(12, "little")
    return made


@pytest.mark.usefixtures("few_values")
@pytest.mark.parametrize(
    "data",
    [
        fit.definition(1, 0xFF00, *((i, 240, FLOAT32) for i in range(20))) + b"\1" * 4801,
        fit.definition(1, RECORD, (3, 1, UINT8), developer=[(k, 1, 0) for k in range(250)]) + (b"\1" * 252) * 9,
        fit.definition(1, RECORD, *((i, 1, UINT8) for i in range(100))) * 20,
        strap(9),
    ],
    ids=["arrays", "fields of apps", "definitions", "heart rates of a strap"],
)
def test_what_takes_time_or_memory_is_counted(data: bytes) -> None:
    assert decode(file_of(data)).problems == [LIMIT]
    assert decode_fast(file_of(data)) is None


def test_three_days_of_samples_are_within_the_limit() -> None:
    message = dict.fromkeys(range(13), 1) | {100 + number: 1.0 for number in range(2)}
    limit = limits.Limit()

    limit.listen(RECORD, message)

    assert (limits.MAX_VALUES - limit.left) * 3 * 24 * 3600 <= limits.MAX_VALUES
    assert limits.columns_for(3 * 24 * 3600) > 40


def readings(content: bytes) -> int:
    """How often Garmin's reader reads it."""
    profile = cProfile.Profile()
    profile.runcall(decode, content)
    return sum(each.callcount for each in profile.getstats() if each.code is Decoder.read.__code__)


def test_a_reader_is_started_no_more_often_than_the_limit_pays_for(few_values: None) -> None:
    assert readings(file_of(rows(60) + NO_DEFINITION)) == 3  # as it is, mended, and the first again, as it was let go
    assert readings(file_of(rows(5) + NO_DEFINITION)) == 2  # what mends nothing is not read
    small, large = (file_of(apps(1, 1) + rows(count, developer=1) + NO_DEFINITION) for count in (5, 60))
    # The large one without its apps, and again; the small one also without fields made of others.
    assert (readings(small), readings(large)) == (3, 3)


@pytest.mark.parametrize("tail", [b"", NO_DEFINITION], ids=["sound", "damaged"])
def test_a_reading_that_was_let_go_is_read_again(tail: bytes, few_values: None) -> None:
    assert len(read_recording(file_of(rows(60) + tail)).samples["offset_s"]) == 60


def test_two_readings_are_not_held_at_once() -> None:
    once, damaged = file_of(rows(4000)), file_of(rows(4000) + NO_DEFINITION)
    limit = 4000 * 12 + 100

    alone = peak_of(lambda: decode(once, limits.Limit(limit)))

    assert peak_of(lambda: decode(damaged, limits.Limit(limit))) < 1.3 * alone


def test_nothing_is_rewritten_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "MAX_VALUES", 100)
    full = fit.definition(0, RECORD, (253, 4, UINT32)) + b"\0" + fit.FIT_START.to_bytes(4, "little")
    compressed = fit.definition(1, RECORD, (3, 1, UINT8)) + b"\xa0\x5a" * 20

    made = rewriting.Rewriter().rewrite(full + compressed)

    assert made.endswith(b"\xa0\x5a" * 12)
    assert not made.endswith(b"\xa0\x5a" * 13)


@pytest.mark.parametrize("tail", [b"", NO_DEFINITION], ids=["sound", "damaged"])
def test_fields_that_apps_describe_and_no_sample_has_cost_nothing(tail: bytes) -> None:
    """30 apps of 200 fields, 2000 samples: in full columns 100 MB."""
    content = file_of(apps(30, 200) + rows(2000, developer=3) + tail)

    recording = read_recording(content)

    assert set(recording.samples) == {"offset_s", "heart_rate_bpm", "f0 0", "f0 1", "f0 2"}
    read = activity.decode_with_sdk(content)
    assert peak_of(lambda: activity.recording_of(*read)) < 5 * MB


def test_of_too_many_columns_those_are_left_out_that_are_filled_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_COLUMNS", 5)

    recording = read_recording(file_of(apps(1, 9) + rows(2, developer=3) + rows(1, developer=9)))

    assert set(recording.samples) == {"offset_s", "heart_rate_bpm", *(f"f0 {k}" for k in range(4))}
    assert recording.samples["f0 3"] == [None, None, 7]
    assert (recording.status, recording.problems) == ("partial", [f"5 {LEFT_OUT}"])


def test_empty_cells_of_columns_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 1000)

    recording = read_recording(file_of(apps(1, 9) + rows(1, developer=9) + rows(200)))

    assert sum(map(len, recording.samples.values())) <= 1000 + 201
    assert recording.problems == [f"6 {LEFT_OUT}"]


@pytest.mark.parametrize("tail", [b"", NO_DEFINITION], ids=["sound", "damaged"])
def test_the_heart_rates_of_a_strap_take_little_memory(tail: bytes) -> None:
    """300 messages of 8 beats, each held on for four seconds: 40,000 rates."""
    content = file_of(strap(300) + rows(1) + tail)

    assert peak_of(lambda: read_recording(content)) < 4 * MB


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"timestamp": 1000, "fractional_timestamp": 0.5, "event_timestamp": 10.0, "filtered_bpm": 90},
        {"event_timestamp": [2.0], "filtered_bpm": [90]},
        {"event_timestamp": [99.0, 100.0], "filtered_bpm": [90]},
        {"event_timestamp": [None], "filtered_bpm": [90]},
    ],
)
def test_heart_rates_are_merged_as_garmin_merges_them(odd: dict[str, Any]) -> None:
    anchor = {"timestamp": 1000, "fractional_timestamp": 0.25, "event_timestamp": 5.0, "filtered_bpm": 100}
    later = {"event_timestamp": [6.0, 6.6, 9.0, 20.0], "filtered_bpm": [101, 110, 120, 130]}
    times = [1000, 1001, 1001, 1001, 1003, 1002, 1004, 1010, 1020]
    messages: list[dict[str, Any]] = [anchor, later, *([odd] if odd else [])]
    ours, theirs = ([{"timestamp": time} for time in times] for _ in range(2))
    garmins: Any = merged_by_garmin

    raised = [raises(merge, messages, found) for merge, found in ((merge_heart_rates, ours), (garmins, theirs))]

    assert ours == theirs
    assert raised == [bool(odd) and "timestamp" not in odd] * 2
    assert any("heart_rate" in record for record in ours) is not raised[0]


def test_monitoring_files_share_what_can_be_held(few_values: None) -> None:
    limit = limits.Limit()

    read = [len(decode(encoded(*fit.records(30)), limit)["record"]) for _ in range(5)]

    assert read[:2] == [30, 30]
    assert sum(read) < 90
