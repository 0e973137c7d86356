"""Endurance score and hill score: by the day of a range, and alone."""

from datetime import date

from . import performance
from .activity_answers import device_id
from .answers import Answer, json_answer
from .performance import Json
from .performance_routes import shown_by_query
from .requests import Call


def endurance_statistics(call: Call) -> Answer:
    """The shape is public knowledge by the week; by the day it is a guess."""
    options = call.account.options
    scores = {day.isoformat(): performance.endurance(options.seed, day) for day in shown_by_query(call)}
    newest = call.account.today() if not scores else date.fromisoformat(max(scores))
    return json_answer(
        {
            "userProfilePK": options.profile_id,
            "startDate": call.query["startDate"],
            "endDate": call.query["endDate"],
            "avg": round(sum(scores.values()) / len(scores)) if scores else None,
            "max": max(scores.values(), default=None),
            "groupMap": {
                day: {"groupAverage": score, "groupMax": score, "enduranceContributorDTOList": []}
                for day, score in scores.items()
            },
            "enduranceScoreDTO": _endurance(call, newest) if scores else None,
        }
    )


def endurance_score(call: Call) -> Answer:
    """Recorded."""
    day = call.day(call.query.get("calendarDate"))
    return json_answer(_endurance(call, day)) if call.account.shows(day) else Answer(204)


def _endurance(call: Call, day: date) -> Json:
    options = call.account.options
    limits = ("Intermediate", "Trained", "WellTrained", "Expert", "Superior", "Elite")
    return {
        "userProfilePK": options.profile_id,
        "deviceId": device_id(options),
        "calendarDate": day.isoformat(),
        "overallScore": performance.endurance(options.seed, day),
        "classification": 2,
        "feedbackPhrase": 19,
        "primaryTrainingDevice": True,
        "gaugeLowerLimit": 3500,
        **{f"classificationLowerLimit{name}": 5000 + 700 * step for step, name in enumerate(limits)},
        "gaugeUpperLimit": 10_080,
        "contributors": [{"activityTypeId": 3, "group": None, "contribution": 100.0}],
    }


def hill_statistics(call: Call) -> Answer:
    """Public knowledge: five clients agree; the newest first, VO2 max null."""
    days = [_hill(call, day) for day in reversed(shown_by_query(call))]
    scores = {day["calendarDate"]: day["overallScore"] for day in days}
    return json_answer(
        {
            "userProfilePK": call.account.options.profile_id,
            "startDate": call.query["startDate"],
            "endDate": call.query["endDate"],
            "periodAvgScore": scores,
            "maxScore": max(scores.values(), default=None),
            "hillScoreDTOList": days,
        }
    )


def hill_score(call: Call) -> Answer:
    """Recorded."""
    day = call.day(call.query.get("calendarDate"))
    if not call.account.shows(day):
        return Answer(204)
    value = performance.form(call.account.options.seed, day)
    return json_answer(_hill(call, day) | {"vo2Max": float(round(value)), "vo2MaxPreciseValue": value})


def _hill(call: Call, day: date) -> Json:
    options = call.account.options
    return {
        "userProfilePK": options.profile_id,
        "deviceId": device_id(options),
        "calendarDate": day.isoformat(),
        **performance.hill_score(options.seed, day),
        "vo2Max": None,
        "vo2MaxPreciseValue": None,
        "primaryTrainingDevice": True,
    }
