"""What rebuild makes: every row of every typed table, for tests that compare or empty them."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from garminsync.models import Account, ApiToken, Coverage, GarminToken, Payload, PayloadField, Problem

BOOKKEEPING = {Account, ApiToken, Coverage, GarminToken, Payload, PayloadField, Problem}

type Dump = dict[str, list[dict[str, Any]]]


def typed_models() -> list[type[Model]]:
    return [model for model in apps.get_app_config("garminsync").get_models() if model not in BOOKKEEPING]


def typed_columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def dump(*but: type[Model]) -> Dump:
    """All rows by table, those of `but` left out."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values(*typed_columns(model)))
        for model in typed_models()
        if model not in but
    }


def count_rows() -> int:
    return sum(model._default_manager.count() for model in typed_models())


def delete_all() -> None:
    for model in typed_models():
        model._default_manager.all().delete()
