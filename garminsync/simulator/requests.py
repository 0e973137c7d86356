"""What came over the wire."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

from .account import Account
from .answers import Answer, refusal
from .times import days_of

STATS_SPAN = 28
"""Days that Garmin gives of daily statistics at most."""


class Refused(Exception):
    """The request cannot be answered as asked; carries the answer it gets."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    """Path and query as sent."""
    headers: dict[str, str] = field(default_factory=dict)
    """Names in small letters."""
    body: bytes = b""

    @property
    def line(self) -> str:
        """What rules and patches match."""
        return f"{self.method} {self.target}"

    @cached_property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @cached_property
    def query(self) -> dict[str, str]:
        """The last value of each parameter."""
        pairs = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[-1] for name, values in pairs.items()}


@dataclass(frozen=True)
class Call:
    """A request on a known route, with the account it is about."""

    account: Account
    request: Request
    parts: dict[str, str]
    """The values of the {placeholders} in the path."""

    @property
    def query(self) -> dict[str, str]:
        return self.request.query

    def calendar(self, text: str | None) -> date:
        try:
            return date.fromisoformat(text or "")
        except ValueError as error:
            raise Refused(refusal(400, "Invalid date")) from error

    def day(self, text: str | None) -> date:
        """One day asked for alone."""
        return self._whole([self.calendar(text)])[0]

    def span(self, first: str | None, last: str | None, widest: int = STATS_SPAN) -> list[date]:
        """The days asked for, at most `widest`; what a wider span gets, the options say. `max_span` is the limit
        of the daily statistics; a smaller one than Garmin's limits the other ranges as well."""
        start, end = self.calendar(first), self.calendar(last)
        if end < start:
            raise Refused(refusal(400, "Start date cannot be after end date"))
        options = self.account.options
        if widest == STATS_SPAN or options.max_span < STATS_SPAN:
            widest = min(widest, options.max_span) if options.max_span < STATS_SPAN else options.max_span
        if (end - start).days + 1 > widest:
            if options.too_wide == "reset":
                raise Refused(Answer(0, delivery="reset"))
            if options.too_wide == "refuse":
                words = "The difference between start date and end date cannot be more than"
                raise Refused(refusal(400, f"{words} {widest} days"))
            start = end - timedelta(days=widest - 1)
        return self._whole(days_of(start, end))

    def _whole(self, days: list[date]) -> list[date]:
        """A day on which Garmin itself fails spoils every answer it is part of."""
        if self.account.broken.intersection(days):
            raise Refused(refusal(500))
        return days

    def number(self, name: str, otherwise: int) -> int:
        text = self.query.get(name, "")
        if not text:
            return otherwise
        if not text.isdecimal():
            raise Refused(refusal(400, f"{name} is not a number"))
        return int(text)

    def own(self, name: str) -> None:
        """Nobody sees another person's values."""
        if name not in ("", self.account.options.display_name):
            raise Refused(refusal(403))
