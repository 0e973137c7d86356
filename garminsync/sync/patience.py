"""How much trouble one run bears before it tries less, and before it asks whether Garmin answers anything."""

from garminsync.client import GarminError, Unavailable
from garminsync.sync.asks import is_unused
from garminsync.sync.fetcher import Answer

# So many requests are tried to the end; after that each gets one try, until so many answers have come.
PATIENCE = 3
ANSWERS_TO_REGAIN_ONE = 20
# After so many requests in a row that Garmin did not answer, one asks whether it answers anything.
TROUBLES_BEFORE_THE_END = 20
# Or that it refused; where it then does answer, it takes twice as many before one asks again.
REFUSALS_BEFORE_A_DOUBT = 20


class Patience:
    """What the answers of one run come to. One that was not even sent says nothing of Garmin."""

    def __init__(self) -> None:
        self._left: float = PATIENCE
        self._troubles = 0
        self._refusals, self._refusals_before_a_doubt = 0, REFUSALS_BEFORE_A_DOUBT
        self.has_answered = False

    def note(self, answer: Answer) -> None:
        if isinstance(answer, GarminError) and not answer.sent:
            return
        if isinstance(answer, Unavailable):
            self._troubles += 1
            self._left = max(0, self._left - 1)
            return
        self._refusals = self._refusals + 1 if isinstance(answer, GarminError) and is_unused(answer) else 0
        self._troubles = 0
        self._left = min(PATIENCE, self._left + 1 / ANSWERS_TO_REGAIN_ONE)
        self.has_answered = True

    @property
    def is_refused(self) -> bool:
        """Whether the last answer was a refusal."""
        return self._refusals > 0

    @property
    def hasty(self) -> bool:
        """Whether one try has to be enough."""
        return self._left < 1

    @property
    def is_at_its_end(self) -> bool:
        return self._troubles >= TROUBLES_BEFORE_THE_END

    @property
    def is_in_doubt(self) -> bool:
        """Whether so much was refused that Garmin may refuse everything."""
        return self._refusals >= self._refusals_before_a_doubt

    def ask_less_often(self) -> None:
        """Once it is known that Garmin answers though it refused so much."""
        self._refusals_before_a_doubt *= 2
