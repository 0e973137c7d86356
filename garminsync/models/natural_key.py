"""A primary key made of other columns, for tables that Django admin must be able to show."""

import hashlib
from typing import Any

from django.db import models

LONGEST = 200


class NaturalKey(models.CharField):  # type: ignore[type-arg]
    """The text of `parts`, so that two databases with the same content have the same keys. A counter would
    depend on the order in which things came, and on every attempt that failed."""

    empty_strings_allowed = False  # so that a new object has no key yet

    def __init__(self, parts: tuple[str, ...] = (), **options: Any) -> None:
        self.parts = tuple(parts)
        super().__init__(**{**options, "primary_key": True, "max_length": LONGEST, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {"parts": self.parts, **options}

    def get_pk_value_on_save(self, instance: models.Model) -> str:
        text = " ".join(str(getattr(instance, part)) for part in self.parts)
        return text if len(text) <= LONGEST else hashlib.sha256(text.encode()).hexdigest()
