"""Who the account is, which watch it has, in which zone it lives."""

from datetime import date
from typing import Any

from .activity_answers import device_id
from .answers import Answer, json_answer
from .dice import Dice
from .keys import nulls, words
from .requests import Call
from .times import millis

Json = dict[str, Any]
_BORN = date(1988, 5, 4)
_ROLES = ["SCOPE_CONNECT_READ", "SCOPE_CONNECT_WRITE", "ROLE_CONNECTUSER", "ROLE_WELLNESS_USER"]
_NOTHING_SAID = words(
    "facebookUrl twitterUrl personalWebsite motivation bio primaryActivity cyclingClassification"
    " otherActivity otherPrimaryActivity otherMotivation profileImageUrlLarge profileImageUrlMedium"
    " profileImageUrlSmall"
)
_NOT_SHOWN = words(
    "showAge showWeight showHeight showWeightClass showAgeRange showGender showActivityClass showVO2Max"
    " showPersonalRecords showLast12Months showLifetimeTotals showUpcomingEvents showRecentFavorites"
    " showRecentDevice showRecentGear levelIsViewed userPro allowGolfLiveScoring"
)
_VISIBILITY = words(
    "profileVisibility activityStartVisibility activityMapVisibility courseVisibility"
    " activityHeartRateVisibility activityPowerVisibility badgeVisibility"
)


def social_profile(call: Call) -> Answer:
    """Recorded. Garmin shows the account's own profile to its owner only."""
    call.own(call.parts.get("name", ""))
    options = call.account.options
    profile: Json = dict.fromkeys(_NOTHING_SAID) | dict.fromkeys(_NOT_SHOWN, False)
    profile |= dict.fromkeys(_VISIBILITY, "private")
    return json_answer(
        profile
        | {
            "id": options.profile_id + 563_043,
            "profileId": options.profile_id,
            "garminGUID": Dice("guid", options.display_name).hexadecimal("guid"),
            "displayName": options.display_name,
            "fullName": options.full_name,
            "userName": options.email,
            "profileImageType": "UPLOADED_PHOTO",
            "location": "Berlin",
            "favoriteActivityTypes": ["running"],
            "favoriteCyclingActivityTypes": [],
            "runningTrainingSpeed": 0.0,
            "cyclingTrainingSpeed": 0.0,
            "cyclingMaxAvgPower": 0.0,
            "swimmingTrainingSpeed": 0.0,
            "showBadges": True,
            "userRoles": _ROLES,
            "nameApproved": True,
            "userProfileFullName": options.full_name,
            "makeGolfScorecardsPrivate": True,
            "allowGolfScoringByConnections": True,
            "userLevel": 3,
            "userPoint": 142,
            "levelUpdateDate": "2024-02-11T09:12:44.0",
            "levelPointThreshold": 300,
            "userPointOffset": 0,
        }
    )


def user_settings(call: Call) -> Answer:
    """Recorded. Weight in grams, height in centimetres, times of sleep in seconds from midnight."""
    number = {"minFraction": 0, "maxFraction": 0, "displayFormat": None}
    nothing = nulls(
        "activityLevel diveNumber firstbeatMaxStressScore firstbeatCyclingLtTimestamp"
        " trainingStatusPausedDate weatherLocation"
        " golfElevationUnit golfSpeedUnit externalBottomTime firstbeatRunningLtTimestamp"
    )
    person = nothing | {
        "gender": "FEMALE",
        "weight": 64_200.0,
        "height": 171.0,
        "timeFormat": "time_twenty_four_hr",
        "birthDate": _BORN.isoformat(),
        "measurementSystem": "metric",
        "handedness": "RIGHT",
        "powerFormat": number | {"formatId": 30, "formatKey": "watt", "groupingUsed": True},
        "heartRateFormat": number | {"formatId": 21, "formatKey": "bpm", "groupingUsed": False},
        "firstDayOfWeek": {"dayId": 3, "dayName": "monday", "sortOrder": 3, "isPossibleFirstDay": True},
        "vo2MaxRunning": 48.0,
        "vo2MaxCycling": 44.0,
        "lactateThresholdHeartRate": 171,
        "ftpAutoDetected": True,
        "lactateThresholdSpeed": 0.33611,
        "intensityMinutesCalcMethod": "AUTO",
        "moderateIntensityMinutesHrZone": 3,
        "vigorousIntensityMinutesHrZone": 4,
        "hydrationMeasurementUnit": "milliliter",
        "hydrationContainers": [],
        "hydrationAutoGoalEnabled": True,
        "thresholdHeartRateAutoDetected": True,
        "golfDistanceUnit": "metric",
    }
    times = {"sleepTime": 82_800, "defaultSleepTime": False, "wakeTime": 25_200, "defaultWakeTime": False}
    settings = {"id": call.account.options.profile_id, "userData": person, "userSleep": times}
    return json_answer(settings | {"connectDate": None, "sourceType": None})


def personal_information(call: Call) -> Answer:
    """Public knowledge: two Go clients; garminconnect reads userInfo.timeZone."""
    call.own(call.parts["name"])
    options = call.account.options
    person = {"birthDate": _BORN.isoformat(), "locale": "de_DE", "timeZone": call.account.profile_zone()}
    body = nulls("vo2MaxCycling lactateThresholdHeartRate activityClass functionalThresholdPower criticalSwimSpeed")
    age = (call.account.today() - _BORN).days // 365
    info = person | {"genderType": "FEMALE", "email": options.email, "age": age, "countryCode": "DE"}
    body |= {"userId": options.profile_id, "height": 171.0, "weight": 64_200.0, "vo2Max": 48.0}
    return json_answer({"userInfo": info, "biometricProfile": body, "gender": "FEMALE"} | person)


def profile_settings(call: Call) -> Answer:
    """Public knowledge: displayName and measurementSystem (two clients), timeZone."""
    options = call.account.options
    return json_answer(
        {
            "displayName": options.display_name,
            "preferredLocale": "de",
            "measurementSystem": "metric",
            "firstDayOfWeek": {"dayId": 3, "dayName": "monday", "sortOrder": 3, "isPossibleFirstDay": True},
            "numberFormat": "decimal_comma",
            "timeFormat": {"formatId": 33, "formatKey": "time_twenty_four_hr", "displayFormat": "%H:%M"},
            "dateFormat": {"formatId": 24, "formatKey": "dd_MM_yyyy", "displayFormat": "%d.%m.%Y"},
            "timeZone": call.account.profile_zone(),
            "hydrationMeasurementUnit": "milliliter",
            "golfDistanceUnit": "metric",
        }
    )


def last_used_device(call: Call) -> Answer:
    """Public knowledge: a Go client's struct, two sets of Python models, garmin-grafana's use."""
    options = call.account.options
    return json_answer(
        {
            "userDeviceId": device_id(options),
            "userProfileNumber": options.profile_id,
            "applicationNumber": 4260,
            "lastUsedDeviceApplicationKey": "venu3",
            "lastUsedDeviceName": "Venu 3",
            "lastUsedDeviceUploadTime": millis(call.account.synced()),
            "imageUrl": None,
            "released": True,
        }
    )
