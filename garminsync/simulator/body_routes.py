"""HRV, weigh-ins, blood pressure and hydration. Days without are left out."""

from datetime import timedelta
from statistics import fmean
from typing import Any

from .answers import Answer, json_answer
from .body import BASELINE_NEEDS, MEASURES, NO_WEIGHT, blood_pressures, drunk, hrv_summary, weigh_ins
from .requests import Call
from .times import days_of, local_millis, midnight

Json = dict[str, Any]

HRV_SPAN = 367
"""Measured: 368 days are refused."""
ANY_SPAN = 3660
"""Measured: ten years are answered."""
FAR = timedelta(days=60)


def hrv(call: Call) -> Answer:
    """Recorded. Without a single night there is no content."""
    account = call.account
    asked = call.span(call.parts["first"], call.parts["last"], HRV_SPAN)
    nights = [night for day in asked if (night := account.night(day))]
    if not nights:
        return Answer(204)
    summaries = [hrv_summary(night, account.zone, night.date >= account.first_day + BASELINE_NEEDS) for night in nights]
    return json_answer({"hrvSummaries": summaries, "userProfilePk": account.options.profile_id})


def weight_range(call: Call) -> Answer:
    """Recorded: the newest day first, in grams. Single weigh-ins only with includeAll."""
    account, asked = call.account, call.span(call.parts["first"], call.parts["last"], ANY_SPAN)
    by_day = {day: entries for day in reversed(asked) if (entries := weigh_ins(account, day))}
    include_all = call.query.get("includeAll") == "true"
    days = [
        {
            "summaryDate": day.isoformat(),
            "numOfWeightEntries": len(entries),
            "minWeight": min(entry["weight"] for entry in entries),
            "maxWeight": max(entry["weight"] for entry in entries),
            "latestWeight": entries[0],
            "allWeightMetrics": entries if include_all else [],
        }
        for day, entries in by_day.items()
    ]
    every = [entry for entries in by_day.values() for entry in entries]
    average = {
        "from": local_millis(midnight(asked[0], account.zone), account.zone),
        "until": local_millis(midnight(asked[-1] + timedelta(days=1), account.zone), account.zone) - 1,
        **{name: _mean(every, name) for name in MEASURES},
    }
    before = days_of(asked[0] - FAR, asked[0] - timedelta(days=1))
    after = days_of(asked[-1] + timedelta(days=1), asked[-1] + FAR)
    return json_answer(
        {
            "dailyWeightSummaries": days,
            "totalAverage": average,
            "previousDateWeight": next((e[0] for day in reversed(before) if (e := weigh_ins(account, day))), NO_WEIGHT),
            "nextDateWeight": next((e[-1] for day in after if (e := weigh_ins(account, day))), NO_WEIGHT),
        }
    )


def _mean(entries: list[Json], name: str) -> float | None:
    numbers = [entry[name] for entry in entries if entry[name] is not None]
    return fmean(numbers) if numbers else None


def blood_pressure_range(call: Call) -> Answer:
    """Public knowledge: empty as recorded by three, filled as four clients read it."""
    asked = call.span(call.parts["first"], call.parts["last"], ANY_SPAN)
    days = [
        {
            "startDate": day.isoformat(),
            "endDate": day.isoformat(),
            "highSystolic": max(one["systolic"] for one in readings),
            "highDiastolic": max(one["diastolic"] for one in readings),
            "lowSystolic": min(one["systolic"] for one in readings),
            "lowDiastolic": min(one["diastolic"] for one in readings),
            "numOfMeasurements": len(readings),
            "category": max(one["category"] for one in readings),
            "categoryName": max(readings, key=lambda one: int(one["category"]))["categoryName"],
            "measurements": readings,
        }
        for day in asked
        if (readings := blood_pressures(call.account, day))
    ]
    span = {"from": asked[0].isoformat(), "until": asked[-1].isoformat()}
    stats = span | {"noOfDaysNormal": sum(day["categoryName"] == "NORMAL" for day in days)} if days else None
    return json_answer(span | {"measurementSummaries": days, "categoryStats": stats})


def hydration(call: Call) -> Answer:
    """Recorded: millilitres; only days on which something was logged."""
    lines = []
    for day in call.span(call.parts["first"], call.parts["last"]):
        consumed, goal = drunk(call.account, day)
        if consumed is not None:
            lines.append({"calendarDate": day.isoformat(), "valueInML": consumed, "goalInML": goal})
    return json_answer(lines)
