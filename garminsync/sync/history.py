"""Where a person's history begins."""

from datetime import date, timedelta

from garminsync.datasets import DAILY
from garminsync.models import Account, Activity, Coverage


def day_of_first_activity(account: Account) -> date | None:
    """The day on which it began, there. A watch may have lain in a drawer for years between; none is looked for once
    the first day is known."""
    if account.first_day is not None:
        return None
    first = Activity.objects.exclude(start_time=None).order_by("start_time").first()
    if first is None or first.start_time is None:
        return None
    return (first.start_time + timedelta(seconds=first.utc_offset_s or 0)).date()


def first_day_with_data(account: Account) -> date | None:
    """The first day with a summary or an activity."""
    first = Coverage.objects.filter(dataset=DAILY.name, state=Coverage.State.PRESENT).order_by("key").first()
    days = [date.fromisoformat(first.key)] if first else []
    if active := day_of_first_activity(account):
        days.append(active)
    return min(days, default=None)
