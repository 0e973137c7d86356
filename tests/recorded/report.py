"""Every file of a folder of recordings in one line each, and whether anything crashed or was lost."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from garminsync.datasets import DATASETS, Dataset, FileDataset
from garminsync.fit import Recording, read_recording
from tests.recorded.answers import check_answer, reader_of
from tests.recorded.files import check_file
from tests.recorded.finding import Finding

NO_READER = "kept, no reader yet"
SHOWN = 8


@dataclass
class Line:
    """One file: what reads it, or why nothing does, and what came of it."""

    file: str
    kind: str
    finding: Finding | None = None
    crash: str = ""

    @property
    def is_bad(self) -> bool:
        return bool(self.crash or (self.finding and self.finding.lost))

    def __str__(self) -> str:
        told = f"{self.file}: {self.kind}"
        if found := self.finding:
            told += f"; rows {found.rows}, values kept {found.kept}, lost {len(found.lost)}"
            told += "".join(f"; {word}: {_some(what)}" for word, what in _named(found) if what)
        told += f"; CRASHED: {self.crash}" if self.crash else ""
        return " ".join(told.split())


def _named(found: Finding) -> list[tuple[str, list[str]]]:
    return [("LOST", found.lost), ("problems", found.problems)]


def _some(what: list[str]) -> str:
    more = [f"and {len(what) - SHOWN} more"] if len(what) > SHOWN else []
    return " | ".join([*what[:SHOWN], *more])


def lines(
    folder: Path,
    datasets: Iterable[Dataset] = DATASETS,
    read: Callable[[bytes], Recording] = read_recording,
) -> Iterator[Line]:
    """All recordings of the folder, in the order of their names."""
    requests = _requests(folder / "INDEX.tsv")
    for path in _files(folder / "json"):
        file = path.relative_to(folder).as_posix()
        yield _looked_at(
            file, lambda path=path, file=file: _answer(path, file, *requests.get(file, ("", "")), datasets, read)
        )
    for path in _files(folder / "fit"):
        file = path.relative_to(folder).as_posix()
        yield _looked_at(
            file, lambda path=path, file=file: Line(file, "activity_file", check_file(path.read_bytes(), read))
        )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _looked_at(file: str, look: Callable[[], Line]) -> Line:
    try:
        return look()
    except Exception as error:  # whatever a reader raises is what is looked for
        return Line(file, "not read", crash=f"{type(error).__name__}: {error}")


def _answer(
    path: Path,
    file: str,
    method: str,
    status: str,
    datasets: Iterable[Dataset],
    read: Callable[[bytes], Recording],
) -> Line:
    _, *folders, name = file.split("/")
    reader = reader_of(folders[0], datasets) if len(folders) == 1 else None
    if reader and isinstance(reader.dataset, FileDataset):
        return Line(file, reader.source, check_file(path.read_bytes(), read))
    if len(folders) != 1 or not name.endswith(".json"):
        return Line(file, "no recorded answer, not looked at")
    if reader is None:
        return Line(file, NO_READER)
    if method not in ("", "GET"):
        return Line(file, f"answer to a {method}, which is never sent")
    if status.isdigit() and int(status) >= 300:
        return Line(file, f"refused with {status}, nothing to read")
    return Line(file, reader.source, check_answer(path.read_bytes(), reader))


def _requests(index: Path) -> dict[str, tuple[str, str]]:
    """Method and status by file; nothing where there is no index."""
    if not index.is_file():
        return {}
    with index.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row.get("file") or "": (row.get("method") or "", row.get("status") or "") for row in rows}


def main(
    folder: Path,
    datasets: Iterable[Dataset] = DATASETS,
    read: Callable[[bytes], Recording] = read_recording,
) -> int:
    """0 when all is well, 1 when anything crashed or a sound value is lost, 2 when there is nothing to look at."""
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 2
    found = []
    for line in lines(folder, datasets, read):
        found.append(line)
        print(_printable(str(line)), flush=True)
    if not found:
        print(f"There are no recordings in {folder}: neither json/ENDPOINT/*.json nor fit/*.", file=sys.stderr)
        return 2
    read_ones = [line.finding for line in found if line.finding]
    print(
        f"{len(found)} files, {len(read_ones)} of them read: {sum(one.kept for one in read_ones)} values kept, "
        f"{sum(len(one.lost) for one in read_ones)} lost; {sum(bool(line.crash) for line in found)} crashed."
    )
    return int(any(line.is_bad for line in found))


def _printable(text: str) -> str:
    encoding = sys.stdout.encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)
