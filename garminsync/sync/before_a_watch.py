"""What a person typed in may be older than the first watch.

Garmin sets no limit to these ranges (a public client measured that ten years are answered), so the oldest window of a
first run is asked for from years before its days: not a request more. A home that is older than this costs one.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from garminsync.sync.sources import DaySources
from garminsync.sync.windows import WindowAsk, ask_days, ask_window

SO_FAR = timedelta(days=3649)


def reaching_back(asks: Sequence[WindowAsk], of_all: Sequence[DaySources], first_day: date | None) -> list[WindowAsk]:
    """The same, but for the oldest of each source that looks back; where that one does not begin at the first day, as
    far as it is known, one more."""
    found = list(asks)
    for sources in of_all:
        mine = [ask for ask in asks if ask.sources is sources] if sources.looks_back else []
        oldest = min(mine, key=lambda ask: ask.window.end, default=None)
        if oldest and (first_day is None or oldest.window.start <= first_day):
            found = [_from_before(ask) if ask is oldest else ask for ask in found]
            sources.looks_back = False
        elif sources.looks_back and first_day:
            [alone] = ask_days(sources, [first_day])
            found.append(_from_before(alone))
            sources.looks_back = False
    return found


def _from_before(ask: WindowAsk) -> WindowAsk:
    return ask_window(ask.sources, ask.depth, ask.window.from_before(SO_FAR), ask.why)
