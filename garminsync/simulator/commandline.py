"""python -m garminsync.simulator, and the same for a Django command: add_arguments, then serve."""

import argparse
import errno
import signal
import sys
from dataclasses import fields
from threading import Thread
from typing import Any

from .options import Options
from .server import Simulator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    plain = Options()
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    for name, words in (
        ("seed", "another person for each number"),
        ("days", "length of the history, ending today"),
        ("activities", "how many; about one every two days if not said"),
        ("workouts", "how many in the library"),
        ("profile_id", "Garmin's number of the account"),
        ("token_seconds", "lifetime of an access token"),
        ("max_span", "days a range may cover"),
        ("page_cap", "activities in one answer, whatever the limit"),
        ("detail_days", "age in days at which within-day values are offloaded"),
    ):
        parser.add_argument(_flag(name), type=int, default=getattr(plain, name), help=f"{words} (%(default)s)")
    for name, words in (
        ("time_zone", "zone of the account"),
        ("display_name", "name in the addresses"),
        ("full_name", "name of the person"),
        ("email", "to sign in"),
        ("password", "to sign in"),
        ("mfa_code", "asks for this code at sign-in"),
        ("now", "ISO instant at which the clock stands still"),
        ("device_sync", "ISO instant of the watch's last upload"),
    ):
        parser.add_argument(_flag(name), default=getattr(plain, name), help=f"{words} (%(default)s)")
    parser.add_argument(
        "--journey", nargs=3, metavar=("ZONE", "LEAVES", "RETURNS"), help="the watch is in another zone meanwhile"
    )
    parser.add_argument("--profile-travels", action="store_true", help="the zone of the profile follows the watch")
    parser.add_argument(
        "--latency", type=float, default=plain.latency, help="seconds every request takes (%(default)s)"
    )
    parser.add_argument(
        "--v2", choices=("nested", "flat", "404"), default="nested", help="form of v2/dailysummaries (%(default)s)"
    )


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def options_from(namespace: argparse.Namespace) -> Options:
    given: dict[str, Any] = {
        each.name: getattr(namespace, each.name) for each in fields(Options) if hasattr(namespace, each.name)
    }
    if given.get("v2") == "404":
        given["v2"] = 404
    return Options(**given)


def serve(namespace: argparse.Namespace) -> int:
    """Serves until SIGTERM or Ctrl-C; the exit code."""
    try:
        simulator = Simulator(options_from(namespace), namespace.port)
    except (OSError, OverflowError) as error:
        reason = "another program uses it" if _in_use(error) else str(error)
        print(f"Port {namespace.port} cannot be used: {reason}.", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"These options cannot be: {error}.", file=sys.stderr)
        return 1

    def stop(*_: object) -> None:
        # shutdown() waits for the loop that this very thread runs; so another one calls it.
        Thread(target=simulator.stop, daemon=True).start()

    simulator.serving = True
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"Simulated Garmin Connect on {simulator.url}", flush=True)
    code = f" and the code: {namespace.mfa_code}" if namespace.mfa_code else ""
    print(f"Sign in as {namespace.email} with the password: {namespace.password}{code}", flush=True)
    print(
        f"GARMINSYNC_HOME=var/simulated GARMIN_API_URL={simulator.url} .venv/bin/python manage.py garminlogin",
        flush=True,
    )
    simulator.serve()
    return 0


def _in_use(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno == errno.EADDRINUSE


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m garminsync.simulator", description="Garmin on loopback.")
    add_arguments(parser)
    return serve(parser.parse_args(arguments))
