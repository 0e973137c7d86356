"""What belongs to the account: settings, devices, gear, records, goals, badges. Null is unknown."""

from django.db import models


class Profile(models.Model):
    """The person's settings, from userprofile-service/userprofile/user-settings."""

    profile_id = models.BigIntegerField(primary_key=True)
    gender = models.TextField(null=True)
    birth_date = models.DateField(null=True)
    height_cm = models.FloatField(null=True)
    weight_kg = models.FloatField(null=True)
    measurement_system = models.TextField(null=True, help_text="What Garmin shows: metric, statute_us, ...")
    time_format = models.TextField(null=True)
    first_weekday = models.TextField(null=True)
    hydration_unit = models.TextField(null=True)
    handedness = models.TextField(null=True)
    vo2max_running = models.FloatField(null=True, help_text="ml/kg/min")
    vo2max_cycling = models.FloatField(null=True, help_text="ml/kg/min")
    lactate_threshold_speed_mps = models.FloatField(null=True)
    lactate_threshold_hr_bpm = models.PositiveSmallIntegerField(null=True)
    threshold_hr_detected = models.BooleanField(null=True, help_text="By the watch, not set by hand")
    ftp_detected = models.BooleanField(null=True, help_text="By the watch, not set by hand")
    moderate_minutes_hr_zone = models.PositiveSmallIntegerField(null=True, help_text="Where such minutes begin")
    vigorous_minutes_hr_zone = models.PositiveSmallIntegerField(null=True, help_text="Where such minutes begin")
    sleep_time_s = models.PositiveIntegerField(null=True, help_text="Usual, after local midnight")
    wake_time_s = models.PositiveIntegerField(null=True, help_text="Usual, after local midnight")

    def __str__(self) -> str:
        return str(self.profile_id)


class Device(models.Model):
    """A watch, bike computer or scale, from device-service/deviceregistration/devices."""

    device_id = models.BigIntegerField(primary_key=True)
    name = models.TextField(null=True, help_text="The nickname, or the model")
    model = models.TextField(null=True)
    device_type_id = models.BigIntegerField(null=True)
    part_number = models.TextField(null=True)
    serial_number = models.TextField(null=True)
    firmware = models.TextField(null=True)
    status = models.TextField(null=True)
    registered_time = models.DateTimeField(null=True)
    categories = models.JSONField(null=True, help_text="FITNESS, WELLNESS, GOLF, OUTDOOR, ...")
    is_daily_tracker = models.BooleanField(null=True, help_text="One of them: the daily values are from it")
    is_scale = models.BooleanField(null=True)
    has_optical_hr = models.BooleanField(null=True)

    def __str__(self) -> str:
        return self.name or str(self.device_id)


class Gear(models.Model):
    """Shoes or a bike, from gear-service/gear/v2/list. Its identity is Garmin's uuid, with dashes."""

    uuid = models.CharField(max_length=64, primary_key=True)
    name = models.TextField(null=True)
    type = models.TextField(null=True, help_text="SHOES, BIKE, ...")
    status = models.TextField(null=True, help_text="ACTIVE or RETIRED")
    brand = models.TextField(null=True)
    model = models.TextField(null=True)
    distance_m = models.FloatField(null=True)
    duration_s = models.FloatField(null=True)
    activities = models.PositiveIntegerField(null=True, help_text="In how many it was used")
    days_used = models.PositiveIntegerField(null=True)
    max_distance_m = models.FloatField(null=True, help_text="When it is to be replaced")
    max_duration_s = models.FloatField(null=True, help_text="When it is to be replaced")
    first_used = models.DateField(null=True)
    created_time = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "gear"

    def __str__(self) -> str:
        return self.name or " ".join(part for part in (self.brand, self.model) if part)


class GearActivity(models.Model):
    """An activity in which a gear was used, from activitylist-service/activities/{uuid}/gear."""

    pk = models.CompositePrimaryKey("gear_uuid", "activity_id")
    gear_uuid = models.CharField(max_length=64)
    activity_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "gear activities"

    def __str__(self) -> str:
        return f"{self.gear_uuid} {self.activity_id}"


class PersonalRecord(models.Model):
    """A record that stands, from personalrecord-service/personalrecord/prs."""

    record_id = models.BigIntegerField(primary_key=True)
    type_id = models.PositiveIntegerField(null=True)
    name = models.TextField(null=True, help_text="What it is a record of, where that is known for sure")
    value = models.FloatField(null=True)
    unit = models.TextField(null=True, help_text="Of value: s, m, W, steps or days")
    activity_id = models.BigIntegerField(null=True, help_text="Null for steps of a day, week or month")
    activity_type = models.TextField(null=True)
    time = models.DateTimeField(null=True)
    utc_offset_s = models.IntegerField(null=True, help_text="Local time less UTC")

    def __str__(self) -> str:
        return f"{self.name or self.type_id}: {self.value} {self.unit or ''}"


class Goal(models.Model):
    """A goal the person has set for a span of time, from goal-service/goal/goals."""

    goal_id = models.BigIntegerField(primary_key=True)
    state = models.CharField(max_length=8, help_text="active or past: the list that it stands in")
    name = models.TextField(null=True)
    type = models.TextField(null=True)
    activity_type = models.TextField(null=True)
    period = models.TextField(null=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    distance_m = models.FloatField(null=True, help_text="What is to be reached; so are the next three")
    duration_s = models.FloatField(null=True)
    kcal = models.FloatField(null=True)
    activities = models.PositiveIntegerField(null=True)
    reached_percent = models.FloatField(null=True)
    completed = models.BooleanField(null=True)

    def __str__(self) -> str:
        return self.name or str(self.goal_id)


class Badge(models.Model):
    """A badge that was earned, once or more often, from badge-service/badge/earned."""

    badge_id = models.BigIntegerField(primary_key=True)
    key = models.TextField(null=True)
    name = models.TextField(null=True)
    category_id = models.PositiveIntegerField(null=True)
    difficulty = models.PositiveIntegerField(null=True, help_text="1 to 4")
    points = models.PositiveIntegerField(null=True)
    earned_date = models.DateField(null=True, help_text="The last time")
    times_earned = models.PositiveIntegerField(null=True)
    progress = models.FloatField(null=True)
    target = models.FloatField(null=True)
    unit_id = models.PositiveIntegerField(null=True, help_text="Of progress and target, as Garmin numbers it")
    activity_id = models.BigIntegerField(null=True, help_text="The activity it was earned by")

    def __str__(self) -> str:
        return self.name or str(self.badge_id)
