"""Prints which cases of the field have a test: python -m tests.cases [CASES.md]"""

import re
import sys
from collections import defaultdict
from pathlib import Path

from tests.processes import CLONE

IDS = re.compile(r"[A-Z]\d{2}")


def tested() -> dict[str, list[str]]:
    """Test names by case id."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted((CLONE / "tests").glob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        for mark in re.finditer(r"mark\.case\(([^)]*)\)", text):
            name = re.search(r"def (test_\w+)", text[mark.end() :])
            for case in IDS.findall(mark[1]):
                found[case].append(f"{file.name}::{name[1]}" if name else file.name)
    return found


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
    found = tested()
    sections = listed(path) if path.exists() else {"Cases": sorted(found)}
    for section, ids in sections.items():
        have = [case for case in ids if case in found]
        print(f"{section}: {len(have)} of {len(ids)}")
        for case in ids:
            print(f"  {case}  {', '.join(found.get(case, ['-']))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CLONE.parent / "shared" / "CASES.md")
