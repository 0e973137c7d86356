"""How much was asked: the figure a sync is measured by."""

from collections import Counter, deque
from datetime import UTC, datetime
from threading import Lock
from typing import Any

LOG_LENGTH = 500


class Counts:
    def __init__(self) -> None:
        self._lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Starts counting anew."""
        self._requests: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._refused_429 = 0
        self._writes = 0
        self._running = 0
        self._most_running = 0
        self._log: deque[tuple[str, str, str, int]] = deque(maxlen=LOG_LENGTH)

    def begun(self) -> None:
        """A request for data has come; `ended` must follow."""
        with self._lock:
            self._running += 1
            self._most_running = max(self._most_running, self._running)

    def ended(self) -> None:
        with self._lock:
            self._running -= 1

    def data(self, template: str, is_write: bool) -> None:
        with self._lock:
            self._requests[template] += 1
            self._writes += is_write

    def answered(self, method: str, target: str, status: int) -> None:
        """Any request but those of /_sim/. Status 0: no answer was sent."""
        with self._lock:
            self._statuses[str(status)] += 1
            self._refused_429 += status == 429
            self._log.append((datetime.now(UTC).isoformat(timespec="milliseconds"), method, target, status))

    def report(self) -> dict[str, Any]:
        with self._lock:
            return {
                "requests": dict(self._requests.most_common()),
                "total": self._requests.total(),
                "statuses": dict(self._statuses),
                "refused_429": self._refused_429,
                "writes": self._writes,
                "most_in_flight": self._most_running,
                "log": [list(line) for line in self._log],
            }
