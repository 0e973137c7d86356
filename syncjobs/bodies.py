"""A request's JSON body, read strictly: what is not exactly right is refused by name."""

import json
from typing import Any

from pydantic import BaseModel, ValidationError
from rest_framework.request import Request

from syncjobs.problems import Problem

MAX_BYTES = 64 * 1024


def read_body[Options: BaseModel](request: Request, options: type[Options]) -> Options:
    """The options of a POST; an empty body means the defaults.

    Raises Problem 411, 413, or 400 with `errors`, a list of {field, message}.
    """
    body = _raw_body(request)
    if not body.strip():
        return options()
    try:
        _refuse_repeated_keys(body)
        return options.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise _bad_request(explain(error)) from error
    except (ValueError, RecursionError) as error:
        raise _bad_request([("body", str(error))]) from error


def explain(error: ValidationError) -> list[tuple[str, str]]:
    """What is wrong, as (field, message) pairs."""
    return [
        (".".join(str(part) for part in e["loc"]) or "body", e["msg"].removeprefix("Value error, "))
        for e in error.errors(include_url=False, include_input=False)
    ]


def _raw_body(request: Request) -> bytes:
    django_request = request._request
    length = django_request.META.get("CONTENT_LENGTH") or ""
    if not length and "HTTP_TRANSFER_ENCODING" in django_request.META:
        raise Problem(411, "Send the body with a Content-Length, not chunked.")
    if length.isdigit() and int(length) > MAX_BYTES:
        raise Problem(413, f"The body is larger than {MAX_BYTES // 1024} kB; options are a few short fields.")
    return django_request.body


def _refuse_repeated_keys(body: bytes) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise ValueError(f"the key {key!r} stands there twice")
            found[key] = value
        return found

    try:
        json.loads(body, object_pairs_hook=once)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError("this is not JSON") from error


def _bad_request(errors: list[tuple[str, str]]) -> Problem:
    return Problem(
        400,
        "; ".join(f"{field}: {message}" for field, message in errors),
        errors=[{"field": field, "message": message} for field, message in errors],
    )
