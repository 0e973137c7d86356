"""What Garmin says in words about the body battery of a day. Key sets as recorded."""

from datetime import datetime, timedelta, tzinfo
from typing import Any

from .nights import Night

Json = dict[str, Any]


def battery_events(night: Night | None, until: datetime, zone: tzinfo, watch: int) -> Json:
    """The night as an event, and the feedback at the end of the day before and of this one."""
    evening = until - timedelta(hours=2)
    words: Json = {
        "bodyBatteryDynamicFeedbackEvent": _feedback(evening, "SLEEP_PREPARATION_RECOVERING_AND_INACTIVE"),
        "endOfDayBodyBatteryDynamicFeedbackEvent": None,
        "bodyBatteryActivityEventList": [],
    }
    if night is None:
        return words
    start = night.start(zone)
    offset = start.astimezone(zone).utcoffset() or timedelta()
    event = {
        "eventType": "SLEEP",
        "eventStartTimeGmt": _seconds(start),
        "timezoneOffset": round(offset.total_seconds() * 1000),
        "durationInMilliseconds": night.in_bed_s * 1000,
        "bodyBatteryImpact": night.battery_gain,
        "feedbackType": "NONE",
        "shortFeedback": "NONE",
        "deviceId": watch,
        "activityName": None,
        "activityType": None,
        "activityId": None,
        "eventUpdateTimeGmt": _seconds(night.end(zone) + timedelta(hours=1)),
    }
    return words | {
        "endOfDayBodyBatteryDynamicFeedbackEvent": _feedback(
            start - timedelta(minutes=20), "SLEEP_TIME_PASSED_RECOVERING_AND_INACTIVE"
        ),
        "bodyBatteryActivityEventList": [event],
    }


def _feedback(at: datetime, kind: str) -> Json:
    words = {"feedbackShortType": kind, "feedbackLongType": kind}
    return {"eventTimestampGmt": _seconds(at), "bodyBatteryLevel": "MODERATE"} | words


def _seconds(at: datetime) -> str:
    """Here Garmin writes no fraction."""
    return at.strftime("%Y-%m-%dT%H:%M:%S")
