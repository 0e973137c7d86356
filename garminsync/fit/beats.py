"""Heart rates that a strap kept by itself, merged into the samples as garmin-fit-sdk merges them, in less memory."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

type Beat = tuple[float, float]
type Message = dict[Any, Any]

EVENTS_BEGIN_ANEW = 0x400000  # seconds
GAP_S, GAP_MS, MOST_GAPS = 0.25, 250, 20


class Beats:
    """Times and heart rates, each at its place: there are many, so they rest as bare numbers. A rate holds until the
    next, for five seconds at most."""

    def __init__(self, beats: Iterable[Beat]) -> None:
        self.times, self.rates = array("d"), array("d")
        last: Beat | None = None
        for beat in beats:
            if last:
                gap, step = abs(beat[0] - last[0]) * 1000, 1
                while gap > GAP_MS and step <= MOST_GAPS:
                    self._add(last[0] + GAP_S * step, last[1])
                    gap, step = gap - GAP_MS, step + 1
            self._add(*beat)
            last = beat

    def _add(self, time: float, rate: float) -> None:
        self.times.append(time)
        self.rates.append(rate)


def merged(beats: Beats, times: Iterable[float]) -> Iterator[int | None]:
    """For each sample the mean of the heart rates since the one before, None where there is none."""
    at, count_of_all = 0, len(beats.times)
    start: float | None = None
    for end in times:
        mean = None
        if start is None or start == end:
            start, at = end - 1, max(at - 1, 0)
        total = count = 0.0
        while at < count_of_all:
            time = beats.times[at]
            if time > end:
                if count:
                    mean = int(total / count + 0.5)
                start = end
                break
            if time > start:
                total, count = total + beats.rates[at], count + 1
            at += 1
        yield mean


def merge_heart_rates(messages: Sequence[Message], records: Sequence[Message]) -> None:
    """As garmin-fit-sdk's function of this name does, in a tenth of its memory. Raises whatever odd values lead to."""
    beats = Beats(_beats_of_messages(messages))
    for record, rate in zip(records, merged(beats, (record["timestamp"] for record in records)), strict=True):
        if rate is not None:
            record["heart_rate"] = rate


def _beats_of_messages(messages: Sequence[Message]) -> Iterator[Beat]:
    anchor: float | None = None
    anchor_event = 0.0
    for message in messages:
        events, rates = (_items(message[name]) for name in ("event_timestamp", "filtered_bpm"))
        if message.get("timestamp") is not None:
            anchor = message["timestamp"] + (message["fractional_timestamp"] or 0)
            (anchor_event,) = events
        if anchor is None:
            raise ValueError
        for event, rate in zip(events, rates, strict=True):
            if event < anchor_event:
                if anchor_event - event <= EVENTS_BEGIN_ANEW:
                    raise ValueError
                event += EVENTS_BEGIN_ANEW
            yield anchor + (event - anchor_event), rate


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
