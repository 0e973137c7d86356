"""A request's JSON body, read strictly: what is not exactly right is refused by name."""

import json
from typing import Any

from django.http import UnreadablePostError
from pydantic import BaseModel, ValidationError
from rest_framework.request import Request

from syncjobs.explaining import explain
from syncjobs.problems import Problem

MAX_BYTES = 64 * 1024
MOST_TO_DISCARD = 16 * 1024 * 1024


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
    except RecursionError as error:
        raise _bad_request([("body", "this is nested too deeply")]) from error
    except ValueError as error:
        raise _bad_request([("body", "this is not JSON")]) from error


def _raw_body(request: Request) -> bytes:
    django_request = request._request
    length = django_request.META.get("CONTENT_LENGTH") or ""
    if not length and "HTTP_TRANSFER_ENCODING" in django_request.META:
        raise Problem(411, "Send the body with a Content-Length, not chunked.")
    if length.isdigit() and int(length) > MAX_BYTES:
        # A program that is still sending would not see our answer: take some of it off the line.
        for _ in range(min(int(length), MOST_TO_DISCARD) // MAX_BYTES + 1):
            if not django_request.read(MAX_BYTES):
                break
        raise Problem(413, f"The body is larger than {MAX_BYTES // 1024} kB; options are a few short fields.")
    try:
        body = django_request.body
    except UnreadablePostError:
        body = b""
    if length.isdigit() and len(body) < int(length):
        raise _bad_request([("body", "this was cut off on its way")])
    return body


def _refuse_repeated_keys(body: bytes) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise _bad_request([(key, "this key stands there twice")])
            found[key] = value
        return found

    json.loads(body, object_pairs_hook=once, parse_int=float)


def _bad_request(errors: list[tuple[str, str]]) -> Problem:
    return Problem(
        400,
        "; ".join(f"{field}: {message}" for field, message in errors),
        errors=[{"field": field, "message": message} for field, message in errors],
    )
