"""The library of workouts, the calendar, training plans."""

from datetime import date, timedelta
from typing import Any

from . import schedule
from .activities import Activity
from .answers import Answer, json_answer, refusal
from .keys import nulls
from .requests import Call, Refused
from .workouts import detail, library

Json = dict[str, Any]


def workout_list(call: Call) -> Answer:
    """Public knowledge: a bare list; parameters as garminconnect sends them."""
    query = call.query
    start, limit = call.number("start", 0), call.number("limit", 100)
    if query.get("sharedWorkoutsOnly") == "true":
        return json_answer([])
    found = library(call.account, query.get("orderBy", "WORKOUT_NAME"), query.get("orderSeq") == "DESC")
    kind = query.get("sportTypeKey")
    kept = [each for each in found if not kind or each["sportType"]["sportTypeKey"] == kind]
    return json_answer(kept[start : start + limit])


def one_workout(call: Call) -> Answer:
    """Public knowledge: the list's item with updatedDate and its segments; 404 once deleted."""
    found = detail(call.account, int(call.parts["id"]))
    if found is None:
        raise Refused(refusal(404))
    return json_answer(found)


def schedule_by_period(call: Call) -> Answer:
    """garminconnect's address. The answer has been shown by nobody: rows as in the web app's summaries."""
    account = call.account
    first, last = call.calendar(call.query.get("startDate")), call.calendar(call.query.get("endDate"))
    if last < first:
        raise Refused(refusal(400, "Start date cannot be after end date"))
    # Of those of a day the one that was done with a workout.
    done = {each.begins.date(): each for each in sorted(account.activities(), key=lambda each: each.workout_id or 0)}
    own = schedule.planned(account, first, last)
    rows = [schedule.period_row(account, day, workout, done.get(day)) for day, workout in own]
    for task in schedule.tasks(account) or []:
        day = date.fromisoformat(task["calendarDate"])
        if first <= day <= last:
            rows.append(schedule.coach_row(account, day, task["taskWorkout"]))
    return json_answer(sorted(rows, key=lambda row: str(row["scheduleDate"])))


def calendar_month(call: Call) -> Answer:
    """Public knowledge, a Go client's recording: the month counted from 0, days of its neighbours with it. An
    activity's duration is in ms, its distance in cm, its energy in kJ."""
    account, year, month = call.account, int(call.parts["year"]), int(call.parts["month"])
    if month > 11:
        raise Refused(refusal(400, "Invalid month"))
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start, end = first - timedelta(days=first.isoweekday() % 7), last + timedelta(days=6)
    items = [_planned_item(day, workout) for day, workout in schedule.planned(account, start, end)]
    items += [_activity_item(each) for each in account.activities() if start <= each.begins.date() <= end]
    head = {"startDayOfMonth": first.isoweekday() % 7, "numOfDaysInMonth": last.day}
    before = {"numOfDaysInPrevMonth": (first - timedelta(days=1)).day}
    return json_answer(head | before | {"month": month, "year": year, "calendarItems": items})


_NO_ITEM = nulls(
    "groupId activityTypeId title duration distance calories weight difference sportTypeKey isStart isRace"
    " recurrenceId parentId startTimestampLocal elapsedDuration atpPlanId workoutId workoutUuid averageHR"
)


def _planned_item(day: date, workout: Json) -> Json:
    return _NO_ITEM | {
        "id": schedule.schedule_id(day),
        "trainingPlanId": 0,
        "itemType": "workout",
        "title": workout["workoutName"],
        "date": day.isoformat(),
        "sportTypeKey": workout["sportType"]["sportTypeKey"],
        "isParent": False,
        "workoutId": workout["workoutId"],
        "protectedWorkoutSchedule": False,
    }


def _activity_item(activity: Activity) -> Json:
    return _NO_ITEM | {
        "id": activity.id,
        "trainingPlanId": None,
        "itemType": "activity",
        "activityTypeId": activity.sport.type_id,
        "title": activity.name or None,
        "date": activity.begins.date().isoformat(),
        "duration": round(activity.duration_s * 1000),
        "distance": None if activity.distance_m is None else round(activity.distance_m * 100),
        "calories": round(activity.calories * 4.184),
        "elapsedDuration": activity.elapsed_s,
        "averageHR": activity.avg_hr,
    }


def plan_list(call: Call) -> Answer:
    """Public knowledge, a Go client's recording."""
    start, limit = call.number("start", 0), call.number("limit", 50)
    plans = [schedule.plan(call.account)][start : start + limit]
    return json_answer({"trainingPlanList": plans, "searchFilter": {"limit": limit}})


def adaptive_plan(call: Call) -> Answer:
    """Public knowledge: two clients' fixtures. Without tasks once the plan is over; 404 for another plan."""
    found = schedule.plan(call.account)
    if found["trainingPlanId"] != int(call.parts["id"]):
        raise Refused(refusal(404))
    return json_answer(found | {"taskList": schedule.tasks(call.account)})
