"""What an activity's download holds is told by its bytes."""

import codecs
import struct
import tracemalloc
import zipfile
from pathlib import Path
from random import Random

import pytest

from garminsync.fit import limits, opening, read_recording
from garminsync.fit.opening import FIT, GPX, TCX, UNKNOWN, kind_of, open_files
from tests.fit_builder import START, encoded, run, zipped
from tests.recorded.files import check_file

HTML = b"<!DOCTYPE html><html><body>Sign in</body></html>"
GPX_FILE = b'<?xml version="1.0"?><gpx version="1.1"></gpx>'
COMMENT = b"<!--" + b"x" * 50_000 + b"-->"
GARBAGE = b"\x0e\x20\x54\x08\xff\xff\0\0.FIT\0\0" + Random(1).randbytes(5000)
DEVICES = [("device_info", {"timestamp": START, "serial_number": i + 1}) for i in range(300)]
TCX_FILE = b'<?xml version="1.0"?><TrainingCenterDatabase></TrainingCenterDatabase>'


@pytest.mark.case("B25")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (run(), FIT),
        (GPX_FILE, GPX),
        (GPX_FILE.replace(b"<gpx", COMMENT + b"<gpx"), GPX),
        (GPX_FILE.decode().encode("utf-16"), GPX),
        (codecs.BOM_UTF16_BE + GPX_FILE.decode().encode("utf-16-be"), GPX),
        (TCX_FILE, TCX),
        (TCX_FILE.decode().encode("utf-16"), TCX),
        (HTML, UNKNOWN),
        (HTML.decode().encode("utf-16") + b"\0", UNKNOWN),
        (b'{"error": 1}', UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_the_bytes_say_what_a_file_is(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.case("B25")
def test_a_bare_fit_file_and_a_zip_of_it_are_read_alike() -> None:
    bare, packed = read_recording(run()), read_recording(zipped(("1_ACTIVITY.fit", run())))

    assert bare == packed
    assert bare.status == "whole"


@pytest.mark.case("B25")
@pytest.mark.parametrize("content", [HTML, b'{"message": "not found"}'])
def test_a_page_is_no_activity_file(content: bytes) -> None:
    recording = read_recording(content)

    assert (recording.kind, recording.status) == ("unknown", "unreadable")
    assert recording.problems == ["not a FIT, GPX or TCX file"]


@pytest.mark.parametrize(("content", "kind"), [(GPX_FILE, "gpx"), (TCX_FILE, "tcx")])
def test_a_track_is_kept_and_named_as_such(content: bytes, kind: str) -> None:
    recording = read_recording(zipped(("track.xml", content)))

    assert (recording.kind, recording.status, recording.problems) == (kind, kind, [])


@pytest.mark.case("B01")
def test_random_bytes_named_fit_are_unreadable_and_disturb_no_other() -> None:
    contents = [run(), Random(1).randbytes(200), run()]

    recordings = [read_recording(zipped(("activity.fit", content))) for content in contents]

    assert [r.status for r in recordings] == ["whole", "unreadable", "whole"]
    assert [len(r.samples.get("offset_s", [])) for r in recordings] == [4, 0, 4]
    assert recordings[1].problems == ["not a FIT, GPX or TCX file"]


@pytest.mark.case("B01")
def test_random_bytes_between_two_fit_files_of_one_zip_are_passed_over() -> None:
    members = ("a.fit", run(3)), ("b.fit", Random(1).randbytes(200)), ("c.fit", run(4))

    recording = read_recording(zipped(*members))

    assert len(recording.samples["offset_s"]) == 4
    assert recording.problems == ["2 FIT files in the zip; c.fit is read", "a.fit: not read, another activity"]


@pytest.mark.case("B01")
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("other", "why"),
    [
        (GARBAGE, "file cut short, or its size is wrong"),
        (b"\x0e\x20\x54\x08\0\0\0\0.FIT\0\0" + bytes(9000), "not a FIT file"),
        (encoded(("file_id", {"type": "settings"}), *DEVICES), "it has neither a session nor samples"),
        (run(300)[:-14], "another activity"),
        (run(3), "another activity"),
    ],
    ids=["garbage", "empty", "settings", "longer and cut", "shorter"],
)
def test_of_several_fit_files_the_one_is_read_that_tells_an_activity_in_full(
    other: bytes, why: str, order: int
) -> None:
    members = [("a.fit", run(50)), ("b.fit", other)][::order]

    recording = read_recording(zipped(*members))

    assert (recording.status, len(recording.samples["offset_s"]), len(recording.sessions)) == ("whole", 50, 1)
    assert recording.problems == ["2 FIT files in the zip; a.fit is read", f"b.fit: not read, {why}"]
    assert check_file(zipped(*members)).lost == []


@pytest.mark.parametrize("other", [GARBAGE, encoded(("file_id", {"type": "settings"}), *DEVICES)])
def test_a_track_beside_a_fit_file_that_tells_no_activity_is_kept_and_named(other: bytes) -> None:
    recording = read_recording(zipped(("a.gpx", GPX_FILE), ("b.fit", other)))

    assert (recording.kind, recording.status) == ("gpx", "gpx")
    assert check_file(zipped(("a.gpx", GPX_FILE), ("b.fit", other))).lost == []
    assert [problem.partition(",")[0] for problem in recording.problems] == ["b.fit: not read"]


def test_the_fit_files_of_a_zip_share_what_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 1000)

    recording = read_recording(zipped(*((f"{i}.fit", run(50 + i)) for i in range(20))))

    assert len(recording.samples["offset_s"]) > 50
    assert sum("another activity" in problem for problem in recording.problems) < 10


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"PK nothing of the kind", "the zip cannot be opened: File is not a zip file"),
        (zipped(), "the zip is empty"),
        (zipped(("folder/", b"")), "the zip is empty"),
        (zipped(("a.fit", b"")), "a file in the zip is empty"),
        (zipped(("a.fit", run()))[:-30], "the zip cannot be opened: File is not a zip file"),
        (zipped(("a.fit", run()), how=zipfile.ZIP_BZIP2), "a file in the zip is packed in a way that is not read"),
        (
            zipped(("a", zipped(("b", zipped(("c.fit", run())))))),
            "zips within zips within zips are not opened",
        ),
    ],
)
def test_a_zip_that_holds_nothing_readable_says_why(content: bytes, problem: str) -> None:
    recording = read_recording(content)

    assert (recording.status, recording.problems) == ("unreadable", [problem])


