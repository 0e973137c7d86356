"""Devices, gear, records, goals and badges."""

from urllib.parse import parse_qs, urlsplit

from . import achievements, things
from .activity_answers import list_item
from .answers import Answer, json_answer, refusal
from .requests import Call, Refused


def devices(call: Call) -> Answer:
    return json_answer(things.devices(call.account))


def gear_list(call: Call) -> Answer:
    """gearStatuses may be repeated; what comes without is told by nobody, so only what is in use does here."""
    statuses = parse_qs(urlsplit(call.request.target).query).get("gearStatuses", ["ACTIVE"])
    start, limit = call.number("start", 0), call.number("limit", 20)
    return json_answer(things.gear(call.account, statuses)[start : start + limit])


def gear_activities(call: Call) -> Answer:
    """The uuid without its dashes; with them, or gone, 404."""
    account = call.account
    for number in range(2):
        if call.parts["uuid"] == things.gear_uuid(account, number).replace("-", ""):
            start, limit = call.number("start", 0), call.number("limit", 20)
            used = things.gear_activities(account, number)[start : start + limit]
            return json_answer([list_item(each, account.options) for each in used])
    raise Refused(refusal(404))


def personal_records(call: Call) -> Answer:
    call.own(call.parts["name"])
    return json_answer(achievements.records(call.account))


def goals(call: Call) -> Answer:
    """The status must be told; the list counts from 1. Without a header that browsers send, goals over a span of
    dates are left out."""
    status, start = call.query.get("status"), call.number("start", 1)
    if status not in ("active", "past", "future"):
        raise Refused(refusal(400, "status is required"))
    if start < 1:
        return json_answer([])
    limit, browser = call.number("limit", 20), call.request.headers.get("sec-fetch-site") == "same-origin"
    shown = [goal for goal in achievements.goals(call.account, status) if browser or goal["period"] != "custom"]
    return json_answer(shown[start - 1 : start - 1 + limit])


def earned_badges(call: Call) -> Answer:
    return json_answer(achievements.badges(call.account))


def heart_rate_zones(call: Call) -> Answer:
    """Recorded: a line for a sport; floors alone, and 0 for a rate that is not used."""
    return json_answer(things.heart_rate_zones(call.account))
