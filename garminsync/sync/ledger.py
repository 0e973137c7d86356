"""Writing what came of a request: payloads, the ledger and problems. Only inside run.saving()."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from garminsync.datasets import Dataset
from garminsync.models import Coverage, Payload, Problem
from garminsync.sync.plan import REFUSED_TWICE, is_believed

PARKED_AFTER_TRIES = 5
PARKED_AFTER = timedelta(days=2)  # the third day
# Who syncs every morning does so at no exact time.
ABOUT_A_DAY = timedelta(hours=20)
LONGEST_REASON = 500


@dataclass(frozen=True)
class Failure:
    """What could not be fetched, and why; `label` says what was asked for, if that is not one of many days."""

    dataset: str
    key: str
    reason: str
    label: str = ""


@dataclass
class Tally:
    """What a run has done: days and things by what became of them, and what could not be fetched."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    missing: list[Failure] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)
    problems: int = 0
    # False while Garmin answers nothing at all: that says nothing about what was asked for.
    tries_count: bool = True

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("new", "changed", "unchanged", "failed")}


def save_payloads(payloads: Sequence[Payload]) -> None:
    """Keeps the newest answer of each key; one that came again unchanged is not written."""
    if not payloads:
        return
    keys = [payload.key for payload in payloads]
    kept = dict(Payload.objects.filter(dataset=payloads[0].dataset, key__in=keys).values_list("key", "sha256"))
    Payload.objects.bulk_create(
        [payload for payload in payloads if kept.get(payload.key) != payload.sha256],
        update_conflicts=True,
        unique_fields=["dataset", "key"],
        update_fields=["body", "sha256", "fetched_at", "made_by"],
    )


def save_coverage(
    dataset: str,
    keys: Iterable[str],
    state: Coverage.State,
    reason: str = "",
    *,
    counts: bool = True,
    since: datetime | None = None,
) -> list[Coverage]:
    """Notes what came of asking for these keys now, and since when that is so. A failure knows that from the one before
    it; one that `counts` may park them."""
    now = timezone.now()
    keys = list(keys)
    before: dict[str, Coverage] = {}
    if state == Coverage.State.FAILED:
        failures = Coverage.objects.filter(dataset=dataset, state__in=(Coverage.State.FAILED, Coverage.State.PARKED))
        before = {row.key: row for row in failures.filter(key__in=keys)}
    rows = []
    for key in keys:
        old = before.get(key)
        row = Coverage(dataset=dataset, key=key, state=state, reason=reason, failing_since_at=since, asked_at=now)
        if state == Coverage.State.FAILED:
            row.tries = (old.tries if old else 0) + counts
            row.failing_since_at = (old.failing_since_at if old else None) or now
            if row.tries >= PARKED_AFTER_TRIES and now - row.failing_since_at >= PARKED_AFTER:
                row.state = Coverage.State.PARKED
        rows.append(row)
    Coverage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["dataset", "key"],
        update_fields=["state", "reason", "tries", "failing_since_at", "asked_at"],
    )
    return rows


def save_nothing(dataset: Dataset, keys: Sequence[str], *, by: str) -> None:
    """Notes that the source `by` gave nothing for these keys; what it gave before stays, and stays present; what the
    person has deleted stays so."""
    if not keys:
        return
    kept = dataset.keys_here(keys)
    covered = Coverage.objects.filter(dataset=dataset.name, key__in=keys, state=Coverage.State.GONE)
    gone = set(covered.values_list("key", flat=True)) - kept
    save_coverage(dataset.name, kept, Coverage.State.PRESENT)
    save_coverage(dataset.name, gone, Coverage.State.GONE)
    save_empty(dataset.name, [key for key in keys if key not in kept | gone], by)


def save_empty(dataset: str, keys: Sequence[str], by: str) -> None:
    """Notes that `by` has nothing; of what was refused a day ago that is sure now."""
    is_sure = Q(reason=REFUSED_TWICE) | ~is_believed(timezone.now())
    refused = set(Coverage.objects.filter(is_sure, dataset=dataset, key__in=keys).values_list("key", flat=True))
    save_coverage(dataset, refused, Coverage.State.EMPTY, REFUSED_TWICE)
    save_coverage(dataset, [key for key in keys if key not in refused], Coverage.State.EMPTY, by)


def save_failure(dataset: str, keys: Sequence[str], label: str, reason: str, tally: Tally) -> None:
    """Notes that these keys could not be fetched. What is parked no longer makes a run fail; what the person has
    deleted stays so."""
    covered = Coverage.objects.filter(dataset=dataset, key__in=keys, state=Coverage.State.GONE)
    gone = set(covered.values_list("key", flat=True))
    left = [key for key in keys if key not in gone]
    rows = save_coverage(dataset, left, Coverage.State.FAILED, reason, counts=tally.tries_count)
    tally.failed += len(keys)
    parked = {row.key for row in rows if row.state == Coverage.State.PARKED}
    tally.missing += [Failure(dataset, key, reason, label) for key in keys if key not in parked]


def save_problems(dataset: str, found: dict[str, list[str]]) -> int:
    """Sets what is known to be wrong with the payloads of these keys; returns how much of it is news."""
    told = {(key, _fitting(reason)) for key in found for reason in found[key]}
    known = set()
    for problem in Problem.objects.filter(dataset=dataset, key__in=list(found)):
        if (problem.key, problem.reason) in told:
            known.add((problem.key, problem.reason))
        else:
            problem.delete()
    new = [Problem(dataset=dataset, key=key, reason=reason) for key, reason in sorted(told - known)]
    Problem.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _fitting(reason: str) -> str:
    """As an index takes it: some reasons quote what a file says of itself."""
    return reason.replace("\0", "")[:LONGEST_REASON].encode("utf-8", "replace").decode()
