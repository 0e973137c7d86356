"""What is planned for which day: workouts of the library, and a coach's plan of twelve weeks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from .account import Account
from .activities import Activity
from .dice import Dice
from .keys import nulls
from .times import days_of, local
from .workouts import library

Json = dict[str, Any]
BACK, AHEAD = timedelta(days=150), timedelta(days=80)
WEEKS = 12
_TASK_DAYS = timedelta(days=3)


def planned(account: Account, first: date, last: date) -> Iterator[tuple[date, Json]]:
    """Day and workout, as the library lists it."""
    known = library(account)
    by_id = {each["workoutId"]: each for each in known}
    done = {each.begins.date(): each.workout_id for each in account.activities() if each.workout_id}
    made = _made(account)
    for day in days_of(max(first, made - BACK), min(last, made + AHEAD)):
        dice = Dice(account.options.seed, "planned", day)
        if day in account.planned:
            if found := by_id.get(account.planned[day] or 0):
                yield day, found
        elif day in done and done[day] in by_id:
            yield day, by_id[done[day]]
        elif known and dice.chance("planned", 0.3):
            yield day, dice.pick("workout", known)


def _made(account: Account) -> date:
    return account.first_day + timedelta(days=account.options.days - 1)


def schedule_id(day: date) -> int:
    return 1_400_000_000 + day.toordinal()


def period_row(account: Account, day: date, workout: Json, done: Activity | None) -> Json:
    """Public knowledge: rows of the web app's summaries; a person's own workout."""
    return _nothing() | {
        "scheduledWorkoutId": schedule_id(day),
        "workoutId": workout["workoutId"],
        "workoutName": workout["workoutName"],
        "workoutType": workout["sportType"]["sportTypeKey"],
        "scheduleDate": day.isoformat(),
        "ownerId": account.options.profile_id,
        "isRestDay": False,
        "race": False,
        "protected": False,
        "estimatedDurationInSecs": workout["estimatedDurationInSecs"],
        "estimatedDistanceInMeters": workout["estimatedDistanceInMeters"],
        "associatedActivityId": done.id if done else None,
        "associatedActivityDateTime": local(done.start(account.zone), account.zone) if done else None,
    }


def coach_row(account: Account, day: date, task: Json) -> Json:
    """What the coach has planned has no ids, only a uuid."""
    return _nothing() | {
        "workoutUuid": task["workoutUuid"],
        "workoutName": task["workoutName"],
        "workoutType": (task["sportType"] or {}).get("sportTypeKey"),
        "scheduleDate": day.isoformat(),
        "tpPlanName": plan(account)["name"],
        "fbtAdaptivePlanId": plan(account)["trainingPlanId"],
        "isRestDay": task["restDay"],
        "race": False,
        "protected": True,
        "estimatedDurationInSecs": task["estimatedDurationInSecs"],
    }


def _nothing() -> Json:
    return nulls(
        "scheduledWorkoutId workoutUuid workoutId tpPlanName tpType trainingPlanId fbtAdaptivePlanId atpPlanId"
        " itpPlanId ownerId workoutPhrase estimatedDistanceInMeters associatedActivityId associatedActivityDateTime"
    )


def plan(account: Account) -> Json:
    """As the list of plans tells it, without its tasks."""
    start = _made(account) - timedelta(days=21)
    end = start + timedelta(weeks=WEEKS)
    over = account.today() > end
    nothing = nulls("publishDate expireDate pausedDate resumedDate taskList adaptivePlanPhases planPhases")
    return nothing | {
        "trainingPlanId": 41_200_000 + account.options.seed,
        "trainingPlanCategory": "FBT_ADAPTIVE",
        "trainingType": {"typeId": 2, "typeKey": "Running"},
        "trainingSubType": {"subTypeId": 27, "subTypeKey": "RunGoalAdaptive"},
        "trainingLevel": {"levelId": 3, "levelKey": "Intermediate"},
        "trainingVersion": {"versionId": 3, "versionName": "Pace"},
        "ownerId": account.options.profile_id,
        "trainingStatus": {"statusId": 2 if over else 1, "statusKey": "Completed" if over else "Scheduled"},
        "name": "Halbmarathon – Herbst",
        "description": "Zwölf Wochen",
        "durationInWeeks": WEEKS,
        "avgWeeklyWorkouts": 4,
        "createDate": f"{start}T00:00:00.0",
        "startDate": f"{start}T00:00:00.0",
        "endDate": f"{end}T00:00:00.0",
        "supplementalSports": [],
    }


def tasks(account: Account) -> list[Json] | None:
    """About a week around today; none once the plan is over."""
    today, known = account.today(), plan(account)
    if known["trainingStatus"]["statusKey"] == "Completed":
        return None
    start = datetime.fromisoformat(known["startDate"]).date()
    active = {each.begins.date() for each in account.activities()}
    days = days_of(today - _TASK_DAYS, today + _TASK_DAYS)
    return [_task(account, day, start, day in active) for day in days]


def _task(account: Account, day: date, start: date, active: bool) -> Json:
    dice = Dice(account.options.seed, "task", day)
    rest = dice.chance("rest", 0.3)
    workout = {
        "workoutUuid": dice.hexadecimal("uuid"),
        "workoutId": None if rest else 930_000_000 + day.toordinal(),
        "sportType": None if rest else {"sportTypeId": 1, "sportTypeKey": "running", "displayOrder": 1},
        "workoutName": None if rest else dice.pick("name", ("Base", "Tempo", "Sprint", "Long Run")),
        "workoutDescription": None if rest else "4:55/km",
        "scheduledDate": day.isoformat(),
        "estimatedDurationInSecs": None if rest else 60 * dice.whole("minutes", 25, 80),
        "estimatedDistanceInMeters": None if rest else 100.0 * dice.whole("distance", 50, 160),
        "trainingEffectLabel": None if rest else "AEROBIC_BASE",
        "workoutPhrase": "REST" if rest else "AEROBIC_LOW",
        "restDay": rest,
        "priorityType": None if rest else "REQUIRED",
        "adaptiveCoachingWorkoutStatus": "COMPLETED_VIA_ACTIVITY" if active and not rest else "NOT_COMPLETE",
    }
    week, weekday = divmod((day - start).days, 7)
    order = {"weekId": week + 1, "dayOfWeekId": weekday + 1, "workoutOrder": 1}
    return order | {"calendarDate": day.isoformat(), "taskWorkout": workout}
