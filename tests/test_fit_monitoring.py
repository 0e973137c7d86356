"""The files of a day become its curves: each sample once, at its time, and only those of that day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from garminsync.fit import DaySeries, read_monitoring
from garminsync.simulator.account import Account
from garminsync.simulator.fit_writer import FitWriter, Layout, fit_seconds
from garminsync.simulator.options import Options
from garminsync.simulator.wellness_files import wellness_zip
from tests.fit_builder import zipped
from tests.processes import CLONE

DAY = date(2026, 2, 3)
MIDNIGHT = datetime(2026, 2, 2, 23, tzinfo=UTC)  # in Berlin
BERLIN, SUMMER = 3600, 7200
WALKING, RUNNING, SEDENTARY = 6, 1, 8
ONE, OTHER = 3_882_708_276, 3_400_000_001

MONITORING, INFO, STRESS, BREATHS, OXYGEN, RESTING = 55, 103, 227, 297, 269, 211
HSA_HEART, HSA_STEPS = 308, 304

type Line = tuple[int, Layout, tuple[int, ...]]


def at(hours: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hours)


def clock(hours: float = 0, offset: int = BERLIN) -> Line:
    time = fit_seconds(at(hours))
    return INFO, ((253, "I"), (0, "I")), (time, time + offset)


def heart(hours: float, rate: int) -> Line:
    return MONITORING, ((26, "H"), (27, "B")), (fit_seconds(at(hours)) & 0xFFFF, rate)


def steps(hours: float, count: int, kind: int = WALKING) -> Line:
    return MONITORING, ((3, "I"), (26, "H"), (24, "B")), (count, fit_seconds(at(hours)) & 0xFFFF, kind | 64)


def closing(hours: float, count: int, kind: int = WALKING) -> Line:
    return MONITORING, ((253, "I"), (3, "I"), (5, "E")), (fit_seconds(at(hours)), count, kind)


def stress(hours: float, level: int, battery: int = 50) -> Line:
    return STRESS, ((1, "I"), (0, "h"), (3, "b")), (fit_seconds(at(hours)), level, battery)


def timed(number: int, letter: str, hours: float, value: int) -> Line:
    return number, ((253, "I"), (0, letter)), (fit_seconds(at(hours)), value)


def fit(*lines: Line, serial: int = ONE) -> bytes:
    writer = FitWriter()
    writer.write(0, ((0, "E"), (3, "I")), 32, serial)
    for number, layout, values in lines:
        writer.write(number, layout, *values)
    return writer.close()


def read(content: bytes, day: date = DAY) -> dict[str, DaySeries]:
    found = read_monitoring(content, day)
    assert found.problems == []
    return {one.name: one for one in found.series}


def samples(series: DaySeries) -> list[tuple[Any, ...]]:
    """Hours since midnight, and what stands there."""
    (_, *others) = series.columns
    start = (series.start - MIDNIGHT).total_seconds()
    hours = [(start + offset) / 3600 for offset in series.columns["offset_s"]]
    return list(zip(hours, *(series.columns[name] for name in others), strict=True))


# Times


def test_the_last_16_bits_of_a_time_go_on_from_the_time_before() -> None:
    content = fit(clock(), *(heart(hours, 60) for hours in (0.5, 12, 23.5)))

    found = read(content)["heart_rate"]

    assert (found.start, found.columns) == (
        at(0.5),
        {"offset_s": [0, 41_400, 82_800], "heart_rate_bpm": [60, 60, 60]},
    )


def test_only_monitoring_messages_set_the_clock() -> None:
    content = fit(clock(), timed(BREATHS, "h", 3, 1425), heart(2, 61))

    found = read(content)

    assert samples(found["heart_rate"]) == [(2, 61)]
    assert samples(found["respiration"]) == [(3, 14.25)]


def test_a_sample_before_any_full_time_is_left_out_and_told() -> None:
    found = read_monitoring(fit(heart(1, 61), clock(2), heart(3, 63)), DAY)

    assert found.problems == ["1 samples without a time are left out"]
    assert [samples(one) for one in found.series] == [[(3, 63)]]


def test_two_samples_of_the_doubled_hour_of_autumn_stay_two() -> None:
    """02:30 in summer time and 02:30 an hour later."""
    night = (datetime(2026, 10, 24, 22, tzinfo=UTC) - MIDNIGHT) / timedelta(hours=1)
    lines = (
        clock(night, SUMMER),
        heart(night + 2.5, 50),
        clock(night + 3),
        heart(night + 3.5, 51),
        clock(night + 20),
        heart(night + 24.5, 52),
    )

    found = read(fit(*lines), date(2026, 10, 25))["heart_rate"]

    assert found.columns == {"offset_s": [0, 3600, 79_200], "heart_rate_bpm": [50, 51, 52]}


# Steps


@pytest.mark.parametrize(
    ("counters", "added"),
    [
        ([(8, 100), (9, 315), (10, 315)], [100, 215, 0]),
        ([(8, 100), (9, 40), (10, 90)], [100, 40, 50]),  # a fall is a reset
        ([(8, 100), (8, 130), (9, 131)], [130, 1]),
    ],
)
def test_counters_become_what_was_added(counters: list[tuple[float, int]], added: list[int]) -> None:
    found = read(fit(clock(), *(steps(hours, count) for hours, count in counters)))["steps"]

    assert found.columns["steps"] == added


def test_walking_and_running_count_apart_and_are_added_up() -> None:
    lines = steps(8, 100), steps(9, 50, RUNNING), steps(10, 160), steps(11, 80, RUNNING), steps(11, 161)

    found = read(fit(clock(), *lines))["steps"]

    assert samples(found) == [(8, 100), (9, 50), (10, 60), (11, 31)]


def test_turns_of_a_crank_are_no_steps() -> None:
    cycling = 2

    assert "steps" not in read(fit(clock(), heart(8, 90), steps(9, 5000, cycling), steps(10, 8, SEDENTARY)))


def test_a_counter_without_a_type_is_of_the_type_before() -> None:
    untyped = MONITORING, ((3, "I"), (26, "H")), (150, fit_seconds(at(9)) & 0xFFFF)

    assert samples(read(fit(clock(), steps(8, 100), untyped))["steps"]) == [(8, 100), (9, 50)]


def test_the_count_at_midnight_belongs_to_the_day_that_ends() -> None:
    content = fit(clock(12), steps(23, 900), closing(24, 1000), steps(24.5, 7))

    assert samples(read(content)["steps"]) == [(23, 900), (24, 100)]
    assert samples(read(content, DAY + timedelta(days=1))["steps"]) == [(24.5, 7)]


def test_a_counter_goes_on_in_the_next_file() -> None:
    morning, evening = fit(clock(), steps(8, 100)), fit(clock(12), steps(18, 130))

    found = read(zipped(("2_WELLNESS.fit", evening), ("1_WELLNESS.fit", morning)))["steps"]

    assert samples(found) == [(8, 100), (18, 30)]


# Readings


@pytest.mark.case("A42")
def test_what_is_no_reading_of_stress_is_null_and_no_number() -> None:
    found = read(fit(clock(), stress(8, 22), stress(9, -1), stress(10, -2), stress(11, 30)))["stress"]

    assert samples(found) == [(8, 22), (9, None), (10, None), (11, 30)]
    valid = [level for level in found.columns["stress"] if level is not None]
    assert (sum(valid) / len(valid), min(valid)) == (26.0, 22)


def test_body_battery_stands_in_the_messages_of_stress() -> None:
    found = read(fit(clock(), stress(8, 22, 61), stress(9, -1, 60)))["body_battery"]

    assert samples(found) == [(8, 61), (9, 60)]


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("heart_rate", heart(8, 0), heart(9, 61)),
        ("heart_rate", heart(8, 255), heart(9, 61)),
        ("respiration", timed(BREATHS, "h", 8, -200), timed(BREATHS, "h", 9, 1400)),
        ("respiration", timed(BREATHS, "h", 8, 0), timed(BREATHS, "h", 9, 1400)),
        ("spo2", timed(OXYGEN, "B", 8, 0), timed(OXYGEN, "B", 9, 96)),
        ("spo2", timed(OXYGEN, "B", 8, 130), timed(OXYGEN, "B", 9, 96)),
        ("body_battery", stress(8, 20, -1), stress(9, 20, 33)),
        ("body_battery", stress(8, 20, 127), stress(9, 20, 33)),
    ],
)
def test_what_no_sensor_can_have_measured_is_left_out(name: str, bad: Line, good: Line) -> None:
    found = samples(read(fit(clock(), bad, good))[name])

    assert [hours for hours, _ in found] == [9]


def test_the_resting_heart_rate_of_the_day_is_read() -> None:
    line = RESTING, ((253, "I"), (0, "B"), (1, "B")), (fit_seconds(at(9)), 47, 49)

    assert samples(read(fit(clock(), line))["resting_heart_rate"]) == [(9, 49)]


def test_a_health_snapshot_has_many_values_in_a_message() -> None:
    heart_rates = HSA_HEART, ((253, "I"), (0, "H"), (2, "BBBB")), (fit_seconds(at(8)), 4, 61, 0, 255, 62)
    counted = HSA_STEPS, ((253, "I"), (0, "H"), (1, "II")), (fit_seconds(at(8)), 60, 5, 9)

    found = read(fit(clock(), heart_rates, counted))

    assert found["hsa_heart_rate"].columns == {"offset_s": [0, 3], "heart_rate_bpm": [61, 62]}
    assert found["hsa_steps"].columns == {"offset_s": [0, 30], "steps": [5, 9]}


# Which day, which device, which file


def test_two_devices_keep_their_samples_of_one_second() -> None:
    content = zipped(
        ("1.fit", fit(clock(), heart(8, 61), steps(9, 100))),
        ("2.fit", fit(clock(), heart(8, 64), steps(10, 90), serial=OTHER)),
    )

    found = read(content)

    assert sorted(samples(found["heart_rate"])) == [(8, 61, ONE), (8, 64, OTHER)]
    assert samples(found["steps"]) == [(9, 100, ONE), (10, 90, OTHER)]


def test_files_that_overlap_are_counted_once() -> None:
    """Of two values for one instant the later counts, unless it is no reading."""
    first = fit(clock(), heart(8, 61), heart(9, 66), steps(9.5, 10), stress(9, 22), stress(10, 30))
    second = fit(clock(), heart(9, 62), steps(9.5, 10), heart(10, 63), stress(9, -1), stress(10, 31))

    found = read(zipped(("1.fit", first), ("2.fit", second), ("again.fit", second)))

    assert samples(found["heart_rate"]) == [(8, 61), (9, 62), (10, 63)]
    assert samples(found["stress"]) == [(9, 22), (10, 31)]
    assert samples(found["steps"]) == [(9.5, 10)]


@pytest.mark.parametrize("offset", [BERLIN, -8 * 3600, 13 * 3600, 5 * 3600 + 2700])
def test_a_file_that_covers_two_days_gives_each_its_own(offset: int) -> None:
    night = (3600 - offset) / 3600  # local midnight
    content = fit(clock(night - 3, offset), *(heart(night + hours, 60) for hours in (-2, -1 / 60, 0, 2)))

    before, after = read(content, DAY - timedelta(days=1)), read(content)

    assert len(before["heart_rate"].columns["offset_s"]) == len(after["heart_rate"].columns["offset_s"]) == 2
    assert after["heart_rate"].start == at(night)


def test_where_no_file_tells_the_local_time_all_is_kept() -> None:
    content = fit(timed(BREATHS, "h", -30, 1400), timed(BREATHS, "h", 8, 1500))

    assert samples(read(content)["respiration"]) == [(-30, 14), (8, 15)]


def test_files_of_other_days_alone_are_a_problem() -> None:
    found = read_monitoring(fit(clock(), heart(8, 61)), date(2026, 2, 9))

    assert (found.series, found.problems) == ([], ["nothing but samples of other days"])


# Damage


def test_a_damaged_file_gives_what_is_sound_and_says_which_it_is() -> None:
    whole = fit(clock(), heart(8, 61), heart(9, 62))
    content = zipped(("1_WELLNESS.fit", whole[:-6]), ("2_WELLNESS.fit", fit(clock(), heart(10, 63))))

    found = read_monitoring(content, DAY)

    assert found.problems == ["1_WELLNESS.fit: file cut short, or its size is wrong"]
    assert [samples(one) for one in found.series] == [[(8, 61), (10, 63)]]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"<html>", "not a FIT file"),
        (zipped(("notes.txt", b"hello")), "notes.txt: not a FIT file"),
        (zipped(("a.fit", b"")), "a.fit: a file in the zip is empty"),
        (b"PK\3\4 cut", "the zip cannot be opened: File is not a zip file"),
        (fit(), "no samples in its files"),
        (fit(clock()), "no samples in its files"),
    ],
)
def test_what_gives_nothing_says_why(content: bytes, problem: str) -> None:
    found = read_monitoring(content, DAY)

    assert (found.series, found.problems) == ([], [problem])


def test_an_empty_zip_is_a_day_without_files_and_no_problem() -> None:
    assert read_monitoring(zipped(), DAY).problems == []


def test_a_cut_anywhere_loses_nothing_that_came_before_it() -> None:
    whole = fit(clock(), *(heart(hour, 60 + hour) for hour in range(1, 12)))

    found = [read_monitoring(whole[:length], DAY) for length in range(1, len(whole))]

    counts = [len(one.series[0].columns["offset_s"]) if one.series else 0 for one in found]
    assert counts == sorted(counts)
    assert all(one.problems for one in found)


def test_a_clock_that_was_never_set_gives_no_times() -> None:
    unset = INFO, ((253, "I"), (0, "I")), (1000, 4600)

    found = read_monitoring(fit(unset, (MONITORING, ((26, "H"), (27, "B")), (1060, 61))), DAY)

    assert (found.series, found.problems) == ([], ["1 samples without a time are left out"])


def test_a_file_of_a_watch_is_read_without_loss() -> None:
    """A recorded one where the recordings lie beside the clone; else our own."""
    recorded = CLONE.parent / "shared" / "recorded" / "fit" / "MonitoringFile.fit"
    day, content, total = date(2014, 12, 27), b"", 3142 + 31
    if recorded.exists():
        content = recorded.read_bytes()
    else:
        account = Account(Options(now="2026-02-05T12:00:00Z", days=5))
        known, day = account.day(DAY), DAY
        content, total = wellness_zip(account, DAY) or b"", known.steps if known else 0

    found = read(content, day)["steps"]

    assert sum(found.columns["steps"]) == total
    assert found.start.tzinfo == UTC
