"""The frames of a FIT file (header, data, checksum; several may follow each other), and what mends them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from garminsync.fit.checksum import checksum
from garminsync.fit.rewriting import Rewriter

CHECKSUM_BYTES = 2


@dataclass(frozen=True)
class Frame:
    """One FIT file within the bytes; `end` is where its data ends by its own word."""

    start: int
    header: int
    end: int


def frames_of(content: bytes) -> Iterator[Frame]:
    position = 0
    while content[position + 8 : position + 12] == b".FIT" and content[position] in (12, 14):
        header = content[position]
        (size,) = struct.unpack_from("<I", content, position + 4)
        frame = Frame(position, header, position + header + size)
        yield frame
        position = frame.end + CHECKSUM_BYTES


def is_cut(content: bytes) -> bool:
    """Whether it ends before its own word says."""
    return any(frame.end + CHECKSUM_BYTES > len(content) for frame in frames_of(content))


def is_checksum_wrong(content: bytes) -> bool:
    """Of any frame that is here in full."""
    return any(
        checksum(content[frame.start : frame.end])
        != int.from_bytes(content[frame.end : frame.end + CHECKSUM_BYTES], "little")
        for frame in frames_of(content)
        if frame.end + CHECKSUM_BYTES <= len(content)
    )


def with_true_size(content: bytes) -> bytes | None:
    """With the size that is there; a device writes it last. None when the stated one is right, or not at fault."""
    frames = list(frames_of(content))
    if len(frames) != 1 or frames[0].end + CHECKSUM_BYTES == len(content):
        return None
    (frame,) = frames
    size = len(content) - frame.header - CHECKSUM_BYTES
    if size <= 0 or (frame.end > frame.header and not is_cut(content) and not is_checksum_wrong(content)):
        return None
    mended = bytearray(content)
    struct.pack_into("<I", mended, 4, size)
    return bytes(mended)


def rewritten(content: bytes, *, developer_data: bool = True) -> bytes:
    """The same messages, as the reader takes them; see Rewriter. Checksums are left as they were."""
    made, position = bytearray(), 0
    for frame in frames_of(content):
        data = Rewriter(developer_data).rewrite(content[frame.start + frame.header : frame.end])
        header = bytearray(content[frame.start : frame.start + frame.header])
        struct.pack_into("<I", header, 4, len(data))
        position = frame.end + CHECKSUM_BYTES
        made += header + data + content[frame.end : position]
    return bytes(made + content[position:])
