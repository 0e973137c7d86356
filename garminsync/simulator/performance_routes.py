"""VO2 max, predictions, fitness age, thresholds, running tolerance, menstrual cycle."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from . import performance
from .answers import Answer, json_answer, refusal
from .cycles import logged, overlapping
from .performance import Json
from .requests import Call, Refused

A_YEAR = 366


def shown(call: Call, first: str | None, last: str | None, widest: int = A_YEAR) -> list[date]:
    return [day for day in call.span(first, last, widest) if call.account.shows(day)]


def shown_by_query(call: Call) -> list[date]:
    """Statistics by the day; nothing asks for them by the week or the month."""
    if call.query.get("aggregation") != "daily":
        raise Refused(refusal(400, "Unknown aggregation"))
    return shown(call, call.query.get("startDate"), call.query.get("endDate"))


def _dated(days: list[date], values: Callable[[int, date], Json | None], seed: int) -> Iterator[Json]:
    for day in days:
        if (found := values(seed, day)) is not None:
            yield {"calendarDate": day.isoformat(), **found}


def vo2max(call: Call) -> Answer:
    """Public knowledge: five clients agree; only days with a new measurement, dated inside their parts."""
    options, found = call.account.options, []
    for day in shown(call, call.parts["first"], call.parts["last"]):
        measured = {sport: performance.vo2max_part(options.seed, day, sport) for sport in ("generic", "cycling")}
        if any(measured.values()):
            heat = performance.acclimation(options.seed, day)
            found.append({"userId": options.profile_id, **measured, "heatAltitudeAcclimation": heat})
    return json_answer(found)


def race_predictions(call: Call) -> Answer:
    """Public knowledge: four clients agree; the request is echoed in every entry."""
    call.own(call.parts["name"])
    first, last = call.query.get("fromCalendarDate"), call.query.get("toCalendarDate")
    options = call.account.options
    echo = {"userId": options.profile_id, "fromCalendarDate": first, "toCalendarDate": last}
    days = _dated(shown(call, first, last), performance.race_times, options.seed)
    return json_answer([{**echo, **entry} for entry in days])


def fitness_age(call: Call) -> Answer:
    """Public knowledge: five clients agree; only days for which it was counted."""
    days, seed = shown(call, call.parts["first"], call.parts["last"], 28), call.account.options.seed
    return json_answer(
        [
            {"calendarDate": day.isoformat(), "values": values}
            for day in days
            if (values := performance.fitness_age(seed, day))
        ]
    )


def biometric(call: Call) -> Answer:
    """Public knowledge: four clients agree; only days with a new value."""
    quantity, sport = call.parts["quantity"], call.query.get("sport", "")
    known = {"functionalThresholdPower": "CYCLING"}.get(quantity, "RUNNING")
    days = shown(call, call.parts["first"], call.parts["last"])
    if quantity not in ("lactateThresholdSpeed", "lactateThresholdHeartRate", "functionalThresholdPower"):
        return refusal(404)
    entries: list[dict[str, Any]] = []
    for day in days if sport == known else ():
        if (value := performance.threshold(call.account.options.seed, day, quantity)) is not None:
            text = day.isoformat()
            entries.append({"from": text, "until": text, "series": sport.lower(), "value": value, "updatedDate": text})
    return json_answer(entries)


def running_tolerance(call: Call) -> Answer:
    """Public knowledge: three clients agree; in no order."""
    options = call.account.options
    days = list(_dated(shown_by_query(call), performance.tolerance, options.seed))
    return json_answer([{"userProfilePK": options.profile_id, **day} for day in days[1::2] + days[::2]])


def menstrual_calendar(call: Call) -> Answer:
    """Public knowledge: four clients agree on the lists; cycles that overlap the span come whole, future ones
    as well."""
    account, seed = call.account, call.account.options.seed
    days = call.span(call.parts["first"], call.parts["last"], 91)
    past = [day for day in days if account.shows(day)]
    lists = ("Symptom", "Ovulation", "Note")
    cycles = overlapping(seed, max(days[0], account.first_day), days[-1], account.today()) if past else []
    return json_answer(
        {"cycleSummaries": list(cycles)}
        | {f"logged{name}Days": [day.isoformat() for day in past if logged(seed, day, name)] for name in lists}
    )
