"""Access and refresh tokens as Garmin's DI host gives them.

They carry their own proof, so that a simulator started again still knows those it gave before
(a demo keeps its sign-in); which refresh tokens are used up it knows only while it runs.
"""

import base64
import hmac
import json
import secrets
import time
from threading import Lock
from typing import Any

CLIENT_IDS = (
    "GARMIN_CONNECT_MOBILE_ANDROID_DI_2025Q2",
    "GARMIN_CONNECT_MOBILE_ANDROID_DI_2024Q4",
    "GARMIN_CONNECT_MOBILE_ANDROID_DI",
    "GARMIN_CONNECT_MOBILE_IOS_DI",
)
REFRESH_SECONDS = 2_592_000


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _decoded(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


class Tokens:
    """Times are those of the real clock: garminconnect compares `exp` with it."""

    def __init__(self, secret: str, user: str, seconds: int) -> None:
        self._secret = secret.encode()
        self._user = user
        self._seconds = seconds
        self._lock = Lock()
        self._used: set[str] = set()
        self._access_age = 0
        self._refresh_age = 0

    def issue(self, client_id: str) -> dict[str, Any]:
        """A new pair, in the words of the token endpoint."""
        now = int(time.time())
        header = {"alg": "RS256", "typ": "JWT", "kid": "simulated"}
        claims = {
            "iss": "https://diauth.garmin.com",
            "client_id": client_id,
            "garmin_guid": self._user,
            "scope": ["CONNECT_READ", "CONNECT_WRITE"],
            "iat": now,
            "exp": now + self._seconds,
            "jti": secrets.token_hex(8),
            "age": self._access_age,
        }
        signed = f"{_encoded(header)}.{_encoded(claims)}"
        renewal = {
            "refreshTokenValue": secrets.token_hex(16),
            "garminGuid": self._user,
            "client_id": client_id,
            "age": self._refresh_age,
        }
        sealed = _encoded(renewal)
        return {
            "access_token": f"{signed}.{self._seal(signed)}",
            "token_type": "bearer",
            "refresh_token": f"{sealed}.{self._seal(sealed)}",
            "expires_in": self._seconds,
            "scope": "CONNECT_READ CONNECT_WRITE",
            "jti": claims["jti"],
            "refresh_token_expires_in": REFRESH_SECONDS,
        }

    def stored(self) -> str:
        """A fresh pair in the form of garminconnect's client.dumps()."""
        pair = self.issue(CLIENT_IDS[0])
        names = {"di_token": "access_token", "di_refresh_token": "refresh_token"}
        kept = {name: pair[source] for name, source in names.items()}
        return json.dumps(kept | {"di_client_id": CLIENT_IDS[0]})

    def accepts(self, access_token: str) -> bool:
        claims = self._opened(access_token)
        return claims is not None and claims["exp"] > time.time() and claims["age"] >= self._access_age

    def refresh(self, refresh_token: str, client_id: str) -> dict[str, Any] | None:
        """A new pair for a refresh token never used before; None for any other."""
        claims = self._opened(refresh_token)
        if claims is None or "refreshTokenValue" not in claims or claims["client_id"] != client_id:
            return None
        # One of two clients that send the same token at the same moment must lose.
        with self._lock:
            if claims["age"] < self._refresh_age or claims["refreshTokenValue"] in self._used:
                return None
            self._used.add(claims["refreshTokenValue"])
        return self.issue(client_id)

    def expire_all(self) -> None:
        """Access tokens given so far answer 401, whatever their `exp` says."""
        self._access_age += 1

    def revoke_all(self) -> None:
        """Refresh tokens given so far are invalid_grant."""
        self._refresh_age += 1

    def _seal(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), "sha256").hexdigest()

    def _opened(self, token: str) -> dict[str, Any] | None:
        signed, _, seal = token.rpartition(".")
        if not hmac.compare_digest(self._seal(signed).encode(), seal.encode()):
            return None
        claims: dict[str, Any] = _decoded(signed.rpartition(".")[2])
        return claims
