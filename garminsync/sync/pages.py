"""Answers that come in pages: asked on for as long as the pages are full, and kept as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from garminsync.datasets import items_of
from garminsync.schemas.answers import NotUnderstood
from garminsync.sync.asks import Ask


@dataclass(kw_only=True)
class PagedAsk(Ask):
    """One page, where the parameters have a `limit`. Pages say nothing of their number: a full one may not be the
    last. Nothing is kept before all are here."""

    # What the list may stand under.
    list_name: str = ""
    # As many as there are said to be.
    expected: int = 0
    before: Sequence[Any] = ()

    def next_page(self, answer: Any) -> Self | None:
        """The one to ask for where this one is full or too little. Raises NotUnderstood for a page that comes again."""
        if "limit" not in self.params:
            return None
        page = items_of(answer, self.list_name)
        is_full = len(page) >= int(str(self.params["limit"]))
        if not page or (not is_full and len(self.before) + len(page) >= self.expected):
            return None
        if page == self.before[-len(page) :]:
            raise NotUnderstood("Garmin gives the same page again, so there may be more than it tells")
        start = int(str(self.params.get("start", "0"))) + len(page)
        return replace(self, params={**self.params, "start": str(start)}, before=[*self.before, *page])

    def whole(self, answer: Any) -> Any:
        """With the pages before it."""
        return [*self.before, *items_of(answer, self.list_name)] if self.before else answer
