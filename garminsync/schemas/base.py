"""How Garmin's JSON comes in: a value that is not what it should be costs that value, nothing else."""

from functools import cache
from typing import Any, Self

from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)

from garminsync.schemas.answers import NotUnderstood
from garminsync.schemas.values import CalendarDate


def _opened(value: Any, groups: frozenset[str], depth: int) -> Any:
    """Without what is null, and the groups that came as the only one of a list taken out of it."""
    if not isinstance(value, dict) or not depth:
        return value
    found = {name: inner for name, inner in value.items() if inner is not None}
    for name in groups & found.keys():
        if isinstance(found[name], list) and len(found[name]) == 1 and isinstance(found[name][0], dict):
            found[name] = found[name][0]
    return {name: _opened(inner, groups, depth - 1) for name, inner in found.items()}


class GarminModel(BaseModel):
    """A part of an answer whose fields are named like the columns they fill."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_hides_a_value(cls, value: Any, info: ValidationInfo) -> Any:
        """Of several names for one value, the first that is there is taken, and Garmin may give it as null; and an
        object on the way to a value may come as a list of one. What else stands in its place is noted."""
        groups, notes = groups_of(cls), info.context if isinstance(info.context, list) else []
        found = _opened(value, groups, depth=DEEPEST_PLACE)
        for name in sorted(groups & found.keys()) if isinstance(found, dict) else ():
            if found[name] and not isinstance(found[name], dict):
                notes.append(f"{name}: should be an object, not {found[name]!r:.60}")
        return found

    @field_validator("*", mode="wrap")
    @classmethod
    def _cost_only_this_value(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return handler(value)
        except (ValidationError, ValueError, OverflowError, OSError) as error:
            field = info.field_name or ""
            if cls.model_fields[field].is_required():
                raise
            if isinstance(info.context, list):
                why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
                info.context.append(f"{field}: {why}, not {value!r:.60}")
            return None

    @classmethod
    def read(cls, value: Any, notes: list[str]) -> Self:
        """`value` as this model; what had to be left out is added to `notes`. Raises NotUnderstood."""
        try:
            return cls.model_validate(value, context=notes)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "it"
            raise NotUnderstood(f"{where}: {first['msg']}") from error

    def row(self) -> dict[str, Any]:
        """The columns and their values."""
        return self.model_dump()


# How far down values are looked for, as `at` and AliasPath name their places.
DEEPEST_PLACE = 4


@cache
def groups_of(model: type[GarminModel]) -> frozenset[str]:
    """The names of the objects on the way to the values of a model."""
    found: set[str] = set()
    for field in model.model_fields.values():
        alias = field.validation_alias
        for path in alias.choices if isinstance(alias, AliasChoices) else [alias]:
            found |= {str(name) for name in path.path[:-1]} if isinstance(path, AliasPath) else set()
    return frozenset(found)


def at(*places: str, **options: Any) -> Any:
    """A field whose value stands at the first of these places that is there; each is a path with dots.
    `default=...` makes it required."""
    paths = (AliasPath(*place.split(".")) for place in places)
    return Field(**{"default": None, **options}, validation_alias=AliasChoices(*paths))


class Dated(GarminModel):
    """A part of an answer that belongs to a day."""

    date: CalendarDate = at("calendarDate", default=...)
