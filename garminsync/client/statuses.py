"""Which error an answer of Garmin is, by its status and what stands beside that."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from garminsync.client.errors import GarminError, RateLimited, Refused, Unavailable


def error_of(response: requests.Response) -> GarminError:
    status = response.status_code
    if status == 429:
        return RateLimited(_retry_after_s(response.headers.get("Retry-After", "")))
    if status >= 500:
        return Unavailable(f"Garmin is in trouble ({status})")
    if status == 403 and is_web_page(response):
        return Unavailable("Garmin, or what stands before it, keeps us out with a web page (403)")
    return Refused(status)


def is_web_page(response: requests.Response) -> bool:
    """Maintenance, or a question whether we are human: what was asked for is never HTML."""
    return "html" in response.headers.get("Content-Type", "").lower()


def _retry_after_s(text: str) -> float | None:
    """Seconds from now; None when the header is missing or makes no sense."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