def test_a_zip_within_a_zip_is_opened() -> None:
    recording = read_recording(zipped(("inner.zip", zipped(("a.fit", run())))))

    assert (recording.status, recording.problems) == ("whole", [])


def test_a_damaged_member_is_told_and_the_sound_one_is_read() -> None:
    content = zipped(("a.fit", run()), ("b.txt", b"b" * 50), how=zipfile.ZIP_STORED).replace(b"b" * 50, b"c" * 50)

    recording = read_recording(content)

    assert len(recording.samples["offset_s"]) == 4
    assert recording.problems == ["a file in the zip cannot be read: Bad CRC-32 for file 'b.txt'"]


@pytest.mark.parametrize("name", ["../../evil.fit", "/etc/evil.fit", "C:\\evil.fit", "a\ud7ff/é.fit"])
def test_a_path_that_climbs_out_is_only_a_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    recording = read_recording(zipped((name, run())))

    assert recording.status == "whole"
    assert list(tmp_path.iterdir()) == []


def test_a_bomb_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 1024 * 1024)
    bomb = zipped(("bomb.fit", bytes(64 * 1024 * 1024)))

    tracemalloc.start()
    files = open_files(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [(file.content, file.problem) for file in files] == [
        (b"", "the files in the zip are larger than 1 MB together")
    ]
    assert peak < 4 * 1024 * 1024


def test_many_files_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 1000)

    files = open_files(zipped(*((f"{i}.txt", bytes(300)) for i in range(9))))

    assert sum(len(file.content) for file in files) == 900
    assert sum("larger than" in file.problem for file in files) == 6


def test_a_hundred_files_of_a_zip_are_enough() -> None:
    files = open_files(zipped(*((f"{i}.txt", b"x") for i in range(150))))

    assert len(files) == 101
    assert files[-1].problem == "the zip holds more than 100 files; those after are not read"


def test_a_bare_file_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 1024)

    assert read_recording(run() + bytes(1024)).problems == ["the file is larger than 0 MB"]


@pytest.mark.parametrize("claimed", [0, 10, 2**31])
def test_a_zip_that_lies_about_a_size_is_told(claimed: int) -> None:
    content = bytearray(zipped(("a.fit", run())))
    directory = content.rindex(b"PK\1\2")
    struct.pack_into("<I", content, directory + 24, claimed)

    recording = read_recording(bytes(content))

    assert recording.status in ("whole", "unreadable")
    assert recording.status == "whole" or recording.problems


def test_damage_anywhere_in_a_zip_never_raises() -> None:
    random, sound = Random(7), zipped(("a.fit", run()), ("b.gpx", GPX_FILE))

    for _ in range(300):
        content = bytearray(sound)
        for _ in range(random.randint(1, 6)):
            content[random.randrange(len(content))] = random.randrange(256)
        recording = read_recording(bytes(content[: random.randint(2, len(content))]))

        assert recording.status in ("whole", "partial") or recording.problems or recording.kind == "gpx"
        assert "\0" not in "".join(recording.problems)
