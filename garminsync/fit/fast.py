"""The fast reader: of a sound file, what there is much of is read by columns, and garmin-fit-sdk reads the rest."""

from typing import Any

from garmin_fit_sdk import Decoder, Stream

from garminsync.fit.apps import Described
from garminsync.fit.beats import merged
from garminsync.fit.bulk import Bulk
from garminsync.fit.clock import Clock
from garminsync.fit.cutting import Batches, Cut, cut
from garminsync.fit.decoding import Decoded, Message
from garminsync.fit.definitions import Unusual
from garminsync.fit.frames import is_checksum_wrong
from garminsync.fit.limits import Limit
from garminsync.fit.samples import Samples
from garminsync.fit.strap import beats_of

HEART_RATE = "heart_rate"


def decode_fast(content: bytes, shared: Limit | None = None) -> tuple[Decoded, Samples] | None:
    """The messages but for those of samples, and the samples; None for a file that `decode` has to read, as is one of
    more values than are read."""
    limit = Limit(shared.left if shared else None)
    try:
        described = Described()
        parts = cut(content, limit)
        decoded = Decoded(_read(parts, described, limit))
        samples = Bulk(described.fields, limit).read(parts.records)
        if parts.heart_rates:
            _merge(parts.heart_rates, samples)
        if not decoded.messages and not samples.seconds:
            raise Unusual
    except Exception:  # Unusual, or whatever else a damaged byte leads to: the tolerant reader tells what it is
        return None
    if shared:
        shared.left = limit.left
    if is_checksum_wrong(content):
        decoded.notes.append("checksum differs")
    return decoded, samples


def _read(parts: Cut, described: Described, limit: Limit) -> dict[str, list[Message]]:
    clock = Clock()

    def listen(number: int, message: Message) -> None:
        limit.listen(number, message)
        described.listen(number, message)
        clock.resolve(number, message)

    found: dict[Any, Any] = {}
    if parts.rest:
        told, errors = Decoder(Stream.from_byte_array(bytearray(parts.rest))).read(
            convert_datetimes_to_dates=False,
            enable_crc_check=False,
            merge_heart_rates=False,
            mesg_listener=listen,
            mesg_definition_listener=limit.define,
        )
        if errors:
            raise Unusual
        found = dict(told)
    return {str(kind).removesuffix("_mesgs"): list(rows) for kind, rows in found.items() if rows}


def _merge(batches: Batches, samples: Samples) -> None:
    times = [time for time in samples.seconds if time is not None]
    if len(times) < len(samples.seconds):
        raise Unusual
    rates = list(merged(beats_of(batches), times))
    own = samples.fields.get(HEART_RATE, rates)
    samples.fields[HEART_RATE] = [own[i] if rate is None else rate for i, rate in enumerate(rates)]
