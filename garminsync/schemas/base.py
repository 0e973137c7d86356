"""How Garmin's JSON comes in: a value that is not what it should be costs that value, nothing else."""

from functools import cache
from typing import Any, NamedTuple, Self

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

from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.values import CalendarDate

type Place = tuple[str, ...]


class Places(NamedTuple):
    """Where the values of a model stand, and the objects on the way to them; some may be either."""

    values: frozenset[Place]
    groups: frozenset[Place]


def _opened(value: Any, places: Places, notes: list[str], place: Place = ()) -> Any:
    """Without what is null, and the groups that came as the only one of a list taken out of it. What else stands in
    the place of a group is noted."""
    if not isinstance(value, dict):
        return value
    found = {}
    for name, inner in value.items():
        here = (*place, name)
        if here in places.groups and inner is not None:
            inner = alone(inner)
            if inner and not isinstance(inner, dict) and here not in places.values:
                notes.append(f"{'.'.join(here)}: should be an object, not {inner!r:.60}")
            inner = _opened(inner, places, notes, here)
        if inner is not None:
            found[name] = inner
    return found


class GarminModel(BaseModel):
    """A part of an answer whose fields are named like the columns they fill."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_hides_a_value(cls, value: Any, info: ValidationInfo) -> Any:
        """Of several names for one value, the first that is there is taken, and Garmin may give it as null; and an
        object on the way to a value may come as a list of one. What else stands in its place is noted."""
        return _opened(value, places_of(cls), info.context if isinstance(info.context, list) else [])

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


@cache
def places_of(model: type[GarminModel]) -> Places:
    aliases = [field.validation_alias for field in model.model_fields.values()]
    paths = [path for alias in aliases for path in (alias.choices if isinstance(alias, AliasChoices) else [alias])]
    values = frozenset(tuple(map(str, path.path)) for path in paths if isinstance(path, AliasPath))
    return Places(values, frozenset(value[:depth] for value in values for depth in range(1, len(value))))


def at(*places: str, **options: Any) -> Any:
    """A field whose value stands at the first of these places that is there; each is a path with dots.
    `default=...` makes it required."""
    paths = (AliasPath(*place.split(".")) for place in places)
    return Field(**{"default": None, **options}, validation_alias=AliasChoices(*paths))


class Dated(GarminModel):
    """A part of an answer that belongs to a day."""

    date: CalendarDate = at("calendarDate", default=...)
