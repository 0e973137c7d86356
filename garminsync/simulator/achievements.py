"""Records, goals and badges of the account: public knowledge, a few clients' recordings."""

from datetime import date, timedelta
from typing import Any

from .account import Account
from .activities import Activity
from .dice import Dice
from .keys import nulls
from .times import gmt, local_millis, midnight, millis

Json = dict[str, Any]
_GOALS: tuple[tuple[str, str, str, Json], ...] = (
    ("distance_accumulation", "cycling", "one_month", {"distanceInMeters": 300_000.0, "durationInSeconds": None}),
    ("duration_accumulation", "running", "custom", {"durationInSeconds": 36_000.0, "caloriesInKiloCalories": 5200.0}),
    ("activity_accumulation", "all", "one_week", {"numberOfActivities": 5}),
)
_BADGES = "Neujahrslauf 🎆|First Ride|5 km|10 km|Early Bird|Night Owl|Weekend|Step Streak|Climber|Swim 1500"


def goals(account: Account, status: str) -> list[Json]:
    """Two are active, one has passed."""
    found = []
    for number, (kind, sport, period, wanted) in enumerate(_GOALS):
        dice = Dice(account.options.seed, "goal", number)
        past = number == 2
        start = account.first_day + timedelta(days=3 * number)
        end = start + timedelta(days=6) if past else account.today() + timedelta(days=10 + number)
        percent = 100.0 if past else round(dice.between("percent", 5, 90), 1)
        known = {
            "id": 31_000_000 + number,
            "name": f"Ziel {number + 1}",
            "type": kind,
            "startDate": start.isoformat(),
            "endDate": end.isoformat(),
            "activityType": sport,
            "period": period,
            "progress": {"percent": percent},
            "remaining": {"percent": 100 - percent, "days": 0 if past else 10 + number},
            "overage": {"percent": 0.0},
            "active": not past,
            "completed": past,
        }
        if status == ("past" if past else "active"):
            found.append(known | wanted)
    return found


def badges(account: Account) -> list[Json]:
    """What one was earned by stands there as text: an activity's id, a date, or nothing."""
    done = account.activities()
    found = []
    for number, name in enumerate(_BADGES.split("|")):
        dice = Dice(account.options.seed, "badge", number)
        day = account.first_day + timedelta(days=dice.whole("day", 0, max(account.options.days - 1, 0)))
        by = ("activityId", str(done[-1].id)) if number < 4 and done else ("date", day.isoformat())
        by_what = by if number < 7 else (None, None)
        nothing = nulls("badgeUuid badgeSeriesId badgeEndDate badgeLimitCount badgeAssocDataName relatedBadges")
        counted = number % 3 == 0
        found.append(
            nothing
            | {
                "badgeId": 60 + number,
                "badgeKey": f"badge_{60 + number}",
                "badgeName": name,
                "badgeCategoryId": dice.whole("category", 1, 6),
                "badgeDifficultyId": dice.whole("difficulty", 1, 4),
                "badgePoints": 2 ** dice.whole("points", 0, 3),
                "badgeTypeIds": [3, 4],
                "badgeStartDate": "2019-01-01T00:00:00.0",
                "userProfileId": account.options.profile_id,
                "fullName": account.options.full_name,
                "displayName": account.options.display_name,
                "badgeEarnedDate": f"{day}T{dice.whole('hour', 6, 21):02d}:14:05.0",
                "badgeEarnedNumber": 1 + dice.whole("times", 0, 3),
                "badgeIsViewed": True,
                "badgeProgressValue": 5.0 if counted else 0.0,
                "badgeTargetValue": 5.0 if counted else None,
                "badgeUnitId": 3 if counted else None,
                "badgeAssocTypeId": 1 if by_what[0] == "activityId" else 5,
                "badgeAssocType": by_what[0],
                "badgeAssocDataId": by_what[1],
                "earnedByMe": True,
                "badgePromotionCodeTypeList": [None],
                "createDate": f"{day}T06:14:05.500",
            }
        )
    return found


# By typeId: the sport of an activity, or how many days the steps were counted, and about what value.
_RECORDS: tuple[tuple[int, str | int, float, float], ...] = (
    (1, "running", 226.0, 262.0),
    (2, "running", 372.0, 440.0),
    (3, "running", 1240.0, 1420.0),
    (4, "running", 2600.0, 2980.0),
    (7, "running", 14_000.0, 24_000.0),
    (8, "cycling", 62_000.0, 131_000.0),
    (10, "cycling", 205.0, 255.0),
    (17, "lap_swimming", 1800.0, 3100.0),
    (12, 1, 21_000.0, 34_000.0),
    (13, 7, 88_000.0, 121_000.0),
    (15, 30, 9.0, 41.0),
    (16, 30, 0.0, 0.0),
)


def records(account: Account) -> list[Json]:
    """Steps belong to no activity: their activityId is 0, and only they have a prStartTimeLocal."""
    done = account.activities()
    found = []
    for type_id, where, low, high in _RECORDS:
        dice = Dice(account.options.seed, "record", type_id)
        value = round(dice.between("value", low, high), 3)
        fitting = [each for each in done if each.sport.key == where]
        record = {"id": 2_300_000_000 + type_id, "typeId": type_id, "status": "ACCEPTED", "value": value}
        record |= nulls("prTypeLabelKey poolLengthUnit")
        if isinstance(where, int):
            found.append(record | _on_days(account, account.today() - timedelta(days=where)))
        elif fitting:
            found.append(record | _in_activity(account, dice.pick("which", fitting)))
    return found


def _in_activity(account: Account, activity: Activity) -> Json:
    start = activity.start(account.zone)
    return nulls("prStartTimeLocal prStartTimeLocalFormatted") | {
        "activityId": activity.id,
        "activityName": activity.name or None,
        "activityType": activity.sport.key,
        "activityStartDateTimeInGMT": millis(start),
        "activityStartDateTimeLocal": local_millis(start, account.zone),
        "prStartTimeGmt": millis(start),
        "prStartTimeGmtFormatted": gmt(start),
    }


def _on_days(account: Account, day: date) -> Json:
    start = midnight(day, account.zone)
    nothing = nulls("activityName activityType activityStartDateTimeInGMT activityStartDateTimeLocal")
    return nothing | {
        "activityId": 0,
        "prStartTimeGmt": millis(start),
        "prStartTimeGmtFormatted": gmt(start),
        "prStartTimeLocal": local_millis(start, account.zone),
        "prStartTimeLocalFormatted": f"{day}T00:00:00.0",
    }
