"""What goes back over the wire, and how."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

Delivery = Literal["whole", "hang", "drip", "reset", "cut"]
JSON_TYPE = "application/json;charset=utf-8"
HTML_TYPE = "text/html;charset=utf-8"


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    delivery: Delivery = "whole"
    seconds: float = 0.0
    """How long a hang or a drip takes."""


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def html_answer(title: str, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Answer(status, page.encode(), HTML_TYPE, headers or {})


_ERRORS = {
    400: ("HTTP 400 Bad Request", "BadRequestException"),
    401: ("Token is not active", "NotAuthorizedException"),
    403: ("HTTP 403 Forbidden", "ForbiddenException"),
    404: ("HTTP 404 Not Found", "NotFoundException"),
    405: ("HTTP 405 Method Not Allowed", "NotAllowedException"),
    500: ("HTTP 500 Internal Server Error", "InternalServerErrorException"),
    502: ("HTTP 502 Bad Gateway", "ServerErrorException"),
    503: ("HTTP 503 Service Unavailable", "ServiceUnavailableException"),
}


def refusal(status: int, message: str = "") -> Answer:
    """Garmin's error document: {"message": ..., "error": ...}."""
    words, error = _ERRORS.get(status, (f"HTTP {status}", "WebApplicationException"))
    return json_answer({"message": message or words, "error": error}, status)
