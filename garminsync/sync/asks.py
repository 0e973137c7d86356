"""What the engine is made of: a request to Garmin, and what its answer comes to."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from garminsync.client import GarminClient, GarminError, NotFound, Refused
from garminsync.sync.ledger import Tally

# The order in which asks are made: lists first, because the rest is planned from them; last what may have had but a bad
# moment.
LISTS, DAYS, FILES, LAST = range(4)


@dataclass(frozen=True)
class Step:
    """What an answer comes to: `save` writes it (inside a short transaction), `more` is asked next."""

    save: Callable[[Tally], object] = lambda tally: None
    more: Sequence["Ask"] = ()

    def and_also(self, other: "Step") -> "Step":
        """What the answer says beyond that, saved after it."""

        def save(tally: Tally) -> None:
            self.save(tally)
            other.save(tally)

        return Step(save, [*self.more, *other.more])


type Found = Callable[[Sequence[dict[str, Any]]], Sequence["Ask"]]
"""Told the rows of an answer, answers what is to be asked for each."""


@dataclass
class Ask(ABC):
    """One request to Garmin, and what becomes of its answer."""

    path: str
    label: str
    rank: int
    params: Mapping[str, Sequence[str]] = field(default_factory=dict)
    accept: str = "application/json"

    @property
    def dataset_name(self) -> str:
        """What it belongs to, for a preview."""
        return "account and watch"

    @property
    def expected_requests(self) -> int:
        """How many it comes to, as far as the ledger tells."""
        return 1

    def fetch(self, client: GarminClient) -> bytes:
        return client.fetch(self.path, self.params, self.accept)

    @abstractmethod
    def read(self, content: bytes) -> Step:
        """Parses the answer; may read the database, never writes it. Raises NotUnderstood."""

    @abstractmethod
    def give_up(self, error: GarminError) -> Step:
        """Says what becomes of a request that got no usable answer."""


def is_unused(error: GarminError) -> bool:
    """How Garmin says that this account has no such feature."""
    return isinstance(error, NotFound) or (isinstance(error, Refused) and error.status == 403)


def filled_in(params: Mapping[str, Sequence[str]], blanks: Mapping[str, object]) -> dict[str, Sequence[str]]:
    """What is sent several times has no blanks."""
    return {name: value.format(**blanks) if isinstance(value, str) else value for name, value in params.items()}
