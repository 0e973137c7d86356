"""Where a person's history begins."""

from datetime import date

from garminsync.datasets import DAILY
from garminsync.models import Account, Activity, Coverage


def day_of_first_activity(account: Account) -> date | None:
    """A watch may have lain in a drawer for years between; none is looked for once the first day is known."""
    if account.first_day is not None:
        return None
    first = Activity.objects.exclude(start_time=None).order_by("start_time").first()
    return account.day_of(first.start_time) if first and first.start_time else None


def first_day_with_data(account: Account) -> date | None:
    """The first day with a summary or an activity."""
    first = Coverage.objects.filter(dataset=DAILY.name, state=Coverage.State.PRESENT).order_by("key").first()
    days = [date.fromisoformat(first.key)] if first else []
    if active := day_of_first_activity(account):
        days.append(active)
    return min(days, default=None)
