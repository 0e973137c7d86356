"""What the command shows: a bar for a person who looks on, plain lines for a log, a summary at the end."""

import contextlib
import math
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.table import Table

from syncjobs.models import SyncJob
from syncjobs.run import Progress

type Report = Callable[[Progress], None]

SECONDS_BETWEEN_LINES = 2.0


@contextlib.contextmanager
def bar_or_lines(quiet: bool) -> Iterator[Report]:
    """Where progress goes: stderr, so that stdout holds the summary alone."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with RichProgress(
            BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False), console=Console(stderr=True),
        ) as bar:  # fmt: skip
            task = bar.add_task("Starting", total=None)
            yield lambda p: bar.update(task, completed=p.done, total=p.total or None, description=p.details)
    else:
        yield _lines()


def _lines() -> Report:
    said_at = 0.0
    before = Progress(-1, 0, "")

    def say(progress: Progress) -> None:
        nonlocal said_at, before
        # Nothing more is done and something else is said: why it waits.
        is_a_wait = progress.done == before.done and progress.details != before.details
        before = progress
        is_soon = time.monotonic() - said_at < SECONDS_BETWEEN_LINES
        if is_soon and progress.done < progress.total and not is_a_wait:
            return
        said_at = time.monotonic()
        print(f"{progress.done} of {progress.total}: {progress.details}", file=sys.stderr, flush=True)

    return say


def as_json(job: SyncJob) -> dict[str, Any]:
    """The run as `syncgarmin --json` prints it."""
    counts = ("new", "changed", "unchanged", "failed", "requests")
    return {
        "status": job.status,
        "job_type": job.job_type,
        **{name: job.summary.get(name, 0) for name in counts},
        "start_time": job.start_time.isoformat() if job.start_time else None,
        "end_time": job.end_time.isoformat() if job.end_time else None,
        "error_message": job.error_message,
        "missing": job.summary.get("missing", []),
    }


def closing_summary(job: SyncJob) -> str:
    """The same for a person."""
    found = as_json(job)
    took = ""
    if job.start_time and job.end_time:
        took = f" in {round((job.end_time - job.start_time).total_seconds(), 1)} s"
    lines = [
        f"{job.get_status_display().capitalize()}: {job.job_type}{took}, {found['requests']} requests to Garmin.",
        f"new {found['new']}, changed {found['changed']}, unchanged {found['unchanged']}, failed {found['failed']}",
    ]
    lines += [f"missing: {what}" for what in found["missing"]]
    lines += [f"noticed: {what}" for what in job.summary.get("noticed", [])]
    return "\n".join(lines)


def plan_table(found: dict[str, Any]) -> str:
    """A preview as a table, after what it cannot know."""
    table = Table("dataset", "requests")
    for name, requests in found["datasets"].items():
        table.add_row(name, str(requests))
    console = Console(width=80)
    with console.capture() as capture:
        console.print(table)
    last = f"{found['requests']} requests, about {found['seconds']} s. Nothing was asked of Garmin."
    return "\n".join(filter(None, [found.get("note"), capture.get().rstrip(), last]))


def busy(job: SyncJob) -> str:
    """What holds the job, for whoever was refused."""
    now = timezone.now()
    since = f"{job.start_time:%Y-%m-%d %H:%M:%S} UTC" if job.start_time else "just now"
    seconds = f" ({round((now - job.start_time).total_seconds())} s ago)" if job.start_time else ""
    said = (
        f"Another sync is running: {job.job_type}, {int(job.progress * 100)} % "
        f"({job.done} of {job.total}), since {since}{seconds}. Wait for it, or cancel it: Ctrl-C where it runs, "
        "or the button on its page in the admin."
    )
    silent = (now - job.heartbeat_at).total_seconds()
    if silent > 2 * settings.SYNCJOBS_HEARTBEAT_S:
        free = max(0, math.ceil(settings.SYNCJOBS_LEASE_S - silent))
        said += f" It has been silent for {round(silent)} s; if it is dead, a new sync can start in {free} s."
    return said
