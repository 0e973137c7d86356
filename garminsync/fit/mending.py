"""What a damaged file may have been."""

from collections.abc import Iterator
from dataclasses import dataclass

from garminsync.fit.frames import rewritten, with_true_size


@dataclass(frozen=True)
class Form:
    """A file as it is, or mended; what that costs, and whether to expand fields."""

    content: bytes
    cost: str = ""
    expand: bool = True


def mended_forms(content: bytes) -> Iterator[Form]:
    """From what mends little to what mends more."""
    if (same := rewritten(content)) != content:
        yield Form(same)
    if sized := with_true_size(content):
        yield Form(rewritten(sized), "its size is missing or wrong, as in a file that was never closed")
    bare = rewritten(content, developer_data=False)
    if bare != same:
        yield Form(bare, "its developer fields are damaged and left out")
    yield Form(bare, "its fields are damaged: those made of others are left out", expand=False)
