"""Prints which cases of the field have a test: python -m tests.cases [CASES.md]"""

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.processes import CLONE


class Marked:
    """Tests by the case ids that mark them, as pytest sees it: on a test, on one of its parameters, on a file."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
            for case in (str(word) for mark in item.iter_markers("case") for word in mark.args):
                tests = self.tests.setdefault(case, [])
                if name not in tests:
                    tests.append(name)


def by_case(files: Iterable[Path] = (CLONE / "tests",)) -> dict[str, list[str]]:
    """Test names by case id."""
    marked, told = Marked(), io.StringIO()
    options = [
        "--collect-only",
        "-n0",
        "-p",
        "no:randomly",
        f"--rootdir={CLONE}",
        f"--config-file={CLONE}/pyproject.toml",
    ]
    with contextlib.redirect_stdout(told):
        code = pytest.main([*options, *map(str, files)], plugins=[marked])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit(told.getvalue())
    return {case: sorted(tests) for case, tests in marked.tests.items()}


def listed(path: Path) -> dict[str, list[str]]:
    """Case ids by the section of CASES.md that they stand in."""
    sections: dict[str, list[str]] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif case := re.match(r"\| ([A-Z]\d{2}) \|", line):
            sections.setdefault(section, []).append(case[1])
    return sections


def main(path: Path) -> None:
    os.environ.pop("ENGINE", None)
    found = by_case()
    sections = listed(path) if path.exists() else {"Cases": sorted(found)}
    for section, ids in sections.items():
        have = [case for case in ids if case in found]
        print(f"{section}: {len(have)} of {len(ids)}")
        for case in ids:
            print(f"  {case}  {', '.join(found.get(case, ['-']))}")
    if unknown := sorted(found.keys() - {case for ids in sections.values() for case in ids}):
        print(f"Marked, but no case: {', '.join(unknown)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CLONE.parent / "shared" / "CASES.md")
