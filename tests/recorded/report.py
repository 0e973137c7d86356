"""Every file of a folder of recordings in one line each, and whether anything crashed or was lost."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from garminsync.datasets import ACTIVITY_FILES, DATASETS, Dataset, FileDataset
from garminsync.fit import Recording, read_recording
from tests.recorded.answers import check_answer
from tests.recorded.files import check_file
from tests.recorded.finding import Finding
from tests.recorded.readers import reader_of

NO_READER = "kept, no reader yet"
SHOWN = 8


@dataclass
class Line:
    """One file: what reads it, or why nothing does, and what came of it."""

    file: str
    kind: str
    finding: Finding | None = None
    crash: str = ""

    def __str__(self) -> str:
        told = f"{self.file}: {self.kind}"
        if found := self.finding:
            told += f"; rows {found.rows}, values kept {found.kept}, lost {len(found.lost)}"
            named = {"LOST": found.lost, "problems": found.problems, "no column": found.no_column}
            told += "".join(f"; {word}: {_some(what)}" for word, what in named.items() if what)
        told += f"; CRASHED: {self.crash}" if self.crash else ""
        return " ".join(told.split())


def _some(what: list[str]) -> str:
    more = [f"and {len(what) - SHOWN} more"] if len(what) > SHOWN else []
    return " | ".join([*what[:SHOWN], *more])


@dataclass(frozen=True)
class Recordings:
    """A folder of recordings, and the readers that are tried on them."""

    folder: Path
    datasets: Iterable[Dataset] = DATASETS
    read: Callable[[bytes], Recording] = read_recording

    def lines(self) -> Iterator[Line]:
        """In the order of their names."""
        requests = _requests(self.folder / "INDEX.tsv")
        for path in (*_files(self.folder / "json"), *_files(self.folder / "fit")):
            file = path.relative_to(self.folder).as_posix()
            try:
                yield self._line(path, file, *requests.get(file, ("", "")))
            except Exception as error:  # whatever a reader raises is what is looked for
                yield Line(file, "not read", crash=f"{type(error).__name__}: {error}")

    def _line(self, path: Path, file: str, method: str, status: str) -> Line:
        kind, *folders, name = file.split("/")
        if kind == "fit":
            return Line(file, ACTIVITY_FILES.name, check_file(path.read_bytes(), self.read))
        reader = reader_of(folders[0], self.datasets) if len(folders) == 1 else None
        if reader and isinstance(reader.dataset, FileDataset):
            return Line(file, reader.source, check_file(path.read_bytes(), self.read))
        if len(folders) != 1 or not name.endswith(".json"):
            return Line(file, "no recorded answer, not looked at")
        if reader is None:
            return Line(file, NO_READER)
        if method not in ("", "GET"):
            return Line(file, f"answer to a {method}, which is never sent")
        if status.isdigit() and int(status) >= 300:
            return Line(file, f"refused with {status}, nothing to read")
        return Line(file, reader.source, check_answer(path.read_bytes(), reader))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _requests(index: Path) -> dict[str, tuple[str, str]]:
    """Method and status by file; nothing where there is no index."""
    if not index.is_file():
        return {}
    with index.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row.get("file") or "": (row.get("method") or "", row.get("status") or "") for row in rows}


def report(recordings: Recordings) -> int:
    """Prints a line a file. 0 when all is well, 1 when anything crashed or a sound value is lost, 2 when
    there is nothing to look at."""
    folder = recordings.folder
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 2
    found = []
    for line in recordings.lines():
        found.append(line)
        print(_printable(str(line)), flush=True)
    if not found:
        print(f"There are no recordings in {folder}: neither json/ENDPOINT/*.json nor fit/*.", file=sys.stderr)
        return 2
    findings = [line.finding for line in found if line.finding]
    print(
        f"{len(found)} files, {len(findings)} of them read: {sum(one.kept for one in findings)} values kept, "
        f"{sum(len(one.lost) for one in findings)} lost; {sum(bool(line.crash) for line in found)} crashed."
    )
    return int(any(line.crash or (line.finding and line.finding.lost) for line in found))


def _printable(text: str) -> str:
    encoding = sys.stdout.encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)
