"""A day's summary and a night's sleep."""

from garminsync.datasets.dataset import Table
from garminsync.datasets.kinds import DayDataset, Source
from garminsync.datasets.parts import listed, whole
from garminsync.datasets.reading import read_day_rows, read_night_rows
from garminsync.models import Activity, Day, Hrv, Night

DAILY = DayDataset(
    name="daily",
    title="daily summaries",
    shape="of a day recorded; of a range the movement told by three public clients, the rest by one: a tolerant guess",
    sources=(
        Source(
            name="daily_v2",
            path="/usersummary-service/v2/dailysummaries",
            params={"startDate": "{start}", "endDate": "{end}"},
            span=28,
            parts=listed("data"),
        ),
        Source(
            name="daily_flat",
            path="/usersummary-service/usersummary/daily/{name}",
            params={"calendarDate": "{start}"},
            span=1,
            parts=whole,
        ),
    ),
    read=read_day_rows,
    # And whenever what rides on its answers learns something.
    version=3,
    tables=(Table(Day),),
    shown_by=(Night, Activity),
)

SLEEP = DayDataset(
    name="sleep",
    title="sleep",
    shape="of a night recorded; of a range agreed by several public clients",
    sources=(
        Source(
            name="sleep_stats",
            path="/sleep-service/stats/sleep/daily/{start}/{end}",
            span=28,
            parts=listed("individualStats"),
        ),
        Source(
            name="sleep_page",
            path="/wellness-service/wellness/dailySleepData/{name}",
            params={"date": "{start}", "nonSleepBufferMinutes": "60"},
            span=1,
            parts=whole,
        ),
    ),
    read=read_night_rows,
    version=3,
    tables=(Table(Night),),
    shown_by=(Hrv,),
)
