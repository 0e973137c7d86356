"""Which path is answered by what. What is not here is 404, as for a feature Garmin does not have."""

import re
from collections.abc import Callable

from . import (
    activity_routes,
    body_routes,
    health_routes,
    performance_routes,
    profile_routes,
    readiness_routes,
    score_routes,
    thing_routes,
    within_day_routes,
    workout_routes,
)
from .answers import Answer
from .requests import Call

Handler = Callable[[Call], Answer]

BASIC: dict[str, Handler] = {
    "/userprofile-service/socialProfile": profile_routes.social_profile,
    "/userprofile-service/socialProfile/{name}": profile_routes.social_profile,
    "/userprofile-service/userprofile/settings": profile_routes.profile_settings,
    "/userprofile-service/userprofile/personal-information/{name}": profile_routes.personal_information,
    "/device-service/deviceservice/mylastused": profile_routes.last_used_device,
    "/usersummary-service/v2/dailysummaries": health_routes.daily_summaries,
    "/usersummary-service/usersummary/daily": health_routes.daily_summary,
    "/usersummary-service/usersummary/daily/": health_routes.daily_summary,
    "/usersummary-service/usersummary/daily/{name}": health_routes.daily_summary,
    "/usersummary-service/stats/steps/daily/{first}/{last}": health_routes.daily_steps,
    "/usersummary-service/stats/steps/weekly/{last}/{weeks:d}": health_routes.weekly_steps,
    "/sleep-service/stats/sleep/daily/{first}/{last}": health_routes.sleep_statistics,
    "/sleep-service/sleep/dailySleepData": within_day_routes.daily_sleep,
    "/wellness-service/wellness/dailySleepData/{name}": within_day_routes.daily_sleep,
    "/activitylist-service/activities/search/activities": activity_routes.activity_list,
    "/activitylist-service/activities/count": activity_routes.activity_count,
    "/activity-service/activity/{id:d}": activity_routes.one_activity,
    "/download-service/files/activity/{id:d}": activity_routes.original_file,
    "/workout-service/workouts": workout_routes.workout_list,
    "/workout-service/workout/{id:d}": workout_routes.one_workout,
}

NEWER: dict[str, Handler] = {
    "/userprofile-service/userprofile/user-settings": profile_routes.user_settings,
    "/hrv-service/hrv/daily/{first}/{last}": body_routes.hrv,
    "/weight-service/weight/range/{first}/{last}": body_routes.weight_range,
    "/bloodpressure-service/bloodpressure/range/{first}/{last}": body_routes.blood_pressure_range,
    "/usersummary-service/stats/hydration/daily/{first}/{last}": body_routes.hydration,
    "/metrics-service/metrics/trainingreadiness/{day}": readiness_routes.training_readiness,
    "/metrics-service/metrics/trainingreadiness/{first}/{last}": readiness_routes.training_readiness,
    "/mobile-gateway/usersummary/trainingstatus/weekly/{first}/{last}": readiness_routes.training_status,
    "/metrics-service/metrics/maxmet/daily/{first}/{last}": performance_routes.vo2max,
    "/metrics-service/metrics/racepredictions/daily/{name}": performance_routes.race_predictions,
    "/fitnessage-service/stats/daily/{first}/{last}": performance_routes.fitness_age,
    "/metrics-service/metrics/endurancescore/stats": score_routes.endurance_statistics,
    "/metrics-service/metrics/endurancescore": score_routes.endurance_score,
    "/metrics-service/metrics/hillscore/stats": score_routes.hill_statistics,
    "/metrics-service/metrics/hillscore": score_routes.hill_score,
    "/biometric-service/stats/{quantity}/range/{first}/{last}": performance_routes.biometric,
    "/metrics-service/metrics/runningtolerance/stats": performance_routes.running_tolerance,
    "/periodichealth-service/menstrualcycle/calendar/{first}/{last}": performance_routes.menstrual_calendar,
    "/download-service/files/wellness/{day}": within_day_routes.wellness_files,
    "/workout-service/schedule/workoutScheduleByPeriod": workout_routes.schedule_by_period,
    "/calendar-service/year/{year:d}/month/{month:d}": workout_routes.calendar_month,
    "/trainingplan-service/trainingplan/plans": workout_routes.plan_list,
    "/trainingplan-service/trainingplan/fbt-adaptive/{id:d}": workout_routes.adaptive_plan,
    "/device-service/deviceregistration/devices": thing_routes.devices,
    "/gear-service/gear/v2/list": thing_routes.gear_list,
    "/activitylist-service/activities/{uuid}/gear": thing_routes.gear_activities,
    "/personalrecord-service/personalrecord/prs/{name}": thing_routes.personal_records,
    "/goal-service/goal/goals": thing_routes.goals,
    "/badge-service/badge/earned": thing_routes.earned_badges,
    "/biometric-service/heartRateZones": thing_routes.heart_rate_zones,
}
"""What an old watch, and a person who only runs, know nothing of."""

ROUTES = BASIC | NEWER


def _pattern(template: str) -> re.Pattern[str]:
    digits = re.sub(r"\{(\w+):d\}", r"(?P<\1>[0-9]{1,18})", template)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", digits))


_PATTERNS = [(template, _pattern(template)) for template in ROUTES]


def find(path: str) -> tuple[str, dict[str, str]] | None:
    """The template that fits, and the values in its places."""
    for template, pattern in _PATTERNS:
        if fit := pattern.fullmatch(path):
            return template, fit.groupdict()
    return None
