"""What a rule answers instead, and how it spoils the true answer on its way."""

import time
from email.utils import formatdate

from .answers import Answer, Delivery, html_answer, json_answer, refusal
from .faults import Rule


def answer_instead(rule: Rule) -> Answer:
    """What a rule of the kinds INSTEAD answers."""
    status = rule.status
    match rule.kind:
        case "429":
            answer = html_answer("Too Many Requests", status or 429)
        case "status":
            answer = refusal(status or 500)
        case "html":
            answer = html_answer("Just a moment... Cloudflare", status or 200)
        case "error_document":
            answer = json_answer(
                {"message": "HTTP 500 Internal Server Error", "error": "InternalServerErrorException"},
                status or 200,
            )
        case "errors":
            answer = json_answer({"errors": [{"code": 500, "message": "upstream failed"}]}, status or 200)
        case "empty":
            answer = Answer(status or 200)
        case "204":
            answer = Answer(204)
        case "null":
            answer = json_answer(None, status or 200)
        case "truncated":
            answer = Answer(status or 200, b'[{"calendarDate": "2026-02-0')
        case _:
            answer = Answer(status or 200)
    body = answer.body if rule.body is None else rule.body.encode(rule.encoding)
    headers = answer.headers | rule.headers
    if rule.retry_after is not None:
        headers |= {"Retry-After": _retry_after(str(rule.retry_after))}
    return Answer(answer.status, body, rule.content_type or answer.content_type, headers)


def _retry_after(text: str) -> str:
    kind, _, seconds = text.partition(":")
    return formatdate(time.time() + float(seconds), usegmt=True) if kind == "date" else text


def spoilt(answer: Answer, rule: Rule) -> Answer:
    """The true answer as a rule of the kinds WHOLE_WAY lets it through."""
    delivery: Delivery = "reset" if rule.kind == "lost" else "cut"
    if rule.kind == "drip":
        delivery = "drip"
    seconds = 30.0 if rule.seconds is None else rule.seconds
    return Answer(answer.status, answer.body, answer.content_type, answer.headers, delivery, seconds)
