"""What Garmin answered, as it came; what was asked for; and what could not be understood."""

import hashlib
import zlib
from typing import Self

from django.db import models
from django.utils import timezone

from garminsync.models.natural_key import NaturalKey


class Payload(models.Model):
    """An answer of Garmin, raw: one a day, an id or a list. Everything typed is made from these.

    `dataset` is the source's name, `key` an ISO date, an id as text, or "".
    """

    id = NaturalKey(("dataset", "key"))
    dataset = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True)
    body = models.BinaryField(help_text="zlib; a zip as it came")
    sha256 = models.CharField(max_length=64, help_text="of the body before compression")
    fetched_at = models.DateTimeField(default=timezone.now)
    made_by = models.PositiveIntegerField(default=0, help_text="Version of the reader that made its rows; 0: none yet")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "key"], name="payload_once")]
        indexes = [models.Index(fields=["dataset", "made_by", "key"], name="payload_to_be_made")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.key}"

    @classmethod
    def of(cls, dataset: str, key: str, content: bytes, made_by: int = 0) -> Self:
        """An unsaved row. The same content always gives the same bytes."""
        body = content if content.startswith(b"PK") else zlib.compress(content, 6)
        sha256 = hashlib.sha256(content).hexdigest()
        return cls(dataset=dataset, key=key, body=body, sha256=sha256, made_by=made_by)

    @property
    def content(self) -> bytes:
        body = bytes(self.body)
        return body if body.startswith(b"PK") else zlib.decompress(body)


class PayloadField(models.Model):
    """A field that answers of this source have had: how we notice that Garmin has added one."""

    id = NaturalKey(("dataset", "path"))
    dataset = models.CharField(max_length=64)
    path = models.TextField(help_text="Names with dots; [] stands for each element, * for a number as a name")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "path"], name="payloadfield_once")]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.path}"


class Coverage(models.Model):
    """The ledger: what has been asked for, and what came of it. What is missing is computed from it."""

    class State(models.TextChoices):
        # Garmin had data, and it is here.
        PRESENT = "present"
        # Garmin had nothing (yet).
        EMPTY = "empty"
        # It could not be fetched; the next run asks for it first.
        FAILED = "failed"
        # It failed in many runs on several days; asked again once a week.
        PARKED = "parked"
        # It was here, and the person deleted it at Garmin.
        GONE = "gone"

    id = NaturalKey(("dataset", "key"))
    dataset = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State)
    # Of a workout the time of the edit, of a gear the number of activities, with which it was asked for last; the other
    # notes stand in sync/plan.py. failing_since_at tells since when.
    reason = models.TextField(
        blank=True, help_text="Why it failed; which source had nothing; or a note of when to ask for it again"
    )
    tries = models.PositiveIntegerField(default=0, help_text="Failed runs in a row")
    failing_since_at = models.DateTimeField(null=True, default=None)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "coverage"
        constraints = [models.UniqueConstraint(fields=["dataset", "key"], name="coverage_once")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.key}: {self.state}"


class Problem(models.Model):
    """A value or a payload that could not be understood. The payload is kept."""

    id = NaturalKey(("dataset", "key", "reason"))
    dataset = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True)
    reason = models.TextField()
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "key", "reason"], name="problem_once")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.key}: {self.reason}"
