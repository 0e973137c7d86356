"""What a person typed in may be older than the first watch.

Garmin sets no limit to these ranges (a public client measured that ten years are answered), so the oldest window of a
first run is asked for from years before its days: not a request more.
"""

from collections.abc import Sequence
from datetime import timedelta

from garminsync.sync.windows import WindowAsk, ask_window

SO_FAR = timedelta(days=3649)


def looking_back(asks: Sequence[WindowAsk]) -> list[WindowAsk]:
    """The same, but for the oldest of each source whose values come by hand and that has not looked back yet."""
    oldest: dict[str, WindowAsk] = {}
    for ask in asks:
        if ask.source.by_hand and not ask.sources.looked_back:
            oldest[ask.dataset_name] = min(oldest.get(ask.dataset_name, ask), ask, key=lambda each: each.window.end)
    for ask in oldest.values():
        ask.sources.looked_back = True
    return [_wider(ask) if ask is oldest.get(ask.dataset_name) else ask for ask in asks]


def _wider(ask: WindowAsk) -> WindowAsk:
    return ask_window(ask.sources, ask.depth, ask.window.from_before(SO_FAR), ask.why)
