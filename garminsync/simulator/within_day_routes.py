"""Within the day: its files, and the page of its night."""

from datetime import timedelta

from .answers import Answer, json_answer, refusal
from .naps import with_naps
from .requests import Call, Refused
from .sleep_answers import no_sleep
from .sleep_detail import sleep_detail
from .wellness_files import wellness_zip


def wellness_files(call: Call) -> Answer:
    """Public knowledge: a zip of FIT files; 404 for a day without any, or one so old that Garmin has offloaded it."""
    account, day = call.account, call.day(call.parts["day"])
    old = account.today() - day > timedelta(days=account.options.detail_days)
    content = None if old else wellness_zip(account, day)
    if content is None:
        raise Refused(refusal(404))
    disposition = {"Content-Disposition": f"attachment; filename={day}.zip"}
    return Answer(200, content, "application/x-zip-compressed", disposition)


def daily_sleep(call: Call) -> Answer:
    """Recorded, with and without a night. Old nights have lost their series."""
    call.own(call.parts.get("name", ""))
    account, options = call.account, call.account.options
    day = call.day(call.query.get("date"))
    night = account.night(day)
    page = no_sleep(day, options.profile_id)
    if night is not None:
        young = (account.today() - day).days <= options.detail_days
        page = sleep_detail(night, account.zone, options.seed, options.profile_id, young)
    return json_answer(with_naps(page, account, day))
