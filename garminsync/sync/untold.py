"""Families of values that ranges of daily summaries tell of no day, though the page of a day has them: here the days
themselves do come, which is why `shown` and `empty_ranges` see nothing amiss.

Nobody has documented these ranges: Garmin may leave a family of values out, or name it otherwise. Where a week of worn
days has none of it, one page is asked for. That it has none, either, is believed for a week; if it has some, this is
a problem to be listed, and the pages of the newest days are asked for as well. The ledger keeps what is known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from garminsync.client import GarminError, NotFound
from garminsync.datasets import DAILY
from garminsync.models import Coverage, Payload, Problem
from garminsync.sync.asks import Step
from garminsync.sync.families import FAMILIES, families_of
from garminsync.sync.ledger import Tally, save_coverage, save_problems
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER, Window
from garminsync.sync.sources import DaySources
from garminsync.sync.unanswered import Why
from garminsync.sync.windows import WindowAsk, ask_days, ask_window

# In the place of a dataset; the key is the family. PRESENT where the page alone tells it, EMPTY where neither does.
UNTOLD = "untold by ranges"
RANGE, PAGE = (source.name for source in DAILY.sources)
ENOUGH_DAYS = 7
PAGES_FOR_DAYS = 30
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
            yield _look_at(sources, max(worn), partial(_learn, sources, max(worn), unknown, by_page, today, full))
        elif by_page:
            yield from ask_days(sources, _days_behind(sources, today, full), depth=1)


@dataclass(kw_only=True)
class LookAsk(WindowAsk):
    """The page of one day to learn from. The day is here by its range already: if the page does not come, nothing has
    failed, and nothing was learned."""

    learn: Callable[[], Step]

    def read(self, content: bytes) -> Step:
        return super().read(content).and_also(self.learn())

    def give_up(self, error: GarminError) -> Step:
        return self.learn() if isinstance(error, NotFound) else Step()


def _look_at(sources: DaySources, day: date, learn: Callable[[], Step]) -> LookAsk:
    return LookAsk(**vars(ask_window(sources, 1, Window(day, day, (day,)), Why.PLANNED)), learn=learn)


def _learn(sources: DaySources, day: date, unknown: set[str], by_page: set[str], today: date, full: bool) -> Step:
    found = unknown & families_of(sources.told[PAGE].more_than_zero)
    days = [each for each in _days_behind(sources, today, full) if each != day] if found or by_page else []
    why = (
        f"Garmin's ranges of days tell nothing of it, the page of {day} does: "
        f"pages are asked for, too, of the newest {PAGES_FOR_DAYS} days, or with --full of all"
    )

    def save(tally: Tally) -> None:
        save_coverage(UNTOLD, found, Coverage.State.PRESENT)
        save_coverage(UNTOLD, unknown - found, Coverage.State.EMPTY)
        tally.problems += save_problems(RANGE, {family: [why] if family in found else [] for family in unknown})

    return Step(save, list(ask_days(sources, days, depth=1)))


def _days_behind(sources: DaySources, today: date, full: bool) -> list[date]:
    """Of the days that the ranges of this run told, newest first, those whose page is none or older than what they
    tell: one that came as before is not kept anew."""
    since = date.min if full else today - timedelta(days=PAGES_FOR_DAYS - 1)
    days = sorted((day for day in sources.told[RANGE].worn if day >= since), reverse=True)
    if full:
        return days
    kept = Payload.objects.filter(dataset__in=(RANGE, PAGE), key__gte=str(since)).exclude(key__gt=str(today))
    fetched: dict[tuple[str, str], datetime] = {
        (dataset, key): at for dataset, key, at in kept.values_list("dataset", "key", "fetched_at")
    }
    ranges = {day: fetched.get((RANGE, str(day))) for day in days}
    pages = {day: fetched.get((PAGE, str(day))) for day in days}
    return [day for day in days if not (page := pages[day]) or ((told := ranges[day]) and page < told)]


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
