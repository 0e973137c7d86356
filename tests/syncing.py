"""One sync in this process, as a test wants it: its waits are written down, not waited, its end is the row."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F

from garminsync.datasets import DATASETS, ScheduleDataset, SnapshotDataset
from garminsync.models import Coverage
from garminsync.simulator import Simulator
from garminsync.sync.ledger import save_coverage
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import WORKS
from syncjobs import runner
from syncjobs.models import SyncJob
from syncjobs.run import Failed, Progress, Run


class HurriedRun(Run):
    """Knows how long it was told to wait, and what it reported."""

    def __init__(self, look: Callable[[Progress], None] = lambda progress: None) -> None:
        self.waits: list[float] = []
        self.reports: list[Progress] = []
        self._look = look
        super().__init__(self._note)

    def _note(self, progress: Progress) -> None:
        self.reports.append(progress)
        self._look(progress)

    def wait(self, seconds: float, why: str = "") -> None:
        self.waits.append(seconds)
        self.check()


def sync(kind: str = "all", run: Run | None = None, **options: object) -> SyncJob:
    """The row as the run ended, completed or failed. Without within-day data, unless `detail` asks for it."""
    given = SyncOptions.model_validate({"detail": 0, **options})
    with contextlib.suppress(Failed):
        runner.run(run or HurriedRun(), kind, WORKS[kind], given, trigger="command")
    return SyncJob.objects.get_current_sync_status()


def an_old_watch() -> None:
    """Garmin was asked a moment ago for what an old watch knows nothing of, and had none of it."""
    for dataset in DATASETS:
        if isinstance(dataset, SnapshotDataset | ScheduleDataset) or getattr(dataset, "optional", False):
            save_coverage(dataset.name, [""], Coverage.State.EMPTY)


def a_day_passes() -> None:
    """For the ledger."""
    a_day = timedelta(hours=25)
    Coverage.objects.update(asked_at=F("asked_at") - a_day, failing_since_at=F("failing_since_at") - a_day)


def bytes_instead(content: bytes) -> dict[str, str]:
    """What a fault needs beside its `match` to answer with these bytes."""
    return {"kind": "body", "body": content.decode("latin-1"), "encoding": "latin-1"}


def asked(garmin: Simulator, part: str) -> list[str]:
    """The targets of the requests that had `part` in them, in their order."""
    return [target for _, _, target, _ in garmin.stats()["log"] if part in target]
