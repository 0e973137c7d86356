"""The verbs of the one job: a queryset that knows its lease, a manager that makes its transitions."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest, Now

from syncjobs.models.status import Status, Superseded, SyncActive

if TYPE_CHECKING:
    from syncjobs.models.job import SyncJob

THE_ROW = 1  # its primary key
PROGRESS_WHEN_ALL_IS_SAVED = 0.999  # 1.0 is kept for completed


def alive() -> Q:
    """A run holds the job now, by the database's clock.

    A heartbeat from the future counts as dead too: a clock set back must not make a dead run immortal.
    """
    lease = timedelta(seconds=settings.SYNCJOBS_LEASE_S)
    return Q(status=Status.IN_PROGRESS, heartbeat_at__gte=Now() - lease, heartbeat_at__lte=Now() + lease)


class SyncJobQuerySet(models.QuerySet["SyncJob"]):
    def held_by(self, run: int) -> Self:
        """The fence: the row, if this very run holds it now."""
        return self.filter(alive(), run=run)

    def seen(self) -> Self:
        """The row with `lapsed`: it says in_progress, but its lease has run out."""
        dead = Q(status=Status.IN_PROGRESS) & ~alive()
        return self.annotate(lapsed=Case(When(dead, then=True), default=False))


class CurrentSyncJobManager(models.Manager.from_queryset(SyncJobQuerySet)):  # type: ignore[misc]
    """The verbs of the one job. Each transition sets every field of the state it makes."""

    def start_sync(self, job_type: str, trigger: str = "api") -> "SyncJob":
        """Claims the job for a new run; raises SyncActive while another run holds it."""
        with transaction.atomic(durable=True):
            self.bulk_create([self.model()], ignore_conflicts=True)
            # The race: web workers, the command and the admin may all find the row free at the same moment.
            # The lock makes them queue up, and the UPDATE looks again when its turn comes, so one of them
            # wins. Where select_for_update is ignored (SQLite), that condition alone decides.
            self.select_for_update().get(pk=THE_ROW)
            claimed = self.exclude(alive()).update(
                status=Status.IN_PROGRESS,
                job_type=job_type,
                trigger=trigger,
                progress=0.0,
                details="Starting",
                done=0,
                total=0,
                start_time=Now(),
                end_time=None,
                eta=None,
                waiting_until=None,
                error_message=None,
                summary={},
                run=F("run") + 1,
                heartbeat_at=Now(),
                cancel_requested=False,
                # A row still in progress here is a run that died: it failed.
                failures_in_a_row=F("failures_in_a_row") + Case(When(status=Status.IN_PROGRESS, then=1), default=0),
            )
            job: SyncJob = self.get(pk=THE_ROW)
        if not claimed:
            raise SyncActive(job)
        return job

    def update_progress(self, run: int, **fields: Any) -> None:
        """The fence and the heartbeat in one statement; raises Superseded when the run lost the job."""
        if "done" in fields:
            share = fields["done"] / fields["total"] if fields["total"] else 0.0
            fields["progress"] = Greatest(F("progress"), Value(min(share, PROGRESS_WHEN_ALL_IS_SAVED)))
        if not self.held_by(run).update(heartbeat_at=Now(), **fields):
            raise Superseded("Another run took over, or this one slept past its lease; nothing more was stored.")

    def complete_sync(self, run: int, summary: dict[str, Any], *, is_sync: bool = True) -> None:
        """Upkeep that takes the same claim says nothing of how syncs went: `is_sync` is False for it."""
        self._end(
            run,
            status=Status.COMPLETED,
            progress=1.0,
            details="Done",
            error_message=None,
            summary=summary,
            last_completed_at=Now() if is_sync else F("last_completed_at"),
            failures_in_a_row=0 if is_sync else F("failures_in_a_row"),
        )

    def fail_sync(self, run: int, error_message: str, summary: dict[str, Any]) -> None:
        self._end(
            run,
            status=Status.FAILED,
            details="Stopped",
            error_message=error_message,
            summary=summary,
            failures_in_a_row=F("failures_in_a_row") + 1,
        )

    def cancel_sync(self, run: int, summary: dict[str, Any]) -> None:
        self._end(run, status=Status.CANCELLED, details="Cancelled", error_message=None, summary=summary)

    def request_cancel(self) -> bool:
        """Asks the running sync to stop; False when none is running."""
        return bool(self.filter(alive()).update(cancel_requested=True))

    def get_current_sync_status(self) -> "SyncJob":
        """What the row means now, by the database's clock. Writes nothing."""
        job: SyncJob | None = self.seen().filter(pk=THE_ROW).first()
        return job.as_seen() if job else self.model()

    def is_sync_active(self) -> bool:
        return self.get_current_sync_status().status == Status.IN_PROGRESS

    def _end(self, run: int, status: Status, **fields: Any) -> None:
        fields |= {"status": status, "end_time": Now(), "eta": None, "waiting_until": None, "cancel_requested": False}
        try:
            ended = self.held_by(run).update(**fields)
        except (OperationalError, InterfaceError):
            # The connection was lost, and the write perhaps committed before it was: look again.
            close_old_connections()
            ended = self.held_by(run).update(**fields)
        if not ended and not self.filter(run=run, status=status).exists():
            raise Superseded("This run lost the job before it ended.")
