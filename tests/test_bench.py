"""The benchmarks run to their end, and the page says what was measured."""

import subprocess
import sys
from pathlib import Path

from tests.bench.page import table
from tests.processes import CLONE

HEADINGS = [
    "# Benchmarks",
    "## Syncs",
    "## Beside others",
    "## FIT files",
    "## The status of a running sync",
    "## Start",
]


def test_the_short_form_runs_and_writes_its_page(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"

    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--out", str(page), "--recorded", str(tmp_path)],
        cwd=CLONE,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Written: {page}\n"
    lines = page.read_text().splitlines()
    assert [line for line in lines if line.startswith("#")] == HEADINGS
    assert "in its short form, which says nothing of speed," in lines[2]
    assert sum(line.startswith("| garminsync |") for line in lines) == 1


def test_rows_become_a_table() -> None:
    assert table([{"sync": "year", "requests": 60}]) == "| sync | requests |\n| --- | --- |\n| year | 60 |"
