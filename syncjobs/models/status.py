"""The states of the job, and what keeps a run from starting or going on."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from syncjobs.models.job import SyncJob


class SyncActive(Exception):
    """Another sync is running."""

    def __init__(self, job: "SyncJob") -> None:
        super().__init__(f"A sync of {job.job_type} is running since {job.start_time:%Y-%m-%d %H:%M:%S %Z}.")
        self.job = job


class Superseded(Exception):
    """This run no longer holds the job, so it may not store anything."""


class Status(models.TextChoices):
    # Nothing ever ran.
    IDLE = "idle"
    # A run holds the job, as long as its lease lasts.
    IN_PROGRESS = "in_progress"
    # The run did all it had planned.
    COMPLETED = "completed"
    # The run gave up, was interrupted, or could not fetch something; error_message says what.
    FAILED = "failed"
    # A person asked the run to stop.
    CANCELLED = "cancelled"
