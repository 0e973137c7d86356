"""Signing in to Garmin with e-mail, password and, if Garmin wants one, a code."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from garminconnect import (
    Garmin,
    GarminConnectAuthenticationError,
    GarminConnectConnectionError,
    GarminConnectTooManyRequestsError,
)

from garminsync.client.addresses import point_at
from garminsync.client.errors import BadAnswer, NotFound, RateLimited, Refused, SignInNeeded, Unavailable
from garminsync.client.fetching import GarminClient
from garminsync.client.tokens import is_token


@dataclass(frozen=True)
class Profile:
    """Whose account it is; `time_zone` is an IANA name, or "" when Garmin does not tell."""

    profile_id: int
    display_name: str
    full_name: str
    time_zone: str


class SignIn:
    """One sign-in by password. The password is sent once and kept nowhere."""

    def __init__(self, url: str = "") -> None:
        self._url = url

    def token(self, email: str, password: str, ask_code: Callable[[], str]) -> str:
        """A token for a TokenStore. Raises SignInNeeded, RateLimited or Unavailable with a sentence."""
        garmin = Garmin(email, password, return_on_mfa=True, retry_attempts=0)
        point_at(garmin.client, self._url)
        try:
            wanted, state = garmin.client.login(email, password, return_on_mfa=True)
            if wanted == "needs_mfa":
                garmin.client.resume_login(state, ask_code())
        except GarminConnectAuthenticationError as error:
            if "MFA" in str(error):
                raise SignInNeeded("Garmin did not accept the code; start again.") from None
            raise SignInNeeded("Garmin does not know this e-mail and password.") from None
        except GarminConnectTooManyRequestsError:
            raise RateLimited from None
        except GarminConnectConnectionError:
            raise Unavailable(
                "Garmin could not be reached, or blocked the sign-in; try again later or from another network."
            ) from None
        token = garmin.client.dumps()
        if not is_token(token):
            raise Unavailable("Garmin accepted the sign-in but gave no lasting token; try again later.")
        return token


def fetch_profile(client: GarminClient) -> Profile:
    """From userprofile-service/socialProfile, and the time zone from .../personal-information/{name}."""
    profile = _object(client.fetch("/userprofile-service/socialProfile"))
    try:
        profile_id, name = int(profile["profileId"]), str(profile["displayName"] or "")
    except (KeyError, TypeError, ValueError) as error:
        raise BadAnswer("Garmin's profile has no id; try again later") from error
    return Profile(profile_id, name, str(profile.get("fullName") or ""), _fetch_time_zone(client, name))


def _fetch_time_zone(client: GarminClient, name: str) -> str:
    """ "" when no endpoint tells it: the sync then goes by UTC."""
    for path in (
        f"/userprofile-service/userprofile/personal-information/{name}",
        "/userprofile-service/userprofile/settings",
    ):
        try:
            answer = _object(client.fetch(path))
        except (BadAnswer, NotFound, Refused, Unavailable):
            continue
        info = answer.get("userInfo")
        zone = (info.get("timeZone") if isinstance(info, dict) else None) or answer.get("timeZone")
        if isinstance(zone, str) and zone:
            return zone
    return ""


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise BadAnswer("Garmin answered with something that is no profile; try again later")
    return answer
