"""What an activity's own file tells. Made from the payload; units are in the names, null is unknown."""

from django.db import models

from garminsync.models.activity import Activity
from garminsync.models.activity_parts import ActivityPart, Effort, Span


class ActivityFile(models.Model):
    """How the original file of an activity could be read."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, db_constraint=False, related_name="+")
    activity_id: int
    kind = models.TextField(help_text="fit, gpx, tcx or unknown, by its bytes")
    status = models.TextField(help_text="whole, partial or unreadable; gpx and tcx are kept and not read")
    start_time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.status}"


class Session(ActivityPart, Effort):
    """One sport of an activity; a triathlon has five, transitions counted. Cadence on foot is FIT's: strides of one
    foot, half of the activity's steps a minute."""

    pk = models.CompositePrimaryKey("activity_id", "index")
    sport = models.TextField(null=True)
    sub_sport = models.TextField(null=True)
    name = models.TextField(null=True)
    pool_length_m = models.FloatField(null=True)
    pool_unit = models.TextField(null=True, help_text="metric or statute")
    active_lengths = models.PositiveIntegerField(null=True)
    training_effect = models.FloatField(null=True)
    anaerobic_training_effect = models.FloatField(null=True)
    training_load = models.FloatField(null=True)


class Lap(ActivityPart, Effort):
    """One lap. Cadence on foot is FIT's: strides of one foot, half of the activity's steps a minute."""

    pk = models.CompositePrimaryKey("activity_id", "index")
    sport = models.TextField(null=True)
    trigger = models.TextField(null=True)
    intensity = models.TextField(null=True)
    swim_stroke = models.TextField(null=True)
    workout_step = models.PositiveIntegerField(
        null=True,
        help_text="Of the workout it was done with: FIT's number of the step, from 0; a repeat counts after its steps",
    )


class Split(ActivityPart, Span):
    """An interval, a walk between two runs, a climb."""

    pk = models.CompositePrimaryKey("activity_id", "index")
    type = models.TextField(null=True)


class StrengthSet(ActivityPart):
    """A set of strength training, or the rest after it."""

    pk = models.CompositePrimaryKey("activity_id", "index")
    type = models.TextField(null=True, help_text="active or rest")
    exercise = models.TextField(null=True)
    start_time = models.DateTimeField(null=True)
    duration_s = models.FloatField(null=True)
    repetitions = models.PositiveIntegerField(null=True)
    weight_kg = models.FloatField(null=True)


class SwimLength(ActivityPart):
    """One length of the pool."""

    pk = models.CompositePrimaryKey("activity_id", "index")
    type = models.TextField(null=True, help_text="active or idle")
    stroke = models.TextField(null=True)
    start_time = models.DateTimeField(null=True)
    elapsed_s = models.FloatField(null=True)
    strokes = models.PositiveIntegerField(null=True)
    avg_speed_mps = models.FloatField(null=True)


class ActivityDevice(ActivityPart):
    """The watch or a sensor that took part."""

    pk = models.CompositePrimaryKey("activity_id", "index")
    role = models.TextField(help_text="device_index: creator is the watch itself")
    manufacturer = models.TextField(null=True)
    product = models.TextField(null=True)
    type = models.TextField(null=True)
    serial_number = models.TextField(null=True)
    software = models.TextField(null=True)
    battery_status = models.TextField(null=True)


class ZoneTime(models.Model):
    """Time of an activity in one zone of heart rate or power; zone 0 lies below the first."""

    pk = models.CompositePrimaryKey("activity_id", "kind", "zone")
    activity = models.ForeignKey(Activity, models.CASCADE, db_constraint=False, related_name="+")
    activity_id: int
    kind = models.CharField(max_length=8, help_text="hr or power")
    zone = models.PositiveSmallIntegerField()
    seconds = models.FloatField()
    upper = models.FloatField(null=True, help_text="bpm or W, where the zone ends")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind} {self.zone}"


class Series(models.Model):
    """Samples over time in one compact row: `columns` is a JSON object of equally long arrays, one of them
    `offset_s`, the seconds since `start`; null is no reading. `kind` activity: `key` is Garmin's id, `name` records;
    cadence on foot counts the strides of one foot, and what stands in no list keeps the name that FIT or an app gives
    it. `kind` day: `key` is the date, `name` a curve; steps are those since the sample before, `device` is a serial
    number, there where several devices tell, and what begins with hsa_ FIT logs apart. `kind` night: `key` is the day
    of waking up, `name` a curve; stages are deep, light, rem, awake, unmeasurable."""

    pk = models.CompositePrimaryKey("kind", "key", "name")
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=32)
    start = models.DateTimeField(null=True)
    columns = models.JSONField()

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.name}"
