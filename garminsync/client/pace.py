"""How fast we may ask: evenly, without bursts, and counted."""

import time
from collections.abc import Callable

from garminsync.client.errors import Abandoned


class Pace:
    """Every request to Garmin, token refreshes included, passes `take_turn` before it is sent.

    `wait(seconds)` sleeps and may raise to end the run; `rate` is requests a second, 0 for no limit.
    """

    def __init__(self, rate: float, wait: Callable[[float], None] = time.sleep) -> None:
        self.requests = 0
        self.asking_since: float | None = None
        self.abandoned = False
        self._gap = 1 / rate if rate else 0.0
        self._next = time.monotonic()
        self._wait = wait

    def take_turn(self) -> None:
        """Waits until the next request is due and counts it."""
        self.check()
        if (ahead := self._next - time.monotonic()) > 0:
            self._wait(ahead)
        self.check()
        self._next = time.monotonic() + self._gap
        self.requests += 1
        self.asking_since = time.monotonic()

    def answered(self) -> None:
        self.asking_since = None

    def check(self) -> None:
        if self.abandoned:
            raise Abandoned
