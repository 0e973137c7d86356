"""What else may bring days that one request did not bring: the same later, fewer at once, or the dear source."""

import sys
from dataclasses import dataclass

from garminsync.client import ENDS_THE_RUN, GarminError, Refused, Unavailable
from garminsync.datasets import Source
from garminsync.sync.asks import is_unused
from garminsync.sync.plan import Window
from garminsync.sync.sources import NARROWER, DaySources

NARROWEST_IN_TROUBLE = 7


@dataclass(frozen=True)
class AnotherWay:
    """The same days from the `depth`-th source, at most `widest` at once."""

    depth: int
    widest: int = sys.maxsize


def another_way(sources: DaySources, depth: int, window: Window, error: GarminError) -> AnotherWay | None:
    """None when asking on would be in vain. What the error tells of the source is remembered."""
    source, width = sources.dataset.sources[depth], window.width
    if isinstance(error, Refused) and error.status == 400 and width > 1:
        # Refused as it was sent, or, if an earlier refusal taught us, not sent at all.
        sources.narrow(source, min(width, sources.span(source) + 1))
        return AnotherWay(depth)
    if is_unused(error) and (width > 1 or not sources.is_last(depth)):
        sources.dead.add(source.name)
    is_last, was_down = sources.is_last(depth), sources.is_down(source)
    # A single day that is refused, too: after some of them the rest would be asked for in vain.
    is_refused = isinstance(error, Refused) and width == 1
    sources.troubles[source.name] += is_refused or isinstance(error, Unavailable)
    if isinstance(error, ENDS_THE_RUN) or (isinstance(error, Refused) and error.status == 401):
        return None
    if isinstance(error, Unavailable) and not was_down and width > (1 if is_last else NARROWEST_IN_TROUBLE):
        # Too wide for a server that hangs up instead of saying so, or one bad day among good ones.
        return AnotherWay(depth, next(span for span in NARROWER if span < width))
    return None if is_last else AnotherWay(depth + 1)


def may_come_back(sources: DaySources, source: Source) -> bool:
    """Whether a range that is refused may have had but a bad moment. Of a source that has given nothing yet no other
    window is asked for until that is known."""
    if source.name in sources.dead or source.span == 1:
        return False
    if not sources.reaches:
        sources.put_off.add(source.name)
    return True
