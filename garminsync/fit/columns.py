"""The values of one field of many messages, made as garmin-fit-sdk makes each of them."""

from collections.abc import Callable, Sequence
from typing import Any

from garmin_fit_sdk import Profile
from garmin_fit_sdk.fit import BASE_TYPE, NUMERIC_FIELD_TYPES

from garminsync.fit.definitions import Field, Unusual
from garminsync.fit.samples import BALANCE, LATITUDE, LONGITUDE, Memo, Number, Numbers, short_finite
from garminsync.fit.values import DEGREES_PER_SEMICIRCLE, degrees

SINT32, UINT32 = BASE_TYPE["SINT32"], BASE_TYPE["UINT32"]

type Raws = Sequence[Any]


def number_column(field: Field) -> Callable[[Raws], Numbers | None]:
    """Makes None of a column of which all values are invalid."""
    values_of, none = _values_of(field), field.invalid

    def make(raws: Raws) -> Numbers | None:
        values = values_of(raws)
        return values if values.count(None) < len(values) or any(raw != none for raw in raws) else None

    return make


def _values_of(field: Field) -> Callable[[Raws], Numbers]:
    """A measure of four bytes seldom comes twice: each value is made anew. Of others each is made once."""
    none, words = field.invalid, _words(field)
    scale, offset = _scale_and_offset(field.profile)
    if field.name in (LATITUDE, LONGITUDE):
        if field.base == SINT32:
            return lambda raws: [None if raw == none else round(raw * DEGREES_PER_SEMICIRCLE, 7) for raw in raws]
        return _each_once(lambda raw: None if raw == none else degrees({"": raw}, ""))
    if field.base in (SINT32, UINT32) and not words:
        if scale == 1:
            return lambda raws: [None if raw == none else raw - offset for raw in raws]
        return lambda raws: [
            None if raw == none else int(value) if (value := raw / scale - offset).is_integer() else value
            for raw in raws
        ]
    return _each_once(
        lambda raw: None if raw == none or raw in words else short_finite((raw if scale == 1 else raw / scale) - offset)
    )


def _each_once(make: Callable[[Any], Number | None]) -> Callable[[Raws], Numbers]:
    memo = Memo[Any, Number | None](make)
    return lambda raws: list(map(memo.__getitem__, raws))


def seconds_column(field: Field) -> Callable[[Raws], Numbers]:
    if field.base != UINT32:
        raise Unusual
    nones = {field.invalid, *_words(field)}
    return lambda raws: [None if raw in nones else raw for raw in raws]


def text_of(raw: bytes) -> str | list[str] | None:
    parts = raw.decode(errors="ignore").rstrip("\0").split("\0")
    return (parts[0] if len(parts) == 1 else parts) or None


def _words(field: Field) -> dict[Any, str]:
    """Values that have a name are no numbers, but for a balance."""
    words: dict[Any, str] = Profile["types"].get(field.profile["type"]) or {}
    return {} if field.name == BALANCE else words


def _scale_and_offset(known: dict[str, Any]) -> tuple[float, float]:
    if known["type"] not in NUMERIC_FIELD_TYPES or len(known["scale"]) > 1:
        return 1, 0
    return (known["scale"] or [1])[0], (known["offset"] or [0])[0]
