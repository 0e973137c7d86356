"""Signing in to Garmin with e-mail, password and, if Garmin wants one, a code."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from garminconnect import (
    GarminConnectAuthenticationError,
    GarminConnectConnectionError,
    GarminConnectTooManyRequestsError,
)
from garminconnect.client import Client, _MFARequired

from garminsync.client.addresses import point_at
from garminsync.client.errors import BadAnswer, GarminError, NotFound, RateLimited, Refused, SignInNeeded, Unavailable
from garminsync.client.fetching import GarminClient
from garminsync.client.tokens import is_token
from garminsync.schemas.answers import alone


@dataclass(frozen=True)
class Profile:
    """Whose account it is; `time_zone` is an IANA name, or "" when Garmin does not tell."""

    profile_id: int
    display_name: str
    full_name: str
    time_zone: str


class _Stopped(GarminConnectAuthenticationError):
    """The only kind of error after which the library tries no other way."""


class _OnceClient(Client):
    """garminconnect's client, but a password that was sent once is not sent again another way.

    Ways that are blocked before the password leaves are still tried one after the other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.verify_login = False  # a token that Garmin does not take would send the password again

    def _post_credentials(self, *args: Any, **kwargs: Any) -> None:
        try:
            super()._post_credentials(*args, **kwargs)
        except (GarminConnectAuthenticationError, _MFARequired):
            raise
        except Exception as error:
            raise _Stopped from error


class SignIn:
    """One sign-in by password. The password is sent once and kept nowhere."""

    def __init__(self, url: str = "") -> None:
        self._url = url

    def token(self, email: str, password: str, ask_code: Callable[[], str]) -> str:
        """A token for a TokenStore. Raises SignInNeeded, RateLimited or Unavailable with a sentence."""
        client = _OnceClient()
        point_at(client, self._url)
        try:
            wanted, state = client.login(email, password, return_on_mfa=True)
            if wanted == "needs_mfa":
                client.resume_login(state, ask_code())
        except GarminConnectAuthenticationError as error:
            raise _kind_of(error) from None
        except GarminConnectTooManyRequestsError:
            raise RateLimited from None
        except GarminConnectConnectionError:
            raise Unavailable(BLOCKED) from None
        token = client.dumps()
        if not is_token(token):
            raise Unavailable(NO_TOKEN)
        return token


BLOCKED = "Garmin could not be reached, or blocked the sign-in; try again later or from another network."
NO_TOKEN = "Garmin accepted the sign-in but gave no lasting token; start again later."  # noqa: S105


def _kind_of(error: GarminConnectAuthenticationError) -> GarminError:
    said = str(error)
    if isinstance(error.__cause__, GarminConnectTooManyRequestsError):
        return RateLimited()
    if isinstance(error, _Stopped):
        return Unavailable(BLOCKED)
    if "JWT_WEB" in said:  # the way it tries last when the token host gives nothing
        return Unavailable(NO_TOKEN)
    if "MFA" in said:
        unread = ("connection error" in said or "non-JSON" in said) and "INVALID" not in said
        return Unavailable(BLOCKED) if unread else SignInNeeded("Garmin did not accept the code; start again.")
    return SignInNeeded("Garmin does not know this e-mail and password.")


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
        f"/userprofile-service/userprofile/personal-information/{quote(name, safe='')}",
        "/userprofile-service/userprofile/settings",
    ):
        try:
            answer = _object(client.fetch(path))
        except (BadAnswer, NotFound, Refused, Unavailable):
            continue
        info = alone(answer.get("userInfo"))
        zone = (info.get("timeZone") if isinstance(info, dict) else None) or answer.get("timeZone")
        if isinstance(zone, str) and zone:
            return zone
    return ""


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = alone(json.loads(body))
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise BadAnswer("Garmin answered with something that is no profile; try again later")
    return answer
