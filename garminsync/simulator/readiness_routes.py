"""Training readiness and training status."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from .activity_answers import device_id
from .answers import Answer, json_answer
from .dice import Dice
from .performance import loads
from .requests import Call
from .times import gmt, local, midnight, millis

Json = dict[str, Any]
FACTORS = ("sleepScore", "recoveryTime", "acwr", "stressHistory", "hrv", "sleepHistory")
STATUSES = (
    (0.6, 1, "DETRAINING", "LOW"),
    (0.8, 5, "RECOVERY_2", "LOW"),
    (1.0, 4, "MAINTAINING_2", "OPTIMAL"),
    (1.3, 7, "PRODUCTIVE_3", "OPTIMAL"),
    (99.0, 8, "STRAINED_4", "HIGH"),
)


def training_readiness(call: Call) -> Answer:
    """Recorded by the day; three clients agree that a range gives the same list. The newest first."""
    if "day" in call.parts:
        days = [call.day(call.parts["day"])]
    else:
        days = call.span(call.parts["first"], call.parts["last"], 366)
    return json_answer([one for day in reversed(days) for one in reversed(list(_snapshots(call, day)))])


def _snapshots(call: Call, day: date) -> Iterator[Json]:
    """On waking up, after an exercise on some days, and late in the evening; none that the watch has not sent."""
    account, dice = call.account, Dice(call.account.options.seed, "readiness", day)
    if not account.shows(day):
        return
    start = midnight(day, account.zone)
    night = account.night(day)
    taken: list[tuple[datetime, str]] = [(night.end(account.zone), "AFTER_WAKEUP_RESET")] if night else []
    if dice.chance("exercise", 0.5):
        taken.append((start + timedelta(hours=17, minutes=dice.whole("late", 0, 90)), "AFTER_POST_EXERCISE_RESET"))
    taken.append((start + timedelta(hours=21, minutes=50), "UPDATE_REALTIME_VARIABLES"))
    for number, (at, context) in enumerate(taken):
        if at <= account.synced():
            yield _snapshot(call, day, at, context, night.score if night else None, Dice(dice.hexadecimal("n"), number))


def _snapshot(call: Call, day: date, at: datetime, context: str, sleep: int | None, dice: Dice) -> Json:
    options = call.account.options
    score = dice.whole("score", 20, 95)
    factors: Json = {}
    for name in FACTORS:
        factors[f"{name}FactorPercent"] = dice.whole(name, 30, 100)
        factors[f"{name}FactorFeedback"] = "GOOD"
        factors[f"{name}FactorFeedbackPhrase"] = None
    return {
        "userProfilePK": options.profile_id,
        "calendarDate": day.isoformat(),
        "timestamp": gmt(at),
        "timestampLocal": local(at, call.account.zone),
        "deviceId": device_id(options),
        "level": "LOW" if score < 50 else "MODERATE" if score < 75 else "HIGH",
        "feedbackLong": "MOD_RT_MOD_SS_GOOD_WORKOUT_COMPLETED",
        "feedbackShort": "RECOVERY_IN_PROGRESS",
        "score": score,
        "sleepScore": sleep,
        "recoveryTime": dice.whole("recovery", 1, 2800),
        "acuteLoad": loads(options.seed, day)[0],
        "hrvWeeklyAverage": dice.whole("week", 40, 55),
        "validSleep": sleep is not None,
        "inputContext": context,
        "primaryActivityTracker": True,
        "recoveryTimeChangePhrase": None,
        **factors,
    }


def training_status(call: Call) -> Answer:
    """Recorded: despite its name an entry for every day."""
    account, options = call.account, call.account.options
    first, last = call.calendar(call.parts["first"]), call.calendar(call.parts["last"])
    shown = [day for day in call.span(str(first), str(last), 364) if account.shows(day)]
    device = {"deviceId": device_id(options), "imageURL": "", "deviceName": "Forerunner", "category": 0}
    payload = {
        "userId": options.profile_id,
        "fromCalendarDate": str(first),
        "toCalendarDate": str(last),
        "showSelector": False,
        "recordedDevices": [device] if shown else [],
        "reportData": {str(device_id(options)): [_status(call, day) for day in shown]} if shown else {},
    }
    maximum = {"userProfileId": options.profile_id, "allMetrics": {"metricsMap": {}}, "groupedMetrics": None}
    return json_answer({"vo2MaxWeeklyStatistics": _wrapped(maximum), "weeklyTrainingStatus": _wrapped(payload)})


def _wrapped(payload: Json) -> Json:
    return {
        "requestUrl": "/metrics-service/metrics",
        "statusCode": 200,
        "headers": {},
        "errorMessage": None,
        "payload": payload,
        "successful": True,
    }


def _status(call: Call, day: date) -> Json:
    acute, chronic = loads(call.account.options.seed, day)
    ratio = round(acute / chronic, 1) if chronic else 0.0
    _, status, phrase, acwr = next(one for one in STATUSES if ratio <= one[0])
    return {
        "calendarDate": day.isoformat(),
        "sinceDate": None,
        "weeklyTrainingLoad": None,
        "trainingStatus": status,
        "timestamp": millis(call.account.day_end(day)) - 1000,
        "deviceId": device_id(call.account.options),
        "loadTunnelMin": None,
        "loadTunnelMax": None,
        "loadLevelTrend": None,
        "sport": "RUNNING" if status > 1 else None,
        "subSport": "GENERIC" if status > 1 else None,
        "fitnessTrendSport": "RUNNING",
        "fitnessTrend": 2,
        "trainingStatusFeedbackPhrase": phrase,
        "trainingPaused": False,
        "acuteTrainingLoadDTO": {
            "acwrPercent": min(100, round(50 * ratio)),
            "acwrStatus": acwr,
            "acwrStatusFeedback": "FEEDBACK_2",
            "dailyTrainingLoadAcute": acute,
            "maxTrainingLoadChronic": round(1.5 * chronic, 1),
            "minTrainingLoadChronic": round(0.8 * chronic, 1),
            "dailyTrainingLoadChronic": chronic,
            "dailyAcuteChronicWorkloadRatio": ratio,
        },
        "primaryTrainingDevice": True,
    }
