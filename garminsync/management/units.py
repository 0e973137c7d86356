"""What the names and the types of columns mean."""

from django.db import models

# The last part of a name.
UNITS = {
    "bpm": "beats a minute",
    "c": "°C",
    "cm": "cm",
    "days": "days",
    "deg": "degrees",
    "kcal": "kcal",
    "kg": "kg",
    "m": "m",
    "min": "minutes",
    "minutes": "minutes",
    "ml": "ml",
    "mm": "mm",
    "mmhg": "mmHg",
    "mps": "m/s",
    "ms": "ms",
    "percent": "%",
    "rpm": "a minute",
    "s": "s",
    "seconds": "s",
    "spm": "a minute",
    "w": "W",
    "years": "years",
}

TYPES: tuple[tuple[type[models.Field], str], ...] = (  # type: ignore[type-arg]
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "time"),
    (models.DateField, "date"),
    (models.FloatField, "number"),
    (models.IntegerField, "whole number"),
    (models.JSONField, "JSON"),
    (models.ForeignKey, "whole number"),
    (models.Field, "text"),
)


def unit_of(name: str) -> str:
    """Of a column; a name of one letter is no unit."""
    last = name.rpartition("_")[2]
    return UNITS.get(last, "") if last != name or name in ("kcal", "seconds") else ""


def kind_of(column: "models.Field[object, object]") -> str:
    return next(word for type_, word in TYPES if isinstance(column, type_))
