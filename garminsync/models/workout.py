"""Workouts: the library, their steps, what stands on the calendar, and training plans."""

from django.db import models


class Workout(models.Model):
    """From workout-service/workouts. Its identity is Garmin's id."""

    workout_id = models.BigIntegerField(primary_key=True)
    name = models.TextField(null=True)
    description = models.TextField(null=True)
    sport = models.TextField(null=True, help_text="sportTypeKey, as it came")
    created_time = models.DateTimeField(null=True)
    updated_time = models.DateTimeField(null=True)
    estimated_duration_s = models.FloatField(null=True)
    estimated_distance_m = models.FloatField(null=True)
    pool_length_m = models.FloatField(null=True)
    provider = models.TextField(null=True)

    class Meta:
        ordering = ["-updated_time"]

    def __str__(self) -> str:
        return self.name or "Untitled"


class WorkoutStep(models.Model):
    """A step or a repeat, in the order they are done; the steps of a repeat name its index as their parent.
    From workout-service/workout/{id}."""

    pk = models.CompositePrimaryKey("workout_id", "index")
    workout_id = models.BigIntegerField()
    index = models.PositiveIntegerField(help_text="Place in the workout, from 0, repeats counted")
    parent_index = models.PositiveIntegerField(null=True, help_text="The repeat that it is part of")
    type = models.TextField(null=True, help_text="warmup, interval, recovery, rest, cooldown, repeat, ...")
    repeats = models.PositiveIntegerField(null=True, help_text="Of a repeat: how often its steps are done")
    skip_last_rest = models.BooleanField(null=True)
    sport = models.TextField(null=True, help_text="Of its segment: a multisport workout has several")
    ends_by = models.TextField(null=True, help_text="time, distance, lap.button, calories, reps, heart.rate, ...")
    end_value = models.FloatField(null=True, help_text="By ends_by: s, m, kcal, times, bpm, W")
    target = models.TextField(null=True, help_text="pace.zone, speed.zone, heart.rate.zone, power.zone, ...")
    target_low = models.FloatField(null=True, help_text="By target: m/s (pace, too), bpm, W, per minute")
    target_high = models.FloatField(null=True, help_text="As target_low")
    target_zone = models.PositiveSmallIntegerField(null=True, help_text="In place of low and high")
    second_target = models.TextField(null=True)
    second_target_low = models.FloatField(null=True)
    second_target_high = models.FloatField(null=True)
    second_target_zone = models.PositiveSmallIntegerField(null=True)
    stroke = models.TextField(null=True)
    equipment = models.TextField(null=True)
    exercise_category = models.TextField(null=True)
    exercise = models.TextField(null=True)
    weight_kg = models.FloatField(null=True)
    text = models.TextField(null=True)

    def __str__(self) -> str:
        return f"{self.workout_id} {self.index}"


class ScheduledWorkout(models.Model):
    """A workout on a day of the calendar, and the activity by which it was done. From workout-service/schedule/
    workoutScheduleByPeriod, or calendar-service, which does not tell the activity."""

    pk = models.CompositePrimaryKey("date", "index")
    date = models.DateField()
    index = models.PositiveIntegerField(help_text="Place in the day, from 0")
    schedule_id = models.BigIntegerField(null=True, help_text="Garmin's id; what a coach has planned has none")
    workout_id = models.BigIntegerField(null=True)
    workout_uuid = models.TextField(null=True, help_text="Of what a coach has planned")
    title = models.TextField(null=True)
    sport = models.TextField(null=True)
    plan_id = models.BigIntegerField(null=True, help_text="The training plan it is part of")
    estimated_duration_s = models.FloatField(null=True)
    estimated_distance_m = models.FloatField(null=True)
    rest_day = models.BooleanField(null=True)
    race = models.BooleanField(null=True)
    activity_id = models.BigIntegerField(null=True, help_text="By which it was done")

    def __str__(self) -> str:
        return f"{self.date} {self.title or ''}"


class TrainingPlan(models.Model):
    """From trainingplan-service/trainingplan/plans."""

    plan_id = models.BigIntegerField(primary_key=True)
    name = models.TextField(null=True)
    description = models.TextField(null=True)
    category = models.TextField(null=True, help_text="FBT_ADAPTIVE, ITP, PHASED")
    sport = models.TextField(null=True)
    level = models.TextField(null=True)
    status = models.TextField(null=True, help_text="Scheduled (runs or will run), Completed")
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    weeks = models.PositiveIntegerField(null=True)
    workouts_a_week = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.name or str(self.plan_id)


class PlanTask(models.Model):
    """What a training plan asks for on a day. A plan tells about a week of them and none once it is over, so they
    stay as they were told last. From trainingplan-service/trainingplan/fbt-adaptive/{plan}."""

    pk = models.CompositePrimaryKey("plan_day", "index")
    plan_day = models.CharField(max_length=64, help_text="The plan's id and the date")
    index = models.PositiveIntegerField(help_text="Place in the day, from 0")
    plan_id = models.BigIntegerField(null=True)
    date = models.DateField(null=True)
    workout_uuid = models.TextField(null=True)
    workout_id = models.BigIntegerField(null=True)
    name = models.TextField(null=True)
    description = models.TextField(null=True)
    sport = models.TextField(null=True)
    estimated_duration_s = models.FloatField(null=True)
    estimated_distance_m = models.FloatField(null=True)
    training_effect = models.TextField(null=True, help_text="AEROBIC_BASE, ...")
    priority = models.TextField(null=True)
    rest_day = models.BooleanField(null=True)
    status = models.TextField(null=True, help_text="NOT_COMPLETE, COMPLETED_VIA_ACTIVITY, ...")

    def __str__(self) -> str:
        return self.plan_day
