"""Shows a whole sync of a simulated account: the commands a person would type, one after the other."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from json import loads

from django.core.management import CommandError, CommandParser

from garminsync.home import CLONE
from garminsync.management.command import PlainCommand

ADDRESS = ("127.0.0.1", 8000)
HOME_OF_THE_DEMO = CLONE / "var" / "demo"


class Command(PlainCommand):
    help = "Syncs a simulated Garmin account into a home of its own, and serves the result on a terminal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=120, help="length of the simulated history")
        parser.add_argument("--activities", type=int, default=50, help="simulated activities")

    def handle(self, *, days: int, activities: int, **options: object) -> None:
        # Never the real home, nor a database beside real data, whatever the environment says.
        self._env = {**os.environ, "GARMINSYNC_HOME": str(HOME_OF_THE_DEMO)}
        self._env.pop("DATABASE_URL", None)
        on_a_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        if on_a_terminal:
            _refuse_used_port()
        for number in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl-C does: what was started here ends here
            signal.signal(number, signal.default_int_handler)
        words = ["--days", str(days), "--activities", str(activities)]
        with subprocess.Popen(
            [sys.executable, "-m", "garminsync.simulator", *words],
            cwd=CLONE,
            env=self._env,
            stdout=subprocess.PIPE,
            text=True,
        ) as simulator:
            try:
                self._show(simulator, on_a_terminal)
            except KeyboardInterrupt:
                self.stdout.write("\nThe demo has ended.")
            finally:
                simulator.terminate()

    def _show(self, simulator: "subprocess.Popen[str]", on_a_terminal: bool) -> None:
        line = simulator.stdout.readline().strip() if simulator.stdout else ""
        url = line.rpartition(" ")[2]
        if not url.startswith("http"):
            raise CommandError("The simulated Garmin did not start.")
        self.stdout.write(f"{line}, no real account is touched.")
        self._env["GARMIN_API_URL"] = url
        self._manage("migrate", "--verbosity", "0")
        token = HOME_OF_THE_DEMO / "demo-token.json"
        token.write_text(loads(urllib.request.urlopen(f"{url}/_sim/token").read())["token"])  # noqa: S310
        try:
            self._manage("garminlogin", "--token-file", str(token))
        finally:
            token.unlink()
        self._manage("syncgarmin", "--detail", "7")
        if on_a_terminal:
            self._serve()
        else:
            self.stdout.write(
                "\nNext: read the result as docs/query.md shows, or run make demo on a terminal to look at it; "
                "make run is for your own account: see README.md."
            )

    def _manage(self, *words: str) -> None:
        self.stdout.write(f"\n$ manage.py {' '.join(words)}")
        self.stdout.flush()
        done = subprocess.run([sys.executable, str(CLONE / "manage.py"), *words], env=self._env, check=False)
        if done.returncode:
            raise CommandError(f"That ended with {done.returncode}, so the demo ends here.", returncode=1)

    def _serve(self) -> None:
        web = subprocess.Popen([sys.executable, "-m", "gunicorn", "garminsync.wsgi"], cwd=CLONE, env=self._env)
        try:
            time.sleep(1)
            self.stdout.write(
                "\nOpen this link to look at the result (it works once). Ctrl-C ends the demo. Another link: "
                "GARMINSYNC_HOME=var/demo .venv/bin/python manage.py signinlink"
            )
            self._manage("signinlink")
            web.wait()
        finally:
            web.terminate()
            web.wait()


def _refuse_used_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(ADDRESS)
        except OSError as error:
            raise CommandError(
                f"Port {ADDRESS[1]} is in use, so the pages cannot be shown. End what uses it and run make demo again."
            ) from error
