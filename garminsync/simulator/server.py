"""The simulated Garmin Connect as a whole: it starts, serves and stops, and takes orders from this process."""

from threading import Thread
from types import TracebackType
from typing import Any, Self

from .changes import change
from .options import Options
from .service import Service
from .sockets import HOST, Server


class Simulator:
    """A simulated Garmin Connect; serves in a thread of its own inside `with`."""

    def __init__(self, options: Options | None = None, port: int = 0) -> None:
        self.service = Service(options or Options())
        self._server = Server(port, self.service)
        self.url = f"http://{HOST}:{self._server.server_port}"
        self.serving = False
        """Set before `serve` is called: only then may `stop` wait for its end."""

    def __enter__(self) -> Self:
        self.serving = True
        Thread(target=self.serve, name="simulated-garmin", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def serve(self) -> None:
        """Answers until `stop` is called from another thread."""
        self._server.serve_forever(poll_interval=0.005)  # so soon it stops

    def stop(self) -> None:
        self.service.stopping.set()
        if self.serving:
            self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()

    # The same that /_sim/ does, for tests in this process

    def faults(self, *rules: dict[str, Any]) -> None:
        """Replaces all rules; without any, nothing goes wrong any more."""
        self.service.faults.set(list(rules))

    def change(self, **changes: Any) -> dict[str, Any]:
        return change(self.service, changes)

    def reset(self, options: Options | None = None) -> None:
        self.service.reset(options or self.service.options)

    def reset_counts(self) -> None:
        """Forgets what was asked so far; the account stays as it is."""
        self.service.counts.clear()

    def stats(self) -> dict[str, Any]:
        return self.service.report()

    def token(self) -> str:
        return self.service.tokens.stored()
