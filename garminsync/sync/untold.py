"""Families of values that ranges of daily summaries tell of no day, though the page of a day has them: here the days
themselves do come, which is why `shown` and `empty_ranges` see nothing amiss.

Nobody has documented these ranges: Garmin may leave a family of values out, or name it otherwise. Where a week of worn
days has none of it, one page is asked for. That it has none, either, is believed for a week; if it has some, this is
a problem to be listed, and the pages of the newest days are asked for as well. The ledger keeps what is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from garminsync.client import GarminError, NotFound
from garminsync.datasets import DAILY
from garminsync.models import Coverage, Payload, Problem
from garminsync.sync.asks import Step
from garminsync.sync.families import FAMILIES, families_of
from garminsync.sync.ledger import Tally, save_coverage, save_problems
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER
from garminsync.sync.sources import DaySources
from garminsync.sync.windows import WindowAsk, ask_days

# In the place of a dataset; the key is the family. PRESENT where the page alone tells it, EMPTY where neither does.
UNTOLD = "untold by ranges"
RANGE, PAGE = (source.name for source in DAILY.sources)
ENOUGH_DAYS = 7
PAGES_FOR_DAYS, PAGES_AT_ONCE = 30, 10
GROWS_FOR = timedelta(days=2)
# Then a new watch may have come that does not measure it.
PAGES_ARE_BELIEVED_FOR = timedelta(days=30)


def ask_what_is_untold(of_all: Sequence[DaySources], today: date, full: bool) -> Iterator[WindowAsk]:
    """Once the ranges are here: a page to learn from, or the pages that are known to tell more. Today's is never
    learned from, as it is not over."""
    for sources in of_all:
        worn = sources.told[RANGE].worn - {today}
        if sources.dataset is not DAILY or not worn:
            continue
        untold = FAMILIES.keys() - families_of(sources.told[RANGE].columns)
        by_page = untold & _noted(Coverage.State.PRESENT, PAGES_ARE_BELIEVED_FOR)
        unknown = untold - by_page - _noted(Coverage.State.EMPTY, ASK_PARKED_AGAIN_AFTER)
        if unknown and len(worn) >= ENOUGH_DAYS:
            [page] = ask_days(sources, [max(worn)], depth=1)
            yield LookAsk(**vars(page), unknown=unknown, by_page=by_page, today=today, full=full)
        elif by_page:
            yield from ask_days(sources, _days_behind(sources, today, full), depth=1)


@dataclass(kw_only=True)
class LookAsk(WindowAsk):
    """The page of one day to learn from. The day is here by its range already: an error on the way is no failed day,
    and nothing is learned of it."""

    unknown: set[str]
    by_page: set[str]
    today: date
    full: bool

    def read(self, content: bytes) -> Step:
        return super().read(content).and_also(self._learned())

    def give_up(self, error: GarminError) -> Step:
        return self._learned() if isinstance(error, NotFound) else Step()

    def _learned(self) -> Step:
        """Of the `unknown` families a page that Garmin does not have tells nothing, either."""
        sources, day, unknown = self.sources, self.window.end, self.unknown
        found = unknown & families_of(sources.told[PAGE].more_than_zero)
        behind = _days_behind(sources, self.today, self.full) if found or self.by_page else []
        why = (
            f"Garmin's ranges of days tell nothing of it, the page of {day} does: "
            f"pages are asked for, too, of the newest {PAGES_FOR_DAYS} days, or with --full of all"
        )

        def save(tally: Tally) -> None:
            save_coverage(UNTOLD, found, Coverage.State.PRESENT)
            save_coverage(UNTOLD, unknown - found, Coverage.State.EMPTY)
            tally.problems += save_problems(RANGE, {family: [why] if family in found else [] for family in unknown})

        return Step(save, self.asks([each for each in behind if each != day], self.depth))


def _days_behind(sources: DaySources, today: date, full: bool) -> list[date]:
    """The days whose page to ask for, newest first: some of those that have none, and the newest, which still grow."""
    told = sources.told[RANGE].worn
    if full:
        return sorted(told, reverse=True)
    since = str(today - timedelta(days=PAGES_FOR_DAYS - 1))
    pages = set(Payload.objects.filter(dataset=PAGE, key__gte=since).values_list("key", flat=True))
    ranges = set(Payload.objects.filter(dataset=RANGE, key__gte=since).values_list("key", flat=True))
    missing = sorted(map(date.fromisoformat, ranges - pages), reverse=True)[:PAGES_AT_ONCE]
    growing = {day for day in told if today - GROWS_FOR <= day <= today}
    return sorted(growing.union(missing), reverse=True)


def save_what_is_told(of_all: Sequence[DaySources]) -> None:
    """What ranges tell again is no longer a problem; what pages still tell alone is known anew. Only inside
    run.saving()."""
    for sources in of_all:
        if sources.dataset is DAILY:
            told = families_of(sources.told[RANGE].columns)
            Coverage.objects.filter(dataset=UNTOLD, key__in=told).delete()
            Problem.objects.filter(dataset=RANGE, key__in=told).delete()
            by_page = families_of(sources.told[PAGE].more_than_zero) - told
            known = Coverage.objects.filter(dataset=UNTOLD, key__in=by_page, state=Coverage.State.PRESENT)
            known.update(asked_at=timezone.now())


def _noted(state: Coverage.State, lately: timedelta) -> set[str]:
    noted = Coverage.objects.filter(dataset=UNTOLD, state=state, asked_at__gt=timezone.now() - lately)
    return set(noted.values_list("key", flat=True))
