"""The sign-in pages as garminconnect's mobile and portal flows drive them, and the token endpoint.

Public knowledge: garminconnect 0.3.20, client/sso.py and client/session.py. The status codes of a
refused password and of a wrong code are invented; the library reads only responseStatus.type.
"""

import json
import secrets
from collections import Counter
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from .answers import Answer, html_answer, json_answer, refusal
from .options import Options
from .requests import Request
from .tokens import CLIENT_IDS, Tokens

TOKEN_PATH = "/di-oauth2-service/oauth/token"  # noqa: S105 (a path)
TICKET_GRANT = "/di-oauth2-service/oauth/grant/service_ticket"
_PAGES = ("/mobile/sso/en_US/sign-in", "/portal/sso/en-US/sign-in")
_LOGINS = ("/mobile/api/login", "/portal/api/login")
_CODES = ("/mobile/api/mfa/verifyCode", "/portal/api/mfa/verifyCode")
PATHS = frozenset((TOKEN_PATH, *_PAGES, *_LOGINS, *_CODES))


class SignIn:
    def __init__(self, options: Options, tokens: Tokens) -> None:
        self._options = options
        self._tokens = tokens
        self._sessions: dict[str, str] = {}
        """Cookie to the service whose ticket waits for the code; '' when none waits."""
        self._tickets: dict[str, str] = {}
        """Service ticket to the service it is good for, once."""
        self.counts = Counter(logins=0, codes=0, exchanges=0, refreshes=0)

    def count(self, request: Request) -> None:
        """What was tried, whatever came of it."""
        if request.method != "POST":
            return
        if request.path in _LOGINS:
            self.counts["logins"] += 1
        elif request.path in _CODES:
            self.counts["codes"] += 1
        elif request.path == TOKEN_PATH:
            renews = b"grant_type=refresh_token" in request.body
            self.counts["refreshes" if renews else "exchanges"] += 1

    def answer(self, request: Request) -> Answer:
        if request.path not in PATHS:
            return html_answer("Not Found", 404)
        wanted = "GET" if request.path in _PAGES else "POST"
        if request.method != wanted:
            return refusal(405)
        if request.path in _PAGES:
            return self._page()
        if request.path == TOKEN_PATH:
            return self._token(request)
        return self._login(request) if request.path in _LOGINS else self._code(request)

    def _page(self) -> Answer:
        session = secrets.token_hex(16)
        self._sessions[session] = ""
        cookie = {"Set-Cookie": f"SESSION={session}; Path=/; HttpOnly"}
        return html_answer("GARMIN Authentication Application", headers=cookie)

    def _session(self, request: Request) -> str | None:
        cookies = SimpleCookie(request.headers.get("cookie", ""))
        session = cookies["SESSION"].value if "SESSION" in cookies else ""
        return session if session in self._sessions else None

    def _login(self, request: Request) -> Answer:
        session = self._session(request)
        if session is None or "referer" not in request.headers:
            # A password that comes without the page's cookie and Referer is answered like a robot.
            return html_answer("Too Many Requests", 429)
        sent = _body(request)
        options = self._options
        if (sent.get("username"), sent.get("password")) != (options.email, options.password):
            return json_answer(_status("INVALID_USERNAME_PASSWORD"), 401)
        service = request.query.get("service", "")
        if options.mfa_code is not None:
            self._sessions[session] = service
            method = {"mfaLastMethodUsed": "email", "email": "r*****@example.test"}
            return json_answer(_status("MFA_REQUIRED") | {"customerMfaInfo": method})
        return self._ticket(service)

    def _code(self, request: Request) -> Answer:
        session = self._session(request)
        service = self._sessions.get(session or "")
        if session is None or not service:
            return json_answer(_status("SESSION_EXPIRED"), 401)
        if _body(request).get("mfaVerificationCode") != self._options.mfa_code:
            return json_answer(_status("MFA_CODE_INVALID"), 401)
        # A code is good once.
        self._sessions[session] = ""
        return self._ticket(service)

    def _ticket(self, service: str) -> Answer:
        ticket = f"ST-{secrets.token_hex(12)}-sso"
        self._tickets[ticket] = service
        granted = {"serviceURL": service, "serviceTicketId": ticket}
        return json_answer(_status("SUCCESSFUL") | granted)

    def _token(self, request: Request) -> Answer:
        form = {name: values[-1] for name, values in parse_qs(request.body.decode("latin-1")).items()}
        client_id = form.get("client_id", "")
        if client_id not in CLIENT_IDS:
            return json_answer({"error": "invalid_client"}, 401)
        if form.get("grant_type") == "refresh_token":
            pair = self._tokens.refresh(form.get("refresh_token", ""), client_id)
            if pair is None:
                return _invalid_grant("Invalid refresh token")
            return json_answer(pair)
        if not form.get("grant_type", "").endswith(TICKET_GRANT):
            return json_answer({"error": "unsupported_grant_type"}, 400)
        if self._tickets.pop(form.get("service_ticket", ""), None) != form.get("service_url"):
            return _invalid_grant("Invalid service ticket")
        return json_answer(self._tokens.issue(client_id))


def _body(request: Request) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _status(kind: str) -> dict[str, Any]:
    return {"responseStatus": {"type": kind, "message": "", "httpStatus": "OK"}}


def _invalid_grant(words: str) -> Answer:
    return json_answer({"error": "invalid_grant", "error_description": words}, 400)
