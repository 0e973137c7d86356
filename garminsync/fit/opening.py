"""What Garmin hands out as an activity's file: a zip, or the bare file. Its bytes say what it is."""

import codecs
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BYTES = 32 * 1024 * 1024  # all files of an answer together; a day of samples, one a second, is 5 MB
MAX_MEMBERS = 100
HEAD = 64 * 1024  # a long comment may come before the first element of a track
MAX_DEPTH = 2  # a zip within the zip is opened, one within that is not

FIT, GPX, TCX, UNKNOWN = "fit", "gpx", "tcx", "unknown"


@dataclass(frozen=True)
class OpenedFile:
    """One file: its kind, its bytes, and, when it could not be opened, why."""

    name: str
    kind: str
    content: bytes = b""
    problem: str = ""


def kind_of(content: bytes) -> str:
    """fit, gpx, tcx or unknown, by the first bytes."""
    if content[8:12] == b".FIT":
        return FIT
    head = content[:HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode(errors="ignore")
    if b"<gpx" in head:
        return GPX
    return TCX if b"<TrainingCenterDatabase" in head else UNKNOWN


def is_file(content: bytes) -> bool:
    """A zip, a FIT file, or a track, whatever the headers of the answer say."""
    return content.startswith(b"PK") or kind_of(content) != UNKNOWN


def open_files(content: bytes) -> list[OpenedFile]:
    """The files in an answer of download-service. Nothing is ever written to disk, whatever it is called."""
    if not content:
        return [_unread("the file is empty")]
    if len(content) > MAX_BYTES:
        return [_unread(f"the file is larger than {MAX_BYTES >> 20} MB")]
    if not content.startswith(b"PK"):
        return [OpenedFile("", kind_of(content), content)]
    return list(_Zips().open(content)) or [_unread("the zip is empty")]


def _unread(problem: str, name: str = "") -> OpenedFile:
    return OpenedFile(name, UNKNOWN, problem=problem.replace("\0", ""))


class _Zips:
    """Opens a zip and those in it, reading no more than the limits, whatever sizes they claim."""

    def __init__(self) -> None:
        self.bytes_left = MAX_BYTES
        self.members_left = MAX_MEMBERS

    def open(self, content: bytes, depth: int = 1) -> Iterator[OpenedFile]:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.infolist():
                    if member.is_dir():
                        continue
                    if not self.members_left:
                        yield _unread(f"the zip holds more than {MAX_MEMBERS} files; those after are not read")
                        return
                    self.members_left -= 1
                    file = self._read(archive, member)
                    if not file.content.startswith(b"PK"):
                        yield file
                    elif depth < MAX_DEPTH:
                        yield from self.open(file.content, depth + 1)
                    else:
                        yield _unread("zips within zips within zips are not opened", file.name)
        except Exception as error:  # zipfile raises whatever a damaged byte leads it to
            yield _unread(f"the zip cannot be opened: {error}")

    def _read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> OpenedFile:
        name = member.filename
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Only these are unpacked bit by bit: another would fill the memory before a limit could stop it.
            return _unread("a file in the zip is packed in a way that is not read", name)
        try:
            with archive.open(member) as file:
                content = file.read(self.bytes_left + 1)
        except Exception as error:
            return _unread(f"a file in the zip cannot be read: {error}", name)
        if len(content) > self.bytes_left:
            return _unread(f"the files in the zip are larger than {MAX_BYTES >> 20} MB together", name)
        self.bytes_left -= len(content)
        return OpenedFile(name, kind_of(content), content, "" if content else "a file in the zip is empty")
