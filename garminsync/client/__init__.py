"""Garmin Connect as the rest of garminsync sees it; the only package that imports garminconnect."""

from garminsync.client.errors import (
    ENDS_THE_RUN,
    Abandoned,
    BadAnswer,
    GarminError,
    NoSignInNow,
    NotFound,
    RateLimited,
    Refused,
    SignInNeeded,
    Unavailable,
)
from garminsync.client.fetching import GarminClient
from garminsync.client.signin import Profile, SignIn, fetch_profile
from garminsync.client.tokens import TokenStore, is_token

__all__ = [
    "ENDS_THE_RUN",
    "Abandoned",
    "BadAnswer",
    "GarminClient",
    "GarminError",
    "NoSignInNow",
    "NotFound",
    "Profile",
    "RateLimited",
    "Refused",
    "SignIn",
    "SignInNeeded",
    "TokenStore",
    "Unavailable",
    "fetch_profile",
    "is_token",
]
