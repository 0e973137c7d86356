"""Heart rates that a strap kept by itself, as under water: `hr` messages by columns. What garmin-fit-sdk would stumble
over is Unusual."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

from garmin_fit_sdk.fit import BASE_TYPE

from garminsync.fit.beats import Beat, Beats
from garminsync.fit.cutting import Batches
from garminsync.fit.definitions import Definition, Field, Unusual

TIME, FRACTION, RATES, EVENTS, EVENTS_12 = 253, 0, 6, 9, 10
BASES = {
    **{TIME: BASE_TYPE["UINT32"], FRACTION: BASE_TYPE["UINT16"], RATES: BASE_TYPE["UINT8"]},
    **{EVENTS: BASE_TYPE["UINT32"], EVENTS_12: BASE_TYPE["BYTE"]},
}
ANCHOR, COUNTED_ON = {TIME, FRACTION, RATES, EVENTS}, {RATES, EVENTS_12}
LAST_BITS, EVENTS_A_MESSAGE = 0xFFF, 10
TICKS_A_SECOND, FRACTIONS_A_SECOND = 1024, 32768
MOST_TICKS = 0xFFFFFFFE
TIME_WITH_A_WORD = 0x10000000


def beats_of(batches: Batches) -> Beats:
    return Beats(_beats(batches))


def _beats(batches: Batches) -> Iterator[Beat]:
    """Each with its time: an anchor tells time and ticks, of later beats the last 12 bits of their ticks are told."""
    anchor: float | None = None
    anchor_event, ticks = 0.0, 0
    for definition, packed in batches:
        known = _known(definition)
        for values in struct.iter_unpack(_layout(definition, known), packed):
            told = _told(known, values)
            if EVENTS in told:
                (ticks,) = told[EVENTS]
                anchor = told[TIME][0] + told[FRACTION][0] / FRACTIONS_A_SECOND
                anchor_event = ticks / TICKS_A_SECOND
                yield anchor, told[RATES][0]
                continue
            lows = _lows(told[EVENTS_12])
            if anchor is None or len(lows) != len(told[RATES]):
                raise Unusual
            for low, rate in zip(lows, told[RATES], strict=True):
                ticks += (low - ticks) & LAST_BITS
                yield anchor + (ticks / TICKS_A_SECOND - anchor_event), rate
            if ticks > MOST_TICKS:
                raise Unusual


def _lows(packed: Sequence[int]) -> list[int]:
    bits = int.from_bytes(bytes(packed), "little")
    return [bits >> 12 * i & LAST_BITS for i in range(min(EVENTS_A_MESSAGE, len(packed) * 8 // 12))]


def _told(known: Sequence[Field], values: tuple[Any, ...]) -> dict[int, tuple[Any, ...]]:
    told, at = {}, 0
    for field in known:
        items = told[field.number] = values[at : at + field.count]
        at += field.count
        if field.invalid in items and (field.number != EVENTS_12 or set(items) == {field.invalid}):
            raise Unusual
    if told.get(TIME) == (TIME_WITH_A_WORD,):
        raise Unusual
    return told


def _layout(definition: Definition, known: Sequence[Field]) -> str:
    counts = {field.number: field.count for field in known}
    is_anchor = counts.keys() == ANCHOR and set(counts.values()) == {1}
    is_sound = all(BASES[field.number] == field.base for field in known if field.number in BASES)
    if not (is_anchor or counts.keys() == COUNTED_ON) or not is_sound or definition.developer:
        raise Unusual
    return f"{definition.order}x{''.join(f.code if f.profile else f'{f.size}x' for f in definition.fields)}"


def _known(definition: Definition) -> list[Field]:
    return [field for field in definition.fields if field.profile]
