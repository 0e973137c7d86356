"""No column is filled by nobody: after a sync of the simulated account every one has a value somewhere."""

import pytest
from django.db.models import Count

from syncjobs.models import Status
from tests.conftest import FIXED_NOW, Clock, Make
from tests.syncing import sync
from tests.typed import typed_columns, typed_models

# What no activity of the simulated account has, and why.
NEVER_FILLED = {
    "Vo2Max.fitness_age_years": "Garmin gave it until 2022; since then it is in FitnessAge",
    "Workout.provider": "only a workout that a partner or a training plan has given has one",
}


@pytest.mark.case("E05")
def test_every_column_is_filled_somewhere(make_signed_in: Make, clock: Clock) -> None:
    clock(FIXED_NOW)  # on another day so small an account may have no nap
    garmin = make_signed_in(days=70, activities=20, seed=3, now=FIXED_NOW)
    garmin.change(add_multisport=1)

    job = sync("all", detail=14)

    assert job.status == Status.COMPLETED
    empty = set()
    for model in typed_models():
        columns = typed_columns(model)
        filled = model._default_manager.order_by().aggregate(**{f"n_{name}": Count(name) for name in columns})
        empty |= {f"{model.__name__}.{name}" for name in columns if not filled[f"n_{name}"]}
    assert empty == set(NEVER_FILLED)
