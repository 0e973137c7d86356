"""Numbers that look thrown but are a pure function of their key."""

from collections.abc import Sequence
from hashlib import blake2b

_SCALE = float(1 << 64)


class Dice:
    """Repeatable numbers for one thing (a day, a night, an activity).

    Each number has a name, so that a new number never changes the old ones.
    """

    def __init__(self, *key: object) -> None:
        self._key = "|".join(str(part) for part in key)

    def unit(self, name: str) -> float:
        """0 <= number < 1, evenly spread."""
        digest = blake2b(f"{self._key}|{name}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) / _SCALE

    def between(self, name: str, low: float, high: float) -> float:
        return low + (high - low) * self.unit(name)

    def whole(self, name: str, low: int, high: int) -> int:
        """low <= number <= high."""
        return low + int((high - low + 1) * self.unit(name))

    def bell(self, name: str, middle: float, reach: float) -> float:
        """Around `middle`, mostly near it, never farther away than `reach`."""
        thrown = sum(self.unit(f"{name}{turn}") for turn in range(3)) / 3
        return middle + (2 * thrown - 1) * reach

    def chance(self, name: str, share: float) -> bool:
        return self.unit(name) < share

    def pick[T](self, name: str, choices: Sequence[T]) -> T:
        return choices[int(len(choices) * self.unit(name))]

    def hexadecimal(self, name: str, size: int = 16) -> str:
        return blake2b(f"{self._key}|{name}".encode(), digest_size=size).hexdigest()
