"""What the watch measured in one night. A night bears the date of the morning it ends on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from .dice import Dice
from .rhythm import moves, resting_rate, slept

DEEP, LIGHT, REM, AWAKE = 0.0, 1.0, 2.0, 3.0
NEED_MIN = 480


@dataclass(frozen=True)
class Night:
    """Lengths in seconds. `bed` is on the wall clock: the same night in whatever zone."""

    date: date
    bed: datetime
    stages: tuple[tuple[float, int], ...]
    """In order: what (DEEP, LIGHT, REM, AWAKE) and how long."""
    score: int
    resting_hr: int
    avg_hr: int
    hrv: int
    week_hrv: int
    breaths: float
    spo2: float | None
    stress: int
    battery_gain: int
    skin_c: float | None
    restless: int

    def seconds(self, stage: float) -> int:
        return sum(length for what, length in self.stages if what == stage)

    @property
    def asleep_s(self) -> int:
        return self.in_bed_s - self.seconds(AWAKE)

    @property
    def in_bed_s(self) -> int:
        return sum(length for _, length in self.stages)

    def start(self, zone: tzinfo) -> datetime:
        return self.bed.replace(tzinfo=zone).astimezone(UTC)

    def end(self, zone: tzinfo) -> datetime:
        """Counted from the start, so that a change of the clocks moves only the wall clock."""
        return self.start(zone) + timedelta(seconds=self.in_bed_s)

    @property
    def quality(self) -> str:
        for floor, word in ((90, "EXCELLENT"), (80, "GOOD"), (60, "FAIR")):
            if self.score >= floor:
                return word
        return "POOR"


@lru_cache(maxsize=8192)
def whole_night(seed: int, day: date) -> Night | None:
    if not slept(seed, day):
        return None
    dice = Dice(seed, "night", day)
    evening = datetime.combine(day - timedelta(days=1), time(22, 50))
    bed = evening + timedelta(seconds=round(dice.bell("bed", 0, 4200)))
    stages = tuple(_stages(dice))
    asleep = sum(length for what, length in stages if what != AWAKE)
    resting = resting_rate(seed, day)
    deep = sum(length for what, length in stages if what == DEEP) / asleep
    score = round(24 + 50 * min(1.0, asleep / 28_800) + 60 * deep + dice.bell("score", 0, 9))
    hrv = _hrv(seed, day)
    return Night(
        date=day,
        bed=bed,
        stages=stages,
        score=min(99, max(25, score)),
        resting_hr=resting,
        avg_hr=resting + dice.whole("heart", 2, 6),
        hrv=hrv,
        week_hrv=round(sum(_hrv(seed, day - timedelta(days=back)) for back in range(7)) / 7),
        breaths=round(dice.bell("breaths", 13.6, 1.6), 2),
        spo2=round(dice.bell("spo2", 95.4, 2.5), 2) if dice.chance("oximeter", 0.85) else None,
        stress=dice.whole("stress", 10, 24),
        battery_gain=round(min(80.0, 22 + asleep / 800 + dice.bell("battery", 0, 8))),
        skin_c=round(dice.bell("skin", 0, 0.6), 1) if dice.chance("skin sensor", 0.9) else None,
        restless=dice.whole("restless", 12, 60),
    )


def _hrv(seed: int, day: date) -> int:
    """Milliseconds; low after a long day."""
    tired = 14 * moves(seed, day - timedelta(days=1))
    return round(64 - tired + Dice(seed, "night", day).bell("hrv", 0, 9))


def _stages(dice: Dice) -> list[tuple[float, int]]:
    """Four to six sleep cycles, whole minutes: deep early, dreams late, now and then awake."""
    stages: list[tuple[float, int]] = []
    cycles = round(dice.bell("cycles", 5.4, 1.4))
    for turn in range(cycles):
        late = turn / cycles
        stages += [
            (LIGHT, 60 * dice.whole(f"light {turn}", 18, 34)),
            (DEEP, 60 * dice.whole(f"deep {turn}", 8, round(38 - 28 * late))),
            (LIGHT, 60 * dice.whole(f"more light {turn}", 12, 26)),
            (REM, 60 * dice.whole(f"dream {turn}", 6, round(14 + 26 * late))),
        ]
        if dice.chance(f"wakes {turn}", 0.35):
            stages.append((AWAKE, 60 * dice.whole(f"awake {turn}", 1, 14)))
    return stages
