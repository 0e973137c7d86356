"""The sports of the account: Garmin's ids, FIT's names, and what is plausible in them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sport:
    """Speeds in m/s, minutes for the length, beats for the heart."""

    key: str
    type_id: int
    parent_id: int
    sport_id: int
    fit_sport: str
    fit_sub_sport: str
    minutes: tuple[int, int]
    speed: tuple[float, float] | None
    heart: tuple[int, int]
    cadence: tuple[int, int] | None
    outdoors: bool
    hilly: float
    """Metres of ascent per kilometre."""
    names: tuple[str, ...]

    @property
    def activity_type(self) -> dict[str, Any]:
        return {
            "typeId": self.type_id,
            "typeKey": self.key,
            "parentTypeId": self.parent_id,
            "isHidden": False,
            "restricted": False,
            "trimmable": self.outdoors,
        }


SPORTS = {
    sport.key: sport
    for sport in (
        Sport(
            *("running", 1, 17, 1, "running", "generic"),
            *((25, 75), (2.5, 3.7), (132, 164), (158, 178), True, 6.0),
            ("Morgenlauf 🌅", "Høvik rundt", "東京の朝ラン", "Łazienki – 10 × 400 m", "Berlin Laufen"),
        ),
        Sport(
            *("trail_running", 6, 1, 1, "running", "trail"),
            *((40, 150), (1.8, 2.8), (136, 160), (140, 166), True, 32.0),
            ("Teufelsberg <hoch> & zurück", "Žižkov 🏔️", "Grunewald Trail Running"),
        ),
        Sport(
            *("cycling", 2, 17, 2, "cycling", "road"),
            *((45, 200), (5.6, 8.6), (118, 148), (76, 92), True, 9.0),
            ("Müggelsee 🚴‍♀️→🍰", "Pendeln Ä/ß", "Potsdam Radfahren"),
        ),
        Sport(
            *("lap_swimming", 27, 26, 5, "swimming", "lap_swimming"),
            *((25, 60), (0.65, 1.05), (118, 142), (22, 32), False, 0.0),
            ("Schwimmen im Bad", "1500 m Kraul 🏊", "Piscine – séance n°3"),
        ),
        Sport(
            *("strength_training", 13, 29, 4, "training", "strength_training"),
            *((30, 70), None, (92, 122), None, False, 0.0),
            ("Kraft", "Beine 🦵💥", "Rücken “schwer”"),
        ),
        Sport(
            *("hiking", 3, 17, 17, "hiking", "generic"),
            *((90, 330), (0.9, 1.5), (98, 126), (84, 112), True, 38.0),
            ("Wanderung Rügen", "Bled – Vintgar 🌲", "Sächsische Schweiz"),
        ),
        Sport(
            *("yoga", 163, 29, 4, "training", "yoga"),
            *((15, 60), None, (70, 95), None, False, 0.0),
            ("Yoga", "Dehnen 🧘", "Ioga da manhã"),
        ),
        Sport(
            *("multi_sport", 89, 17, 6, "multisport", "triathlon"),
            *((60, 90), (3.5, 4.5), (134, 150), None, True, 6.0),
            ("Wannsee Triathlon",),
        ),
    )
}

CYCLE = (
    *("running", "cycling", "strength_training", "trail_running", "yoga", "running", "lap_swimming"),
    *("hiking", "running", "cycling"),
)
"""The order in which a person does them, over and over."""
