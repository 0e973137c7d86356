"""As much of a day as the watch has uploaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from .days import Day
from .dice import Dice


@dataclass(frozen=True)
class DayPart:
    """What the watch has uploaded of a day: from local midnight `start` to `until`; `end` is the next midnight."""

    seed: int
    day: Day
    start: datetime
    until: datetime
    end: datetime
    night: tuple[datetime, datetime] | None

    @property
    def dice(self) -> Dice:
        return Dice(self.seed, "within", self.day.date)

    def ticks(self, every: timedelta) -> Iterator[datetime]:
        at = self.start
        while at < self.until:
            yield at
            at += every

    def is_asleep(self, at: datetime) -> bool:
        return self.night is not None and self.night[0] <= at < self.night[1]
