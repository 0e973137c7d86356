"""Answers that come in pages: asked on for as long as there may be more, and kept as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from garminsync.client import GarminError, NotFound, Refused
from garminsync.datasets import items_of
from garminsync.schemas.answers import NotUnderstood
from garminsync.sync.asks import Ask

# A server that never gives as many as it was asked for ends its pages at one of these, or a multiple of it.
ROUND_NUMBERS = (10, 25, 99)


@dataclass(kw_only=True)
class PagedAsk(Ask):
    """One page, where the parameters have a `limit`. Pages say nothing of their number: one that is full, or may
    have been cut short, may not be the last. Nothing is kept before all are here."""

    # What the list may stand under.
    list_name: str = ""
    # As many as there are said to be, where anything says it.
    expected: int | None = None
    # As many as an earlier answer had.
    here: int = 0
    before: Sequence[Any] = ()
    # Whether nothing but the length of the page before makes it likely.
    is_a_guess: bool = False

    def next_page(self, answer: Any) -> Self | None:
        """The one to ask for where there may be more. Raises NotUnderstood for a full page that comes again."""
        if "limit" not in self.params:
            return None
        page = items_of(answer, self.list_name)
        is_full = len(page) >= int(str(self.params["limit"]))
        if not page or not (is_full or self._may_be_cut_short(page)):
            return None
        if self._comes_again(page):
            if is_full:
                raise NotUnderstood("Garmin gives the same page again, so there may be more than it tells")
            return None
        start = int(str(self.params.get("start", "0"))) + len(page)
        params, before = {**self.params, "start": str(start)}, [*self.before, *page]
        return replace(self, params=params, before=before, is_a_guess=not is_full and self.expected is None)

    def is_behind_the_last(self, error: GarminError) -> bool:
        """So ends a list, too."""
        return bool(self.before) and isinstance(error, NotFound | Refused if self.is_a_guess else NotFound)

    def whole(self, answer: Any) -> Any:
        """With the pages before it."""
        if not self.before:
            return answer
        page = items_of(answer, self.list_name)
        return [*self.before, *([] if self._comes_again(page) else page)]

    def _may_be_cut_short(self, page: Sequence[Any]) -> bool:
        if self.expected is not None:
            return len(self.before) + len(page) < self.expected
        return len(self.before) + len(page) < self.here or any(len(page) % number == 0 for number in ROUND_NUMBERS)

    def _comes_again(self, page: Sequence[Any]) -> bool:
        """Where Garmin knows no `start`, all there is comes every time."""
        return page == self.before[-len(page) :]
