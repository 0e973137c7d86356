"""Saving what an activity's file tells. Only inside run.saving()."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from garminsync.fit import Recording
from garminsync.models import (
    ActivityDevice,
    ActivityFile,
    Lap,
    Series,
    Session,
    Split,
    StrengthSet,
    SwimLength,
    ZoneTime,
)

ACTIVITY, RECORDS = "activity", "records"


def save_recording(activity_id: int, recording: Recording) -> None:
    """Replaces what is stored of this activity's file where it differs."""
    facts = {
        "kind": recording.kind,
        "status": recording.status,
        "start_time": recording.start_time,
        "utc_offset_s": recording.utc_offset_s,
    }
    _replace(ActivityFile, {"activity_id": activity_id}, [facts])
    for model, rows in (
        (Session, recording.sessions),
        (Lap, recording.laps),
        (Split, recording.splits),
        (StrengthSet, recording.sets),
        (SwimLength, recording.lengths),
        (ZoneTime, recording.zones),
        (ActivityDevice, recording.devices),
    ):
        _replace(model, {"activity_id": activity_id}, rows)
    samples = [{"start": recording.samples_start, "columns": recording.samples}] if recording.samples else []
    _replace(Series, {"kind": ACTIVITY, "key": str(activity_id), "name": RECORDS}, samples)


def delete_recording(activity_ids: Sequence[int]) -> None:
    """Removes what was made from the files of these activities; the files themselves stay."""
    for model in (ActivityFile, Session, Lap, Split, StrengthSet, SwimLength, ZoneTime, ActivityDevice):
        model._default_manager.filter(activity_id__in=activity_ids).delete()
    Series._default_manager.filter(kind=ACTIVITY, key__in=[str(i) for i in activity_ids]).delete()


def _replace(model: type[Model], owner: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    """Makes `rows` the only ones of this owner; writes nothing when they are so already."""
    new = [model(**owner, **row) for row in rows]
    old = list(model._default_manager.filter(**owner).order_by("pk"))
    columns = [field.attname for field in model._meta.concrete_fields]
    if [[getattr(row, c) for c in columns] for row in old] == [[getattr(row, c) for c in columns] for row in new]:
        return
    model._default_manager.filter(**owner).delete()
    model._default_manager.bulk_create(new)
