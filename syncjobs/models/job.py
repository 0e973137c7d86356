"""The row itself, with the conditions that keep it from contradicting itself."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from syncjobs.models.manager import THE_ROW, CurrentSyncJobManager
from syncjobs.models.status import Status

INTERRUPTED = "The sync was interrupted; nothing stored was lost; start again to go on."


def any_state_but(status: Status, **then: Any) -> Q:
    """`status` implies `then`, as a condition for the database."""
    return ~Q(status=status) | Q(**then)


class SyncJob(models.Model):
    """The only row. Times are instants in UTC; progress is a share from 0.0 to 1.0."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW, editable=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.IDLE)
    job_type = models.CharField(max_length=32, null=True, default=None)
    trigger = models.CharField(max_length=16, blank=True, default="")
    progress = models.FloatField(default=0.0)
    details = models.TextField(blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    start_time = models.DateTimeField(null=True, default=None)
    end_time = models.DateTimeField(null=True, default=None)
    eta = models.DateTimeField(null=True, default=None)
    waiting_until = models.DateTimeField(null=True, default=None)
    error_message = models.TextField(null=True, default=None)
    summary = models.JSONField(default=dict)
    last_completed_at = models.DateTimeField(null=True, default=None)
    failures_in_a_row = models.PositiveIntegerField(default=0)
    # The fencing token: counts up at every start, so that a run that slept knows it is no longer the one.
    run = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    cancel_requested = models.BooleanField(default=False)

    lapsed = False  # set by SyncJobQuerySet.seen()

    objects = CurrentSyncJobManager()

    class Meta:
        verbose_name = "sync"
        constraints = [
            models.CheckConstraint(name="syncjob_is_the_only_row", condition=Q(id=1)),
            models.CheckConstraint(name="syncjob_status_is_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="syncjob_has_a_type_unless_idle",
                condition=Q(status=Status.IDLE, job_type=None) | (~Q(status=Status.IDLE) & Q(job_type__isnull=False)),
            ),
            models.CheckConstraint(
                name="syncjob_has_started_unless_idle",
                condition=Q(status=Status.IDLE, start_time=None, end_time=None, progress=0.0)
                | (~Q(status=Status.IDLE) & Q(start_time__isnull=False)),
            ),
            models.CheckConstraint(
                name="syncjob_waits_only_in_progress",
                condition=Q(status=Status.IN_PROGRESS) | Q(eta=None, waiting_until=None),
            ),
            models.CheckConstraint(
                name="syncjob_progress_is_a_share", condition=Q(progress__gte=0.0, progress__lte=1.0)
            ),
            models.CheckConstraint(
                name="syncjob_in_progress_has_started_and_not_ended",
                condition=any_state_but(Status.IN_PROGRESS, start_time__isnull=False, end_time=None, progress__lt=1.0),
            ),
            models.CheckConstraint(
                name="syncjob_completed_is_whole_and_ended",
                condition=any_state_but(Status.COMPLETED, progress=1.0, end_time__isnull=False),
            ),
            models.CheckConstraint(
                name="syncjob_failed_says_why_and_when",
                condition=any_state_but(Status.FAILED, error_message__isnull=False, end_time__isnull=False),
            ),
            models.CheckConstraint(
                name="syncjob_cancelled_has_ended",
                condition=any_state_but(Status.CANCELLED, end_time__isnull=False),
            ),
            models.CheckConstraint(
                name="syncjob_error_only_when_failed",
                condition=Q(status=Status.FAILED) | Q(error_message=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_type} {self.status}" if self.job_type else str(self.status)

    def as_seen(self) -> Self:
        """Turns a row whose lease has run out into what it means: a run that was interrupted."""
        if self.lapsed:
            self.status = Status.FAILED
            self.end_time = self.heartbeat_at + timedelta(seconds=settings.SYNCJOBS_LEASE_S)
            self.error_message = INTERRUPTED
            self.failures_in_a_row += 1
            self.eta = self.waiting_until = None
            self.details = "Stopped"
            self.cancel_requested = False
        return self
