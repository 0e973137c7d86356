"""Refreshing the sign-in: rotated tokens are kept before they are used, and never by two at once."""

import json
from typing import Any, Protocol

from garminconnect import GarminConnectAuthenticationError
from garminconnect.client import Client

from garminsync.client.errors import GarminError, RateLimited, SignInNeeded, Unavailable
from garminsync.client.pace import Pace

REFUSED_FOR_GOOD = (400, 401, 403)


class TokenStore(Protocol):
    """Where the token rests. A token is the JSON text of garminconnect's `client.dumps()`."""

    def read(self) -> str: ...

    def replace(self, old: str, new: str) -> None:
        """Keeps `new`, durably, unless another process has put something else in the place of `old`."""

    def refuse(self) -> None:
        """Notes that Garmin no longer accepts the sign-in."""

    def postpone(self) -> None:
        """Notes that a refresh did not work just now."""

    def may_refresh(self) -> bool:
        """False shortly after a refresh that did not work."""


def is_token(text: str) -> bool:
    """Whether `text` is a token that can be refreshed, as garminconnect 0.3 writes it."""
    try:
        token = json.loads(text)
    except ValueError:
        return False
    return isinstance(token, dict) and all(
        isinstance(token.get(part), str) and token[part] for part in ("di_token", "di_refresh_token", "di_client_id")
    )


class KeepingClient(Client):
    """garminconnect's client, but it owns its refresh.

    The library refreshes inside any call, swallows errors and saves nowhere: a refresh token works once,
    so the next process would start with a dead one.
    """

    def __init__(self, store: TokenStore, pace: Pace) -> None:
        super().__init__()
        self._store, self._pace = store, pace
        self._read = store.read()
        self.loads(self._read)

    def _token_expires_soon(self) -> bool:
        # The library's quarter of an hour would turn a token host in trouble into a failed request,
        # although the token is still good. A 401 brings us to _refresh_session in time.
        return False

    def _refresh_session(self) -> None:
        """Called by the library after a 401. Raises SignInNeeded, RateLimited or Unavailable."""
        stored = self._store.read()
        if stored != self._read:  # another process has refreshed, or the owner has signed in anew
            self._read = stored
            self.loads(stored)
            return
        if not self._store.may_refresh():
            raise Unavailable("Garmin's sign-in did not work a moment ago")
        try:
            self._refresh_di_token()
        except SignInNeeded:
            self._store.refuse()
            raise
        except GarminError:
            self._store.postpone()
            raise
        except GarminConnectAuthenticationError as error:
            self._store.refuse()
            raise SignInNeeded from error
        except Exception as error:  # curl_cffi's errors have no common base with requests'
            self._store.postpone()
            raise Unavailable(f"Garmin's sign-in does not answer ({type(error).__name__})") from None
        self._store.replace(self._read, self.dumps())
        self._read = self.dumps()

    def _di_token_post(self, client_id: str, accept: str, data: dict[str, str]) -> Any:
        """The library's request to the token host, counted, and its status told apart."""
        self._pace.take_turn()
        try:
            response = super()._di_token_post(client_id, accept, data)
        finally:
            self._pace.answered()
        if response.status_code in REFUSED_FOR_GOOD:
            raise SignInNeeded
        if response.status_code == 429:
            raise RateLimited
        if response.status_code >= 500:
            raise Unavailable(f"Garmin's sign-in is in trouble ({response.status_code})")
        return response
