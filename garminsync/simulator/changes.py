"""Changes to the account while it runs: what a person does on the web, a watch or Garmin does by itself."""

from collections.abc import Callable
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from .options import parse_instant
from .patches import Patch
from .sports import SPORTS

if TYPE_CHECKING:
    # A fault may change the account, so the service needs this module, too.
    from .service import Service


def change(service: "Service", changes: dict[str, Any]) -> dict[str, Any]:
    """Does what each key says, in the order given; answers what each of them came to."""
    known = _changes(service)
    if unknown := changes.keys() - known.keys():
        raise ValueError(f"no such change: {', '.join(sorted(unknown))} (known: {', '.join(sorted(known))})")
    return {name: known[name](value) for name, value in changes.items()}


def _changes(service: "Service") -> dict[str, Callable[[Any], Any]]:
    account, tokens = service.account, service.tokens
    log = account.log

    def rename(value: Any) -> None:
        # Without a "name" the key itself goes missing from the list.
        log.names[int(value["id"])] = value.get("name", False)

    def retype(value: Any) -> None:
        log.types[int(value["id"])] = SPORTS[value["type"]].key

    def add_activity(value: Any) -> list[int]:
        return [log.add_activity().id for _ in range(int(value))]

    def add_multisport(value: Any) -> list[int]:
        return [each.id for _ in range(int(value)) for each in log.add_multisport()]

    def late(value: Any) -> None:
        account.hidden.add(date.fromisoformat(value["date"]))

    def set_days(hide: bool, value: Any) -> None:
        days = {date.fromisoformat(day) for day in value}
        account.hidden = account.hidden | days if hide else account.hidden - days

    def break_days(value: Any) -> None:
        account.broken = {date.fromisoformat(day) for day in value}

    def set_clock(value: Any) -> str:
        account.set_clock(parse_instant(value))
        return account.now().isoformat()

    def device_sync(value: Any) -> str:
        account.set_synced(account.now() if value == "now" else parse_instant(value))
        return account.synced().isoformat()

    def touch_workout(value: Any) -> None:
        account.touched_workouts[int(value)] = account.now().astimezone(UTC)

    def plan_workout(value: Any) -> None:
        account.planned[date.fromisoformat(value["date"])] = value.get("workout")

    def patch(value: Any) -> int:
        """A list replaces all patches, one is put beside them."""
        new = [Patch(**each) for each in (value if isinstance(value, list) else [value])]
        service.patches = new if isinstance(value, list) else service.patches + new
        return len(service.patches)

    def option(name: str) -> Callable[[Any], None]:
        return lambda value: service.configure(**{name: value})

    return {
        "rename": rename,
        "retype": retype,
        "delete": lambda value: log.deleted.add(int(value)),
        "restore": lambda value: log.deleted.discard(int(value)),
        "add_activity": add_activity,
        "add_multisport": add_multisport,
        "late": late,
        "hide_days": lambda value: set_days(True, value),
        "reveal_days": lambda value: set_days(False, value),
        "broken_days": break_days,
        "now": set_clock,
        "device_sync": device_sync,
        "touch_workout": touch_workout,
        "delete_workout": lambda value: account.deleted_workouts.add(int(value)),
        "plan_workout": plan_workout,
        "expire_tokens": lambda value: tokens.expire_all() if value else None,
        "revoke_refresh": lambda value: tokens.revoke_all() if value else None,
        "patch": patch,
        "journey": option("journey"),
        "v2": option("v2"),
        "max_span": option("max_span"),
        "too_wide": option("too_wide"),
        "page_cap": option("page_cap"),
        "page_refusal": option("page_refusal"),
        "workouts": option("workouts"),
        "detail_days": option("detail_days"),
        "latency": option("latency"),
    }
