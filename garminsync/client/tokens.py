"""Refreshing the sign-in: rotated tokens are kept before they are used, and never by two at once."""

import json
import re
import time
from typing import Any, Protocol

from garminconnect import GarminConnectAuthenticationError
from garminconnect.client import Client

from garminsync.client.errors import NoSignInNow, SignInNeeded
from garminsync.client.pace import Pace

REFUSED_FOR_GOOD = (400, 401, 403)
TOO_SOON_S = 10.0


class TokenStore(Protocol):
    """Where the token rests. A token is the JSON text of garminconnect's `client.dumps()`."""

    def read(self) -> str: ...

    def replace(self, old: str, new: str) -> None:
        """Keeps `new`, durably, unless another process has put something else in the place of `old`."""

    def refuse(self, token: str) -> None:
        """Notes that Garmin no longer accepts `token`, unless another has taken its place."""

    def postpone(self) -> None:
        """Notes that a refresh did not work just now."""

    def may_refresh(self) -> bool:
        """False shortly after a refresh that did not work."""


def is_token(text: str) -> bool:
    """Whether `text` is a token that can be refreshed, as garminconnect 0.3 writes it."""
    try:
        token = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(token, dict) and all(
        # A part travels in a header: ASCII that can be printed, without blanks.
        isinstance(part := token.get(name), str) and re.fullmatch(r"[!-~]+", part)
        for name in ("di_token", "di_refresh_token", "di_client_id")
    )


class KeepingClient(Client):
    """garminconnect's client, but it owns its refresh.

    The library refreshes inside any call, swallows errors and saves nowhere: a refresh token works once,
    so the next process would start with a dead one.
    """

    def __init__(self, store: TokenStore, pace: Pace) -> None:
        super().__init__()
        self._store, self._pace = store, pace
        self._read = ""
        self._refreshed = -TOO_SOON_S
        self._take_over(store.read())

    def _take_over(self, token: str) -> None:
        if not is_token(token):
            raise SignInNeeded
        self._read = token
        self.loads(token)

    def _token_expires_soon(self) -> bool:
        # The library's quarter of an hour would turn a token host in trouble into a failed request,
        # although the token is still good. A 401 brings us to _refresh_session in time.
        return False

    def _refresh_session(self) -> None:
        """Called by the library after a 401. Raises SignInNeeded or NoSignInNow."""
        stored = self._store.read()
        if stored != self._read:  # another process has refreshed, or the owner has signed in anew
            self._take_over(stored)
            return
        if time.monotonic() - self._refreshed < TOO_SOON_S:
            return  # it is not the sign-in that is refused: the library asks once more and gives up
        if not self._store.may_refresh():
            raise NoSignInNow("Garmin's sign-in did not work a moment ago; try again in a minute")
        try:
            self._refresh_di_token()
            if not is_token(self.dumps()):
                raise ValueError
        except (SignInNeeded, GarminConnectAuthenticationError):
            self._give_way_or_refuse()
        except NoSignInNow:
            self._store.postpone()
            raise
        except (ValueError, KeyError, TypeError) as error:  # a web page, or JSON that is no token
            self.loads(self._read)
            self._store.postpone()
            raise NoSignInNow("Garmin's sign-in answered with something that is no token") from error
        else:
            self._store.replace(self._read, self.dumps())
            self._read = self.dumps()
            self._refreshed = time.monotonic()

    def refuse(self) -> None:
        """Notes that this sign-in is worth nothing, however often it is renewed."""
        self._store.refuse(self._read)

    def _give_way_or_refuse(self) -> None:
        """Refused for good, unless another process has used up the refresh token and kept what it got."""
        stored = self._store.read()
        if stored != self._read:
            self._take_over(stored)
            return
        self._store.refuse(self._read)
        raise SignInNeeded

    def _di_token_post(self, client_id: str, accept: str, data: dict[str, str]) -> Any:
        """The library's request to the token host, counted, and its status told apart."""
        self._pace.take_turn()
        try:
            response = super()._di_token_post(client_id, accept, data)
        except OSError as error:  # the errors of curl_cffi and of requests are OSErrors
            raise NoSignInNow(f"Garmin's sign-in does not answer ({type(error).__name__})") from error
        finally:
            self._pace.answered()
        if response.status_code in REFUSED_FOR_GOOD:
            raise SignInNeeded
        if response.status_code == 429 or response.status_code >= 500:
            raise NoSignInNow(f"Garmin's sign-in is in trouble ({response.status_code})")
        return response
