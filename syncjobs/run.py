"""What work receives: a Run to save through, to wait with, and to learn from that it must stop."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone

from syncjobs.models import Superseded, SyncJob

__all__ = ["Cancelled", "Failed", "Interrupted", "Progress", "Run", "Superseded"]

WAIT_WORTH_SHOWING_S = 2.0


class Cancelled(Exception):
    """The sync was cancelled."""


class Interrupted(Exception):
    """The process was told to end; nothing stored was lost; start again to go on."""


class Failed(Exception):
    """The work could not do all it had planned; its text is shown to a person as it is."""


@dataclass(frozen=True)
class Progress:
    """How far the work is: `done` of `total` units, and a plain word about the newest one."""

    done: int
    total: int
    details: str


class Run:
    """One run of a work, from its claim to its end.

    Work may call `saving`, `wait` and `check` from any thread. All three raise Cancelled, Interrupted
    or Superseded when the run must stop; let them through.
    """

    def __init__(self, report: Callable[[Progress], None] = lambda progress: None, *, is_sync: bool = True) -> None:
        """`is_sync` is False for upkeep: it does not count as the last sync."""
        self.number = 0
        self.is_sync = is_sync
        self.summary: dict[str, Any] = {}
        self.waiting_until: datetime | None = None
        self.waiting_why = ""
        self._report = report
        self._stopping = threading.Event()
        self._reason: Exception = Interrupted()
        self._started = self._last_sign = time.monotonic()
        self._progress = Progress(0, 0, "")

    @contextmanager
    def saving(self, progress: Progress) -> Iterator[None]:
        """A transaction that makes data, its ledger and the progress that counts it durable together.

        No network, parsing or waiting inside: while it is open nobody else can read or take the job's row
        for writing. Raises Superseded, and stores nothing of the block, when the run lost the job.
        """
        self.check()
        self._progress = progress
        close_old_connections()  # a connection lost since the last save is found and replaced here
        with transaction.atomic():
            SyncJob.objects.update_progress(
                self.number,
                done=progress.done,
                total=progress.total,
                details=progress.details,
                eta=self.eta(),
                waiting_until=self.waiting_until,
            )
            yield
        self.sign_of_life()
        self._report(progress)

    def wait(self, seconds: float, why: str = "") -> None:
        """Sleeps, but ends at once when the run must stop. A long wait is shown as `waiting_until`."""
        if seconds >= WAIT_WORTH_SHOWING_S:
            self.waiting_why = why
            self.waiting_until = timezone.now() + timedelta(seconds=seconds)
            self._report(replace(self._progress, details=why or self._progress.details))
        try:
            self._stopping.wait(seconds)
        finally:
            self.waiting_until = None
            self.sign_of_life()
        self.check()

    def check(self) -> None:
        """Raises the reason to stop, if there is one."""
        if self._stopping.is_set():
            raise self._reason

    def stop(self, reason: Exception) -> None:
        """Makes the run stop at its next `saving`, `wait` or `check`. The first reason stays."""
        if not self._stopping.is_set():
            self._reason = reason
            self._stopping.set()

    def sign_of_life(self) -> None:
        """Work that makes no progress for long calls this, so that its lease is renewed."""
        self._last_sign = time.monotonic()

    def shows_life(self) -> bool:
        """False once the work has been silent for too long: then its lease may run out."""
        if self.waiting_until is not None:
            return True
        return time.monotonic() - self._last_sign < settings.SYNCJOBS_SILENCE_S

    def eta(self) -> datetime | None:
        """When it will be done at the pace of this run, or None before the first unit."""
        progress = self._progress
        if not progress.done:
            return None
        pace = (time.monotonic() - self._started) / progress.done
        now = timezone.now()
        return max(now, self.waiting_until or now) + timedelta(seconds=pace * (progress.total - progress.done))
