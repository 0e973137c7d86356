"""How `gunicorn garminsync.wsgi` serves: read by gunicorn when it is started in this folder."""

import os
import signal
import socket
import sys
from typing import Any

bind = "127.0.0.1:8000"
workers = 2
threads = 4
timeout = 60
control_socket_disable = True
# No max_requests: it would replace a worker in the middle of a sync.


def on_starting(server: Any) -> None:
    """What cannot work ends it here with a sentence, before any worker is started."""
    import garminsync.settings  # noqa: F401 - refuses a home or a database address that cannot be used

    for address in server.cfg.address:
        if isinstance(address, tuple):
            with socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(address)
                except OSError as error:
                    sys.exit(
                        f"Cannot serve on port {address[1]}: {error.strerror}. End what uses it, or serve on another: "
                        ".venv/bin/gunicorn garminsync.wsgi --bind 127.0.0.1:8001"
                    )


def when_ready(server: Any) -> None:
    """A terminal that closes ends the server; gunicorn would take it for a wish to read its settings again."""
    if sys.stdin is not None and sys.stdin.isatty():
        signal.signal(signal.SIGHUP, lambda number, frame: os.kill(os.getpid(), signal.SIGTERM))
