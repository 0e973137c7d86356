"""The list of activities, one of them, its file."""

from datetime import date

from .activities import Activity
from .activity_answers import list_item
from .activity_detail import activity_detail
from .answers import Answer, json_answer, refusal
from .fitfiles import original_zip
from .requests import Call, Refused

_FAMILIES = {"running": {"running", "trail_running"}, "fitness_equipment": {"strength_training", "yoga"}}


def _wanted(call: Call) -> list[Activity]:
    """Newest first unless asked otherwise; the filters garminconnect sends."""
    query, zone = call.query, call.account.zone
    first = call.calendar(query["startDate"]) if query.get("startDate") else date.min
    last = call.calendar(query["endDate"]) if query.get("endDate") else date.max
    kind = query.get("activityType", "")
    kinds = _FAMILIES.get(kind, {kind})
    text = query.get("search", "").casefold()
    found = [
        each
        for each in call.account.activities()
        if first <= each.start(zone).astimezone(zone).date() <= last
        and (not kind or each.sport.key in kinds)
        and text in (each.name or "").casefold()
    ]
    return found[::-1] if query.get("sortOrder") == "asc" else found


def activity_list(call: Call) -> Answer:
    """Recorded. Never more than `page_cap` at a time; a limit above `page_refusal` is refused."""
    options = call.account.options
    start, limit = call.number("start", 0), call.number("limit", 20)
    if limit > options.page_refusal:
        raise Refused(refusal(400, f"limit cannot be more than {options.page_refusal}"))
    page = _wanted(call)[start : start + min(limit, options.page_cap)]
    return json_answer([list_item(each, options) for each in page])


def activity_count(call: Call) -> Answer:
    """Public knowledge: garminconnect reads totalCount."""
    return json_answer({"totalCount": len(_wanted(call))})


def one_activity(call: Call) -> Answer:
    """Recorded."""
    activity = call.account.activity(int(call.parts["id"]))
    if activity is None:
        raise Refused(refusal(404))
    return json_answer(activity_detail(activity, call.account.options))


def original_file(call: Call) -> Answer:
    """Public knowledge: a zip with {id}_ACTIVITY.fit; what was typed in by hand has none (404)."""
    number = int(call.parts["id"])
    original = call.account.log.original(number)
    if original is None or original.manual or call.account.activity(number) is None:
        raise Refused(refusal(404))
    disposition = {"Content-Disposition": f"attachment; filename={number}.zip"}
    return Answer(200, original_zip(original, call.account.options), "application/x-zip-compressed", disposition)
