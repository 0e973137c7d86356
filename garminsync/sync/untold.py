"""Families of values that ranges of daily summaries tell of no day, though the page of a day has them: here the days
themselves do come, which is why `shown` and `empty_ranges` see nothing amiss.

Nobody has documented these ranges: Garmin may leave a family of values out, or name it otherwise. Where a week of worn
days has none of it, one page is asked for. That it has none, either, is believed for a week; if it has some, this is
a problem to be listed, and from the next run on the pages of the newest days are asked for as well, a few a run: each
that was not asked for since its range told something new. The ledger keeps what is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from garminsync.client import GarminError, NotFound
from garminsync.datasets import DAILY
from garminsync.models import Coverage, Day, Payload, Problem
from garminsync.sync.asks import Step
from garminsync.sync.families import FAMILIES, WORN, families_of
from garminsync.sync.ledger import Tally, save_coverage, save_empty, save_problems
from garminsync.sync.plan import ASK_PARKED_AGAIN_AFTER, REFUSED, REFUSED_TWICE, is_believed
from garminsync.sync.sources import DaySources
from garminsync.sync.windows import WindowAsk, ask_days

# In the place of a dataset; the key is the family. PRESENT where the page alone tells it, EMPTY where neither does.
UNTOLD = "untold by ranges"
# So, too; the key is a day whose page was asked for, the reason the sha256 of what its range told by then.
PAGES = "pages of untold values"
PRESENT, EMPTY = Coverage.State.PRESENT, Coverage.State.EMPTY
RANGE, PAGE = (source.name for source in DAILY.sources)
ENOUGH_DAYS = 7
PAGES_FOR_DAYS, PAGES_AT_ONCE = 30, 5
# Then a new watch may have come that does not measure it.
PAGES_ARE_BELIEVED_FOR = timedelta(days=30)


def ask_what_is_untold(of_all: Sequence[DaySources], today: date, full: bool) -> Iterator[WindowAsk]:
    """Once the ranges are here: a page to learn from, and the pages that are known to tell more. Today's is never
    learned from, as it is not over."""
    for sources in of_all:
        worn = sources.told[RANGE].worn
        if sources.dataset is not DAILY or not worn - {today}:
            continue
        untold = FAMILIES.keys() - families_of(sources.told[RANGE].columns)
        by_page = untold & _noted(PRESENT, PAGES_ARE_BELIEVED_FOR)
        unknown = untold - by_page - _noted(EMPTY, ASK_PARKED_AGAIN_AFTER)
        behind = sorted(worn, reverse=True) if full else _days_behind(today) if by_page else []
        if unknown and len(worn - {today}) >= ENOUGH_DAYS:
            day = max(worn - {today})
            behind = [each for each in behind if each != day]
            [page] = ask_days(sources, [day], depth=1)
            yield LookAsk(**vars(page), unknown=unknown, if_found=[] if by_page else behind)
        yield from _pages(sources, behind if by_page else ())


@dataclass(kw_only=True)
class FillAsk(WindowAsk):
    """The page of a day that is here by its range."""

    def read(self, content: bytes) -> Step:
        here = Step(lambda tally: save_coverage(PAGES, self.keys, PRESENT, self._told()))
        return super().read(content).and_also(here)

    def give_up(self, error: GarminError) -> Step:
        nothing = Step(lambda tally: save_empty(PAGES, self.keys, by=self._told()))
        return super().give_up(error).and_also(nothing if isinstance(error, NotFound) else Step())

    def _told(self) -> str:
        ranges = Payload.objects.filter(dataset=RANGE, key__in=self.keys)
        return "".join(ranges.values_list("sha256", flat=True))


@dataclass(kw_only=True)
class LookAsk(FillAsk):
    """The page of one day to learn from, and in a full run the days to ask for `if_found`. An error on the way is no
    failed day, and nothing is learned of it."""

    unknown: set[str]
    if_found: Sequence[date]

    def read(self, content: bytes) -> Step:
        return super().read(content).and_also(self._learned())

    def give_up(self, error: GarminError) -> Step:
        return self._learned() if isinstance(error, NotFound) else Step()

    def _learned(self) -> Step:
        """Of the `unknown` families a page that Garmin does not have tells nothing, either."""
        unknown, day = self.unknown, self.window.end
        found = unknown & families_of(self.sources.told[PAGE].more_than_zero)
        why = (
            f"Garmin's ranges of days tell nothing of it, the page of {day} does: pages are asked for, too, of the "
            f"newest {PAGES_FOR_DAYS} days, {PAGES_AT_ONCE} in each run, or with --full of all"
        )

        def save(tally: Tally) -> None:
            save_coverage(UNTOLD, found, PRESENT)
            save_empty(UNTOLD, sorted(unknown - found), by=PAGE)
            tally.problems += save_problems(RANGE, {family: [why] if family in found else [] for family in unknown})

        return Step(save, _pages(self.sources, self.if_found if found else ()))


def _pages(sources: DaySources, days: Sequence[date]) -> list[FillAsk]:
    return [FillAsk(**vars(page)) for page in ask_days(sources, days, depth=1)]


def _days_behind(today: date) -> list[date]:
    """The newest days worn of which the range has told something new since their page was asked for, newest first."""
    since = today - timedelta(days=PAGES_FOR_DAYS - 1)
    is_worn = Q(*((f"{column}__gt", 0) for column in WORN), _connector=Q.OR)
    worn = Day.objects.filter(is_worn, date__gte=since).order_by("-date").values_list("date", flat=True)
    told = dict(Payload.objects.filter(dataset=RANGE, key__gte=str(since)).values_list("key", "sha256"))
    noted = Coverage.objects.filter(is_believed(timezone.now()), dataset=PAGES, key__gte=str(since))
    known = dict(noted.values_list("key", "reason"))
    settled = {REFUSED, REFUSED_TWICE}
    behind = [day for day in map(str, worn) if day in told and known.get(day) not in {told[day], *settled}]
    return list(map(date.fromisoformat, behind[:PAGES_AT_ONCE]))


def save_what_is_told(of_all: Sequence[DaySources]) -> None:
    """What ranges tell again is no longer a problem; what pages still tell alone is known anew. Only inside
    run.saving()."""
    for sources in of_all:
        if sources.dataset is DAILY:
            told = families_of(sources.told[RANGE].columns)
            Coverage.objects.filter(dataset=UNTOLD, key__in=told).delete()
            Problem.objects.filter(dataset=RANGE, key__in=told).delete()
            by_page = families_of(sources.told[PAGE].more_than_zero) - told
            known = Coverage.objects.filter(dataset=UNTOLD, key__in=by_page, state=PRESENT)
            known.update(asked_at=timezone.now())


def _noted(state: Coverage.State, lately: timedelta) -> set[str]:
    now = timezone.now()
    noted = Coverage.objects.filter(is_believed(now), dataset=UNTOLD, state=state, asked_at__gt=now - lately)
    return set(noted.values_list("key", flat=True))
