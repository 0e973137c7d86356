"""What goes wrong on request: rules that match requests and say what happens to them."""

import time
from dataclasses import dataclass, field, fields
from threading import Lock
from typing import Any, Self

from .dice import Dice
from .matching import Match

INSTEAD = ("429", "status", "html", "error_document", "errors", "empty", "204", "null", "truncated", "body")
"""Kinds that answer something else; the request has no effect."""
WHOLE_WAY = ("drip", "cut", "lost")
"""Kinds that spoil the true answer on its way: what the request did is done."""
PASSING = ("latency", "change")
"""Kinds after which the request goes on, to the next rule or to its true answer."""
KINDS = (*INSTEAD, *WHOLE_WAY, *PASSING, "hang", "reset")


@dataclass
class Rule:
    match: str
    """Part of "METHOD /path?query", or a regular expression found in it."""
    kind: str
    times: int | None = None
    """How often it strikes; for ever if not said."""
    after: int = 0
    """Lets the first so many pass."""
    for_seconds: float | None = None
    """Strikes only so long, counted from its first strike."""
    faster_than: float | None = None
    """Strikes only what exceeds so many matching requests in a second."""
    rate: float = 1.0
    """Share of the matching requests it strikes; which ones depends on the seed."""
    status: int | None = None
    seconds: float | None = None
    """How long a hang (300), a drip (30) or a latency (1) takes."""
    retry_after: str | int | None = None
    """As sent; "date:20" becomes the HTTP date 20 seconds from now."""
    body: str | None = None
    encoding: str = "utf-8"
    """Of the body; "latin-1" makes a byte of each of its letters, whatever it is."""
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)
    """Of the kind "change": what happens to the account just before this request (see changes.py)."""
    matched: int = 0
    struck: int = 0
    first_strike: float | None = None

    def __post_init__(self) -> None:
        if self.kind.isdecimal() and self.kind not in KINDS:
            # "503" is short for a status.
            self.kind, self.status = "status", int(self.kind)
        if self.kind not in KINDS:
            raise ValueError(f"no such kind of fault: {self.kind} (known: {', '.join(KINDS)})")
        self._match = Match(self.match)
        self._recent: list[float] = []

    @classmethod
    def read(cls, sent: dict[str, Any]) -> Self:
        known = {each.name for each in fields(cls)} - {"matched", "struck", "first_strike"}
        if unknown := sent.keys() - known:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        return cls(**{"match": "", "kind": "status"} | sent | {"kind": str(sent.get("kind", "status"))})

    def strikes(self, line: str, seed: int) -> bool:
        if not self._match.fits(line):
            return False
        now = time.monotonic()
        self.matched += 1
        self._recent = [at for at in self._recent if now - at < 1] + [now]
        if self.faster_than is not None and len(self._recent) <= self.faster_than:
            return False
        if self.matched <= self.after or (self.times is not None and self.struck >= self.times):
            return False
        if self.for_seconds is not None and now - (self.first_strike or now) > self.for_seconds:
            return False
        if not Dice(seed, "fault", self.match, self.kind).chance(str(self.matched), self.rate):
            return False
        self.struck += 1
        self.first_strike = self.first_strike or now
        return True

    def counts(self) -> dict[str, Any]:
        return {"match": self.match, "kind": self.kind, "matched": self.matched, "struck": self.struck}


class Faults:
    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._lock = Lock()
        self.rules: list[Rule] = []

    def set(self, rules: list[dict[str, Any]]) -> None:
        read = [Rule.read(each) for each in rules]
        with self._lock:
            self.rules = read

    def meet(self, line: str) -> list[Rule]:
        """The rules that strike this request; only the last may be other than PASSING."""
        struck: list[Rule] = []
        with self._lock:
            for rule in self.rules:
                if rule.strikes(line, self._seed):
                    struck.append(rule)
                    if rule.kind not in PASSING:
                        break
        return struck
