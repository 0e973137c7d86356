"""What is planned: workouts on the calendar, training plans and their tasks."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.things import unset
from garminsync.schemas.values import BigId, CalendarDate, Number, Text, Whole

Id = Annotated[BigId | None, BeforeValidator(unset)]


class ScheduledItem(GarminModel):
    """workout-service/schedule/workoutScheduleByPeriod[] or calendar-service/year/{y}/month/{m}.calendarItems[]:
    seconds and metres. The durations (ms, s) and distances (cm) of the calendar's items are not read."""

    schedule_id: Id = at("scheduledWorkoutId", "workoutScheduleId", "id")
    workout_id: Id = at("workoutId", "workout.workoutId")
    workout_uuid: Text | None = at("workoutUuid")
    title: Text | None = at("workoutName", "title", "workout.workoutName")
    sport: Text | None = at("workoutType", "sportTypeKey", "workout.sportType.sportTypeKey")
    plan_id: Id = at("trainingPlanId", "fbtAdaptivePlanId")
    estimated_duration_s: Number | None = at("estimatedDurationInSecs", "workout.estimatedDurationInSecs")
    estimated_distance_m: Number | None = at("estimatedDistanceInMeters", "workout.estimatedDistanceInMeters")
    rest_day: bool | None = at("isRestDay")
    race: bool | None = at("race", "isRace")
    activity_id: Id = at("associatedActivityId")
    item_type: Text | None = at("itemType", exclude=True)

    def row(self) -> dict[str, Any]:
        # The calendar gives what a coach has planned another id every time.
        lasting = self.item_type in (None, "workout")
        return {**super().row(), "schedule_id": self.schedule_id if lasting else None}


class PlanItem(GarminModel):
    """trainingplan-service/trainingplan/plans.trainingPlanList[]"""

    plan_id: BigId = at("trainingPlanId", default=...)
    name: Text | None = at("name")
    description: Text | None = at("description")
    category: Text | None = at("trainingPlanCategory")
    sport: Text | None = at("trainingType.typeKey")
    level: Text | None = at("trainingLevel.levelKey")
    status: Text | None = at("trainingStatus.statusKey")
    start_date: CalendarDate | None = at("startDate")
    end_date: CalendarDate | None = at("endDate")
    weeks: Whole | None = at("durationInWeeks")
    workouts_a_week: Number | None = at("avgWeeklyWorkouts")


class TaskItem(GarminModel):
    """trainingplan-service/trainingplan/fbt-adaptive/{plan}.taskList[]: seconds and metres; on a rest day without
    sport and name."""

    date: CalendarDate = at("calendarDate", default=...)
    workout_uuid: Text | None = at("taskWorkout.workoutUuid")
    workout_id: Id = at("taskWorkout.workoutId")
    name: Text | None = at("taskWorkout.workoutName")
    description: Text | None = at("taskWorkout.workoutDescription")
    sport: Text | None = at("taskWorkout.sportType.sportTypeKey")
    estimated_duration_s: Number | None = at("taskWorkout.estimatedDurationInSecs")
    estimated_distance_m: Number | None = at("taskWorkout.estimatedDistanceInMeters")
    training_effect: Text | None = at("taskWorkout.trainingEffectLabel")
    priority: Text | None = at("taskWorkout.priorityType")
    rest_day: bool | None = at("taskWorkout.restDay")
    status: Text | None = at("taskWorkout.adaptiveCoachingWorkoutStatus")
