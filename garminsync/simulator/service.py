"""Garmin Connect without the sockets: a request in, an answer out."""

import json
from threading import Event
from time import monotonic
from typing import Any

from . import routes, signin
from .account import Account
from .answers import Answer, refusal
from .changes import change
from .counts import Counts
from .faults import INSTEAD, WHOLE_WAY, Faults, Rule
from .faulty_answers import answer_instead, spoilt
from .options import Options
from .patches import Patch
from .requests import Call, Refused, Request
from .signin import SignIn
from .tokens import Tokens

HANG_SECONDS = 300.0


class Service:
    def __init__(self, options: Options) -> None:
        self.stopping = Event()
        self.initial = options
        self.reset(options)

    def reset(self, options: Options) -> None:
        """A new account; all counts, faults and changes are forgotten."""
        self.options = options
        self.account = Account(options)
        self.tokens = Tokens(f"{options.seed} {options.profile_id}", options.display_name, options.token_seconds)
        self.signin = SignIn(options, self.tokens)
        self.faults = Faults(options.seed)
        self.counts = Counts()
        self.patches: list[Patch] = []

    def configure(self, **values: Any) -> None:
        """Changes an option of the account as it is; edits and counts stay."""
        self.options = self.options.changed(**values)
        self.account.options = self.options

    def is_data(self, request: Request) -> bool:
        """For the API itself, not for the pages and tokens of the sign-in."""
        first = request.path.lstrip("/").split("/")[0]
        return first.endswith(("-service", "-gateway")) and request.path != signin.TOKEN_PATH

    def answer(self, request: Request) -> Answer:
        """Comes after the latency: that is the time until the answer, what it takes to make it included."""
        due = monotonic() + self.options.latency
        template, parts = routes.find(request.path) or ("unknown", {})
        if self.is_data(request):
            self.counts.data(template, request.method not in ("GET", "HEAD", "OPTIONS"))
        else:
            self.signin.count(request)
        struck = self.faults.meet(request.line)
        for passing in struck:
            if passing.kind == "latency":
                due += 1.0 if passing.seconds is None else passing.seconds
            elif passing.kind == "change":
                change(self, passing.change)
        answer = self._answer(request, template, parts, struck[-1] if struck else None)
        if (left := due - monotonic()) > 0:
            self.stopping.wait(left)
        return answer

    def _answer(self, request: Request, template: str, parts: dict[str, str], rule: Rule | None) -> Answer:
        if rule and rule.kind in INSTEAD:
            return answer_instead(rule)
        if rule and rule.kind in ("hang", "reset"):
            seconds = HANG_SECONDS if rule.seconds is None else rule.seconds
            return Answer(0, delivery="hang" if rule.kind == "hang" else "reset", seconds=seconds)
        answer = self._true_answer(request, template, parts)
        for patch in self.patches:
            is_json = answer.status == 200 and answer.content_type.startswith("application/json")
            if is_json and patch.fits(request.line):
                changed = json.dumps(patch.apply(json.loads(answer.body)), ensure_ascii=False)
                answer = Answer(200, changed.encode(), answer.content_type, answer.headers)
        return spoilt(answer, rule) if rule and rule.kind in WHOLE_WAY else answer

    def _true_answer(self, request: Request, template: str, parts: dict[str, str]) -> Answer:
        if not self.is_data(request):
            return self.signin.answer(request)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self.tokens.accepts(token):
            return refusal(401)
        if template == "unknown" or (self.options.basic and template in routes.NEWER):
            return refusal(404)
        if request.method != "GET":
            return refusal(405)
        try:
            return routes.ROUTES[template](Call(self.account, request, parts))
        except Refused as refused:
            return refused.answer

    def report(self) -> dict[str, Any]:
        struck = [rule.counts() for rule in self.faults.rules]
        return self.counts.report() | dict(self.signin.counts) | {"faults": struck}
