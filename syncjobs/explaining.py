"""What pydantic found wrong, in words for whoever sent it."""

from pydantic import ValidationError


def explain(error: ValidationError) -> list[tuple[str, str]]:
    """What is wrong, as (field, message) pairs: one a field, although it may have been tried as several types."""
    found: dict[str, list[str]] = {}
    for each in error.errors(include_url=False, include_input=False):
        field = str(each["loc"][0]) if each["loc"] else ""
        unknown = each["type"] == "extra_forbidden"
        message = "there is no such option" if unknown else each["msg"].removeprefix("Value error, ")
        found.setdefault(field or "body", []).append(message)
    return [(field, ", or: ".join(messages)) for field, messages in found.items()]
