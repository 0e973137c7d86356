"""Which path is answered by what. What is not here is 404, as for a feature Garmin does not have."""

import re
from collections.abc import Callable

from . import activity_routes, health_routes, profile_routes, workout_routes
from .answers import Answer
from .requests import Call

Handler = Callable[[Call], Answer]

ROUTES: dict[str, Handler] = {
    "/userprofile-service/socialProfile": profile_routes.social_profile,
    "/userprofile-service/socialProfile/{name}": profile_routes.social_profile,
    "/userprofile-service/userprofile/user-settings": profile_routes.user_settings,
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
    "/sleep-service/sleep/dailySleepData": health_routes.daily_sleep,
    "/wellness-service/wellness/dailySleepData/{name}": health_routes.daily_sleep,
    "/activitylist-service/activities/search/activities": activity_routes.activity_list,
    "/activitylist-service/activities/count": activity_routes.activity_count,
    "/activity-service/activity/{id:d}": activity_routes.one_activity,
    "/download-service/files/activity/{id:d}": activity_routes.original_file,
    "/workout-service/workouts": workout_routes.workout_list,
    "/workout-service/workout/{id:d}": workout_routes.one_workout,
}


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
