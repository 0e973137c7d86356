"""/_sim/...: the hands of a test or a demo on the simulator. No token is needed."""

import json
from dataclasses import asdict
from typing import Any

from .answers import Answer, json_answer
from .changes import change
from .requests import Request
from .service import Service

PREFIX = "/_sim/"


def control(service: Service, request: Request) -> Answer:
    name = request.path.removeprefix(PREFIX)
    try:
        if request.method == "GET":
            return _shown(service, name)
        sent = json.loads(request.body or b"null")
        return _done(service, name, sent)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return json_answer({"error": f"{type(error).__name__}: {error}"}, 400)


def _shown(service: Service, name: str) -> Answer:
    account = service.account
    match name:
        case "stats":
            return json_answer(service.report())
        case "token":
            return json_answer({"token": service.tokens.stored()})
        case "faults":
            return json_answer([rule.counts() for rule in service.faults.rules])
        case "account":
            return json_answer(
                {
                    "options": asdict(service.options),
                    "now": account.now().isoformat(),
                    "today": account.today().isoformat(),
                    "device_sync": account.synced().isoformat(),
                    "first_day": account.first_day.isoformat(),
                    "hidden": sorted(day.isoformat() for day in account.hidden),
                    "activities": [each.id for each in account.activities()],
                    "manual": [each.id for each in account.activities() if each.manual],
                }
            )
    return json_answer({"error": f"no {PREFIX}{name}"}, 404)


def _done(service: Service, name: str, sent: Any) -> Answer:
    match name:
        case "faults":
            service.faults.set([sent] if isinstance(sent, dict) else sent or [])
            return _shown(service, "faults")
        case "reset":
            service.reset(service.initial.changed(**(sent or {})))
            return _shown(service, "account")
        case "account":
            return json_answer(change(service, sent or {}))
    return json_answer({"error": f"no {PREFIX}{name}"}, 404)
