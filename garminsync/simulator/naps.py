"""Short sleep by day: a nap stands in the page of the day's night, also where there was no night."""

from datetime import date, timedelta
from typing import Any

from .account import Account
from .activity_answers import device_id
from .dice import Dice
from .times import midnight

Json = dict[str, Any]


def with_naps(page: Json, account: Account, day: date) -> Json:
    """The page of a day without a nap has no list of them."""
    dice = Dice(account.options.seed, "nap", day)
    if not account.shows(day) or not dice.chance("at all", 0.2):
        return page
    start = midnight(day, account.zone) + timedelta(hours=13, minutes=dice.whole("minute", 0, 90))
    end = start + timedelta(minutes=dice.whole("length", 12, 70))
    if end > account.synced():
        return page
    offset = start.astimezone(account.zone).utcoffset() or timedelta()
    minutes = round(offset / timedelta(minutes=1))
    seconds = round((end - start).total_seconds())
    nap = {
        "userProfilePK": account.options.profile_id,
        "deviceId": device_id(account.options),
        "calendarDate": day.isoformat(),
        "napTimeSec": seconds,
        "napStartTimestampGMT": start.strftime("%Y-%m-%dT%H:%M:%S"),
        "napEndTimestampGMT": end.strftime("%Y-%m-%dT%H:%M:%S"),
        "napFeedback": "IDEAL_DURATION_LOW_NEED",
        "napSource": 1,
        "napStartTimeOffset": minutes,
        "napEndTimeOffset": minutes,
    }
    return page | {"dailySleepDTO": page["dailySleepDTO"] | {"napTimeSeconds": seconds, "dailyNapDTOS": [nap]}}
