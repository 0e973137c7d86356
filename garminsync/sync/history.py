"""Where a person's history begins."""

from datetime import date, datetime, timedelta

from garminsync.datasets import DAILY
from garminsync.models import Account, Activity, Coverage


def local_day(start: datetime, utc_offset_s: int | None) -> date:
    """The day on which something began, where it began."""
    return (start + timedelta(seconds=utc_offset_s or 0)).date()


def day_of_first_activity(account: Account) -> date | None:
    """A watch may have lain in a drawer for years between; none is looked for once
    the first day is known."""
    if account.first_day is not None:
        return None
    first = Activity.objects.exclude(start_time=None).order_by("start_time").first()
    if first is None or first.start_time is None:
        return None
    return local_day(first.start_time, first.utc_offset_s)


def first_day_asked_for() -> date | None:
    """Of what every day has: a weigh-in may be years older than the first watch."""
    asked = Coverage.objects.filter(dataset=DAILY.name, key__gt="").order_by("key").first()
    return date.fromisoformat(asked.key) if asked else None


def first_day_with_data(account: Account) -> date | None:
    """The first day with a summary or, as long as the first day is not known, with an activity."""
    first = Coverage.objects.filter(dataset=DAILY.name, state=Coverage.State.PRESENT).order_by("key").first()
    days = [date.fromisoformat(first.key)] if first else []
    if active := day_of_first_activity(account):
        days.append(active)
    return min(days, default=None)


def has_summaries(since: date, before: date) -> bool:
    present = Coverage.objects.filter(dataset=DAILY.name, state=Coverage.State.PRESENT)
    return present.filter(key__gte=str(since), key__lt=str(before)).exists()


def has_days_after(day: date) -> bool:
    return Coverage.objects.filter(dataset=DAILY.name, key__gt=str(day)).exists()
