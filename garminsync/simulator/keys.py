"""Long lists of key names, written as running text."""

from typing import Any


def words(text: str) -> list[str]:
    return text.split()


def nulls(text: str) -> dict[str, Any]:
    """Each of these keys, null: Garmin writes out what it does not know."""
    return dict.fromkeys(text.split())
