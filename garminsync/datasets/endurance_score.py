"""Endurance score: of days, though some get weeks."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from garminsync.datasets.dataset import Rows, Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import day_at, entries, flat, has_numbers, is_blank
from garminsync.datasets.readers import a_day
from garminsync.models import EnduranceScore
from garminsync.schemas.answers import NotUnderstood, alone
from garminsync.schemas.performance import EnduranceScoreDay

endurance_day = day_at("calendarDate", "endDate")


def endurance_scores(answer: Any) -> Iterator[Any]:
    """The days of a daily answer. One by the week or the month is kept whole, under its last day."""
    answer = alone(answer)
    if not isinstance(answer, dict) or "groupMap" not in answer:
        yield from entries()(answer)
        return
    groups = answer["groupMap"]
    if not isinstance(groups, dict):
        yield from flat(groups)
        return
    days = {key: day for key in groups if (day := day_at("key")({"key": key}))}
    if groups and not _are_days(sorted(days.values()), day_at("endDate")(answer)):
        yield answer
        return
    for key, inner in ((key, alone(inner)) for key, inner in groups.items()):
        if key in days and not is_blank(inner):
            yield {"calendarDate": key} | (inner if isinstance(inner, dict) else {"groupMap.*": inner})
        elif key not in days and has_numbers(inner):
            yield {key: inner}  # of no day: it is listed, and costs no other


def _are_days(days: list[date], end: date | None) -> bool:
    """Weeks are named by their first day, counted back from the end; they and months lie a week or more apart."""
    if len(days) == 1:
        return end is None or (end - days[0]).days % 7 != 6
    return any((later - day).days < 7 for day, later in pairwise(days))


def read_endurance_score(part: Any, notes: list[str]) -> Rows:
    """Scores that are not by the day are kept as they came."""
    if isinstance(part, dict) and "groupMap" in part:
        raise NotUnderstood("scores by the week or the month, where those of the days were asked for")
    return a_day(EnduranceScore, EnduranceScoreDay)(part, notes)


ENDURANCE_SCORE = DayDataset(
    name="endurance_score",
    title="endurance score",
    shape="of a day recorded; of a range agreed by several public clients, some with weeks only",
    sources=(
        Source(
            name="endurance_stats",
            path="/metrics-service/metrics/endurancescore/stats",
            params={"startDate": "{start}", "endDate": "{end}", "aggregation": "daily"},
            span=366,
            parts=endurance_scores,
            day=endurance_day,
        ),
        Source(
            name="endurance_day",
            path="/metrics-service/metrics/endurancescore",
            params={"calendarDate": "{start}"},
            span=1,
            parts=endurance_scores,
        ),
    ),
    read=read_endurance_score,
    version=2,
    tables=(Table(EnduranceScore),),
    optional=True,
)
