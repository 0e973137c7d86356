"""How many requests a dataset costs when a year of it is asked for the first time."""

from collections.abc import Iterable
from math import ceil

from garminsync.datasets import Dataset, DayDataset, ItemDataset, ListDataset, Ride, ScheduleDataset

DAYS = 365
ACTIVITIES = 250


def windows_of_a_year(dataset: DayDataset) -> int:
    """By its cheapest source."""
    return ceil(DAYS / dataset.sources[0].span)


def of_daily_values(datasets: Iterable[Dataset]) -> tuple[int, int]:
    """Without what another dataset brings along, and with it."""
    daily = [dataset for dataset in datasets if isinstance(dataset, DayDataset)]
    own = sum(windows_of_a_year(dataset) for dataset in daily if not dataset.rides_on)
    return own, sum(map(windows_of_a_year, daily))


def a_year(dataset: Dataset) -> str:
    """Short enough for a column."""
    match dataset:
        case DayDataset(rides_on=None):
            return str(windows_of_a_year(dataset))
        case DayDataset():
            return f"0 to {windows_of_a_year(dataset)}"
        case ListDataset():
            return f"1 for each {dataset.page_size}"
        case ItemDataset(within_day=True):
            return "1 a day"
        case ItemDataset():
            return "1 for each"
    return "1"


def in_words(dataset: Dataset) -> str:
    match dataset:
        case DayDataset(rides_on=Ride(source=source)):
            return f"{windows_of_a_year(dataset)}, none for days of which `{source}` tells it"
        case DayDataset(optional=True):
            # Where another address has it by the day, that is asked, too.
            used, unused = str(windows_of_a_year(dataset)), "1" if len(dataset.sources) == 1 else "1 or 2"
            return used if used == unused else f"{used}, but {unused} where the feature was never used"
        case DayDataset():
            return str(windows_of_a_year(dataset))
        case ListDataset():
            some = f"{ceil(ACTIVITIES / dataset.page_size)} for {ACTIVITIES}"
            return f"1 for each {dataset.page_size}, so {some}; later the newest page in each run, all once a week"
        case ItemDataset(within_day=True):
            return "1 a day, of the newest 30 days unless `--detail` says otherwise"
        case ItemDataset():
            return f"1 for each, {dataset.asked}"
        case ScheduleDataset():
            return "1, later at most 1 a day; 2 a day where Garmin tells it by month"
    return "1, later at most 1 a day"
