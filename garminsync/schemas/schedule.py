"""What is planned: workouts on the calendar, training plans and their tasks."""

from typing import Annotated, Any

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field

from garminsync.schemas.base import BigId, CalendarDate, GarminModel, Number, Text, Whole
from garminsync.schemas.things import unset

Id = Annotated[BigId | None, BeforeValidator(unset)]


class ScheduledItem(GarminModel):
    """workout-service/schedule/workoutScheduleByPeriod[] or calendar-service/year/{y}/month/{m}.calendarItems[]:
    seconds and metres. The durations (ms, s) and distances (cm) of the calendar's items are not read."""

    schedule_id: Id = Field(None, validation_alias=AliasChoices("scheduledWorkoutId", "workoutScheduleId", "id"))
    workout_id: Id = Field(None, validation_alias=AliasChoices("workoutId", AliasPath("workout", "workoutId")))
    workout_uuid: Text | None = Field(None, validation_alias="workoutUuid")
    title: Text | None = Field(
        None, validation_alias=AliasChoices("workoutName", "title", AliasPath("workout", "workoutName"))
    )
    sport: Text | None = Field(
        None,
        validation_alias=AliasChoices("workoutType", "sportTypeKey", AliasPath("workout", "sportType", "sportTypeKey")),
    )
    plan_id: Id = Field(None, validation_alias=AliasChoices("trainingPlanId", "fbtAdaptivePlanId"))
    estimated_duration_s: Number | None = Field(
        None,
        validation_alias=AliasChoices("estimatedDurationInSecs", AliasPath("workout", "estimatedDurationInSecs")),
    )
    estimated_distance_m: Number | None = Field(
        None,
        validation_alias=AliasChoices("estimatedDistanceInMeters", AliasPath("workout", "estimatedDistanceInMeters")),
    )
    rest_day: bool | None = Field(None, validation_alias="isRestDay")
    race: bool | None = Field(None, validation_alias=AliasChoices("race", "isRace"))
    activity_id: Id = Field(None, validation_alias="associatedActivityId")
    item_type: Text | None = Field(None, validation_alias="itemType", exclude=True)

    def row(self) -> dict[str, Any]:
        # The calendar gives what a coach has planned another id every time.
        lasting = self.item_type in (None, "workout")
        return {**super().row(), "schedule_id": self.schedule_id if lasting else None}


class PlanItem(GarminModel):
    """trainingplan-service/trainingplan/plans.trainingPlanList[]"""

    plan_id: BigId = Field(validation_alias="trainingPlanId")
    name: Text | None = Field(None, validation_alias="name")
    description: Text | None = Field(None, validation_alias="description")
    category: Text | None = Field(None, validation_alias="trainingPlanCategory")
    sport: Text | None = Field(None, validation_alias=AliasPath("trainingType", "typeKey"))
    level: Text | None = Field(None, validation_alias=AliasPath("trainingLevel", "levelKey"))
    status: Text | None = Field(None, validation_alias=AliasPath("trainingStatus", "statusKey"))
    start_date: CalendarDate | None = Field(None, validation_alias="startDate")
    end_date: CalendarDate | None = Field(None, validation_alias="endDate")
    weeks: Whole | None = Field(None, validation_alias="durationInWeeks")
    workouts_a_week: Number | None = Field(None, validation_alias="avgWeeklyWorkouts")


class TaskItem(GarminModel):
    """trainingplan-service/trainingplan/fbt-adaptive/{plan}.taskList[]: seconds and metres; on a rest day without
    sport and name."""

    date: CalendarDate | None = Field(None, validation_alias="calendarDate")
    workout_uuid: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "workoutUuid"))
    workout_id: Id = Field(None, validation_alias=AliasPath("taskWorkout", "workoutId"))
    name: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "workoutName"))
    description: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "workoutDescription"))
    sport: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "sportType", "sportTypeKey"))
    estimated_duration_s: Number | None = Field(
        None, validation_alias=AliasPath("taskWorkout", "estimatedDurationInSecs")
    )
    estimated_distance_m: Number | None = Field(
        None, validation_alias=AliasPath("taskWorkout", "estimatedDistanceInMeters")
    )
    training_effect: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "trainingEffectLabel"))
    priority: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "priorityType"))
    rest_day: bool | None = Field(None, validation_alias=AliasPath("taskWorkout", "restDay"))
    status: Text | None = Field(None, validation_alias=AliasPath("taskWorkout", "adaptiveCoachingWorkoutStatus"))
