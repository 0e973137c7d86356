"""What the names and the types of columns mean."""

from django.db import models

# The last part of a name.
UNITS = {
    "bpm": "beats a minute",
    "c": "°C",
    "cm": "cm",
    "days": "days",
    "deg": "degrees",
    "effect": "0 to 5",
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
    "score": "points",
    "spm": "a minute",
    "w": "W",
    "years": "years",
}

# By unit the whole names whose last part is none, or another.
OF_WHOLE_NAMES = {
    "0 to 100": "body_battery body_battery_high body_battery_low stress stress_avg stress_max",
    "breaths a minute": "respiration_avg respiration_high respiration_low respiration_per_min respiration_waking_avg",
    "days": "days_used vigorous_days_per_week",
    "kcal": "kcal",
    "kg/m²": "bmi",
    "load points": "acute_load chronic_load load_tunnel_max load_tunnel_min training_load",
    "m of easy running": "acute_impact_load acute_tolerance running_impact_load running_tolerance",
    "ml/kg/min": "cycling cycling_precise running running_precise vo2max vo2max_cycling vo2max_running",
    "points": "body_battery_change body_battery_charged body_battery_drained points score training_readiness",
    "s": "seconds",
    "s a km": "pace_s_per_km",
    "weeks": "weeks",
    # Counts.
    "": """
        active_lengths active_sets activities floors_ascended floors_descended laps repeats repetitions restless_moments
        step_goal steps strokes times_earned total_reps total_sets workouts_a_week
    """,
}
UNIT_BY_NAME = {name: unit for unit, names in OF_WHOLE_NAMES.items() for name in names.split()}

# Ratios, ratings, places and Garmin's numbers for things: what they mean is said beside them. A value in one of
# several units has its unit beside it.
PLAIN = {
    *("acwr", "avg_swolf", "baseline_marker", "physique_rating", "visceral_fat"),
    *("classification", "difficulty", "fitness_trend", "status", "sample_pk", "version"),
    *("fertile_window_start_day", "index", "moderate_minutes_hr_zone", "vigorous_minutes_hr_zone", "zone"),
    *("end_value", "progress", "target", "target_high", "target_low", "target_zone", "upper", "value"),
    *("second_target_high", "second_target_low", "second_target_zone", "workout_step"),
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


def unit_of(name: str) -> str | None:
    """Of a column: "" for one that needs none, None where its name is not known; a name of one letter is no unit."""
    if name in UNIT_BY_NAME:
        return UNIT_BY_NAME[name]
    first, _, last = name.rpartition("_")
    return "" if name in PLAIN or (first and last in ("id", "index")) else UNITS.get(last) if first else None


def kind_of(column: "models.Field[object, object]") -> str:
    return next(word for type_, word in TYPES if isinstance(column, type_))
