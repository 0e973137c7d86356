"""The fast reader: of a sound file, what there is much of is read by columns, and garmin-fit-sdk reads the rest."""

from typing import Any

from garmin_fit_sdk import Decoder, Stream

from garminsync.fit import decoding
from garminsync.fit.apps import Described
from garminsync.fit.bulk import Bulk
from garminsync.fit.clock import Clock
from garminsync.fit.cutting import Batches, Cut, cut
from garminsync.fit.decoding import Decoded, Message
from garminsync.fit.definitions import Unusual
from garminsync.fit.frames import is_checksum_wrong
from garminsync.fit.samples import Samples
from garminsync.fit.strap import beats_of, merged

HEART_RATE = "heart_rate"


def decode_fast(content: bytes) -> tuple[Decoded, Samples] | None:
    """The messages but for those of samples, and the samples; None for a file that `decode` has to read."""
    try:
        parts = cut(content)
        described = Described()
        decoded = Decoded(_read(parts, described))
        samples = Bulk(described.fields).read(parts.records)
        if parts.heart_rates:
            _merge(parts.heart_rates, samples)
        if not decoded.messages and not samples.seconds:
            raise Unusual
    except Exception:  # Unusual, or whatever else a damaged byte leads to: the tolerant reader tells what it is
        return None
    if is_checksum_wrong(content):
        decoded.notes.append("checksum differs")
    return decoded, samples


def _read(parts: Cut, described: Described) -> dict[str, list[Message]]:
    count, clock = parts.values, Clock()

    def listen(number: int, message: Message) -> None:
        nonlocal count
        count += decoding.VALUES_A_MESSAGE + len(message)
        if count > decoding.MAX_VALUES:
            raise Unusual
        described.listen(number, message)
        clock.resolve(number, message)

    if count > decoding.MAX_VALUES:
        raise Unusual
    found: dict[Any, Any] = {}
    if parts.rest:
        told, errors = Decoder(Stream.from_byte_array(bytearray(parts.rest))).read(
            convert_datetimes_to_dates=False, enable_crc_check=False, merge_heart_rates=False, mesg_listener=listen
        )
        if errors:
            raise Unusual
        found = dict(told)
    return {str(kind).removesuffix("_mesgs"): list(rows) for kind, rows in found.items() if rows}


def _merge(batches: Batches, samples: Samples) -> None:
    times = [time for time in samples.seconds if time is not None]
    if len(times) < len(samples.seconds):
        raise Unusual
    rates = merged(beats_of(batches), times)
    own = samples.fields.get(HEART_RATE, rates)
    samples.fields[HEART_RATE] = [own[i] if rate is None else rate for i, rate in enumerate(rates)]
