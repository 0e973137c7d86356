"""FIT bytes to messages, keeping everything that is sound of a damaged file."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from garmin_fit_sdk import Decoder, Stream
from garmin_fit_sdk.hr_mesg_utils import merge_heart_rates

from garminsync.fit.clock import Clock
from garminsync.fit.frames import is_checksum_wrong, is_cut, rewritten, with_true_size

type Message = dict[Any, Any]

MAX_VALUES = 6_000_000  # three days of samples, one a second; the memory they take is what limits them
VALUES_A_MESSAGE = 10  # what a message costs besides its values
NO_FIT_FILE = "The file is not a fit file"
COMPRESSED = "Compressed timestamp"


class TooManyValues(Exception):
    """The file holds more values than are read."""


@dataclass
class Decoded:
    """Messages by kind (`record`, `lap`, ...) in the order of the file; what could not be read of it
    (`problems`), and what is odd about a file that was read in full all the same (`notes`)."""

    messages: dict[str, list[Message]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __getitem__(self, kind: str) -> list[Message]:
        return self.messages.get(kind, [])


def decode(content: bytes) -> Decoded:
    """Never raises: a file that is none gives no messages and a problem."""
    if not content:
        return Decoded(problems=["empty file"])
    best, best_rank = Decoded(), (False, False, -1)
    for form, cost, expand in _forms(content):
        messages, error = _read(form, expand)
        # The reader knows no compressed timestamps, so what it says of them is not what is wrong.
        rank = error is None, COMPRESSED not in str(error), sum(map(len, messages.values()))
        if rank > best_rank:
            best, best_rank = _decoded(content, messages, error, cost), rank
        if isinstance(error, TooManyValues):
            return best
        if error is None:
            break
    if best.messages and is_checksum_wrong(content):
        best.notes.append("checksum differs")
    return best


def _forms(content: bytes) -> Iterator[tuple[bytes, str, bool]]:
    """What to read, from the file as it is to what mends more; what that costs, and whether to expand fields."""
    yield content, "", True
    yield rewritten(content), "", True
    if sized := with_true_size(content):
        yield rewritten(sized), "its size is missing or wrong, as in a file that was never closed", True
    yield rewritten(content, developer_data=False), "its developer fields are damaged and left out", True
    yield rewritten(content, developer_data=False), "its fields are damaged: those made of others are left out", False


def _read(content: bytes, expand: bool) -> tuple[dict[str, list[Message]], Exception | None]:
    count, clock = 0, Clock()

    def listen(number: int, message: Any) -> None:
        nonlocal count
        count += VALUES_A_MESSAGE + len(message)
        if count > MAX_VALUES:
            raise TooManyValues
        clock.resolve(number, message)

    try:
        found, errors = Decoder(Stream.from_byte_array(bytearray(content))).read(
            convert_datetimes_to_dates=False,  # a time that is an array would end the reading
            enable_crc_check=False,  # a wrong one would hide the files that follow
            expand_sub_fields=expand,
            expand_components=expand,
            merge_heart_rates=False,
            mesg_listener=listen,
        )
    except Exception as error:  # the reader raises whatever a damaged byte leads it to
        return {}, error
    kinds: dict[Any, Any] = dict(found)
    messages = {str(kind).removesuffix("_mesgs"): list(rows) for kind, rows in kinds.items() if rows}
    # Heart rates stored apart belong into the records; those that cannot be told apart stay where they are.
    with suppress(Exception):
        merge_heart_rates(kinds["hr_mesgs"], kinds["record_mesgs"])
    return messages, errors[0] if errors else None


def _decoded(content: bytes, messages: dict[str, list[Message]], error: Exception | None, cost: str) -> Decoded:
    decoded = Decoded(messages, [cost] if cost else [])
    if error is None:
        if not messages and not cost:
            decoded.problems.append("no messages in the file")
    elif NO_FIT_FILE in str(error) and messages:
        decoded.notes.append("extra bytes after the end")
    elif isinstance(error, TooManyValues):
        decoded.problems.append(f"more than {MAX_VALUES} values; those after are not read")
    elif is_cut(content) and (_is_end(error) or not messages):
        decoded.problems.append("file cut short, or its size is wrong")
    elif NO_FIT_FILE in str(error):
        decoded.problems.append("not a FIT file")
    elif "Invalid local message number" in str(error):
        decoded.problems.append("a message without its definition; what comes after it is not read")
    else:
        decoded.problems.append("a damaged message; what comes after it is not read")
    return decoded


def _is_end(error: Exception) -> bool:
    """How the reader says that there is no more: the second is a mistake in its own message."""
    return isinstance(error, IndexError) or "concatenate str" in str(error)
