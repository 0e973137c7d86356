"""FIT bytes to messages, keeping everything that is sound of a damaged file."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from garmin_fit_sdk import Decoder, Stream

from garminsync.fit import limits
from garminsync.fit.beats import merge_heart_rates
from garminsync.fit.clock import Clock
from garminsync.fit.frames import is_checksum_wrong, is_cut
from garminsync.fit.limits import Limit, TooManyValues
from garminsync.fit.mending import Form, mended_forms

type Message = dict[Any, Any]

NO_FIT_FILE = "The file is not a fit file"
COMPRESSED = "Compressed timestamp"
HELD_IN_PART = 4


@dataclass
class Decoded:
    """Messages by kind (`record`, `lap`, ...) in the order of the file; what could not be read of it
    (`problems`), and what is odd about a file that was read in full all the same (`notes`)."""

    messages: dict[str, list[Message]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __getitem__(self, kind: str) -> list[Message]:
        return self.messages.get(kind, [])


@dataclass
class Reading:
    """What the reader made of a form; `values` is what it counts for the limit."""

    form: Form
    messages: dict[str, list[Message]]
    error: Exception | None
    values: int
    rank: tuple[bool, bool, int] = field(init=False)

    def __post_init__(self) -> None:
        # The reader knows no compressed timestamps, so what it says of them is not what is wrong.
        mended = self.error is None, COMPRESSED not in str(self.error)
        self.rank = *mended, sum(map(len, self.messages.values()))


def decode(content: bytes, limit: Limit | None = None) -> Decoded:
    """Never raises: a file that is none gives no messages and a problem. `limit` is what this file and others may
    hold together; as much again may go into forms that mend it."""
    if not content:
        return Decoded(problems=["empty file"])
    limit = limit or Limit()
    best, spent = _best_reading(content, limit.left)
    limit.left = max(limit.left - spent, 0)
    decoded = _decoded(content, best)
    if best.messages and is_checksum_wrong(content):
        decoded.notes.append("checksum differs")
    return decoded


def _best_reading(content: bytes, values: int) -> tuple[Reading, int]:
    """And the values of all readings together. A large reading is let go before the next: two fill the memory."""
    best = _read(Form(content), values)
    spent, is_let_go = best.values, False
    forms = mended_forms(content)
    while not (best.error is None or isinstance(best.error, TooManyValues) or spent > values):
        if (form := next(forms, None)) is None:
            break
        if best.values > values // HELD_IN_PART:
            best.messages, is_let_go = {}, True
        reading = _read(form, values)
        spent += reading.values
        if reading.rank > best.rank:
            best, is_let_go = reading, False
        del reading
    return (_read(best.form, values) if is_let_go else best), spent


def _read(form: Form, values: int) -> Reading:
    limit, clock = Limit(values), Clock()

    def listen(number: int, message: Any) -> None:
        limit.listen(number, message)
        clock.resolve(number, message)

    try:
        found, errors = Decoder(Stream.from_byte_array(bytearray(form.content))).read(
            convert_datetimes_to_dates=False,  # a time that is an array would end the reading
            enable_crc_check=False,  # a wrong one would hide the files that follow
            expand_sub_fields=form.expand,
            expand_components=form.expand,
            merge_heart_rates=False,
            mesg_listener=listen,
            mesg_definition_listener=limit.define,
        )
    except Exception as error:  # the reader raises whatever a damaged byte leads it to
        return Reading(form, {}, error.with_traceback(None), values - limit.left)
    kinds: dict[Any, Any] = dict(found)
    messages = {str(kind).removesuffix("_mesgs"): list(rows) for kind, rows in kinds.items() if rows}
    # Heart rates stored apart belong into the records; those that cannot be told apart stay where they are.
    with suppress(Exception):
        merge_heart_rates(messages["hr"], messages["record"])
    # Its traceback would keep all that the reader has read.
    told = errors[0].with_traceback(None) if errors else None
    return Reading(form, messages, told, values - limit.left)


def _decoded(content: bytes, reading: Reading) -> Decoded:
    messages, error, cost = reading.messages, reading.error, reading.form.cost
    decoded = Decoded(messages, [cost] if cost else [])
    if error is None:
        if not messages and not cost:
            decoded.problems.append("no messages in the file")
    elif NO_FIT_FILE in str(error) and messages:
        decoded.notes.append("extra bytes after the end")
    elif isinstance(error, TooManyValues):
        decoded.problems.append(f"more than {limits.MAX_VALUES} values; those after are not read")
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
