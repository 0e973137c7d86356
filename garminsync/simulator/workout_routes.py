"""The library of workouts."""

from .answers import Answer, json_answer, refusal
from .requests import Call, Refused
from .workouts import detail, library


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
