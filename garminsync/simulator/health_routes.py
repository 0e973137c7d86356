"""Days and nights."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from .answers import Answer, json_answer, refusal
from .body import hydration_group
from .days import whole_day
from .nested_summaries import nested_day
from .requests import Call, Refused
from .sleep_answers import stats_answer

MOST_WEEKS = 52


def daily_summary(call: Call) -> Answer:
    """Recorded. A day without data has the same keys, null."""
    call.own(call.parts.get("name", ""))
    return json_answer(call.account.flat(call.day(call.query.get("calendarDate"))))


def daily_summaries(call: Call) -> Answer:
    """Public knowledge (undocumented): nested, milliseconds; days without data are left out."""
    account = call.account
    if account.options.v2 == 404:
        return refusal(404)
    span = call.span(call.query.get("startDate"), call.query.get("endDate"))
    days = {day: account.flat(day) for day in _told(call, span) if account.shows(day)}
    if account.options.v2 == "flat":
        return json_answer({"data": list(days.values())})
    return json_answer({"data": [nested_day(flat, hydration_group(account, day)) for day, flat in days.items()]})


def _told(call: Call, span: Iterable[date]) -> Iterator[date]:
    return (day for day in span if day.isoformat() not in call.account.options.ranges_skip)


def daily_steps(call: Call) -> Answer:
    """Recorded. Today has an entry before its first step (garth issue 98); then its numbers are null."""
    account = call.account
    lines = []
    for day in call.span(call.parts["first"], call.parts["last"]):
        known = account.day(day)
        if known is None and day != account.today():
            continue
        lines.append(
            {
                "calendarDate": day.isoformat(),
                "totalSteps": (known.steps or None) if known else None,
                "totalDistance": (known.distance_m or None) if known else None,
                "stepGoal": whole_day(account.options.seed, day).step_goal,
            }
        )
    return json_answer(lines)


def weekly_steps(call: Call) -> Answer:
    """Recorded. Each week is named by its first day, the last one ends on {last}; empty ones left out."""
    last, weeks = call.calendar(call.parts["last"]), int(call.parts["weeks"])
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused(refusal(400, f"weeks cannot be more than {MOST_WEEKS}"))
    firsts = [last - timedelta(days=7 * back + 6) for back in reversed(range(weeks))]
    return json_answer([week for first in firsts if (week := _week(call, first))])


def _week(call: Call, first: date) -> dict[str, Any] | None:
    found = [call.account.day(first + timedelta(days=step)) for step in range(7)]
    days = [day for day in found if day]
    if not days:
        return None
    steps, distance = sum(day.steps for day in days), sum(day.distance_m for day in days)
    values = {
        "totalSteps": float(steps),
        "averageSteps": steps / len(days),
        "wellnessDataDaysCount": len(days),
        "averageDistance": distance / len(days),
        "totalDistance": float(distance),
    }
    return {"calendarDate": first.isoformat(), "values": values}


def sleep_statistics(call: Call) -> Answer:
    """Public knowledge: five clients and garminconnect agree; nights without data are left out."""
    span = call.span(call.parts["first"], call.parts["last"])
    nights = [night for day in _told(call, span) if (night := call.account.night(day))]
    return json_answer(stats_answer(nights, call.account.zone))
