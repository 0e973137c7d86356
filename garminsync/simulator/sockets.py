"""The sockets: HTTP/1.1 with keep-alive on loopback, and the ways an answer can fail on them."""

import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from .answers import Answer
from .control import PREFIX, control
from .requests import Request
from .service import Service

HOST = "127.0.0.1"


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int, service: Service) -> None:
        super().__init__((HOST, port), _Handler)
        self.service = service
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    def server_bind(self) -> None:
        # HTTPServer would ask the resolver for a name, which takes seconds without a network.
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""

    def hang_up(self) -> None:
        """Ends the connections that are kept alive, as the end of a process would."""
        with self._lock:
            for connection in self._open:
                with _ignoring_os_errors():
                    connection.shutdown(socket.SHUT_RDWR)


class _ignoring_os_errors:
    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, OSError)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SimulatedGarmin"
    # Head and body leave in one packet at once; two small writes would wait 40 ms for each other.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        service = self.server.service
        if request.path.startswith(PREFIX):
            self._deliver(control(service, request))
            return
        counts, is_data = service.counts, service.is_data(request)
        if is_data:
            counts.begun()
        try:
            answer = service.answer(request)
            # Counted before it leaves: who has the answer finds it in the counts.
            counts.answered(request.method, request.target, answer.status)
            self._deliver(answer)
        finally:
            if is_data:
                counts.ended()

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _serve

    def _deliver(self, answer: Answer) -> None:
        if answer.delivery == "hang":
            self.server.service.stopping.wait(answer.seconds)
        if answer.delivery in ("hang", "reset"):
            self._drop(reset=answer.delivery == "reset")
            return
        self.send_response(answer.status)
        if answer.body or answer.status != 204:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        body = b"" if self.command == "HEAD" else answer.body
        if answer.delivery == "drip":
            self._drip(body, answer.seconds)
            return
        self.wfile.write(body[: len(body) // 2] if answer.delivery == "cut" else body)
        self.wfile.flush()
        if answer.delivery == "cut":
            self._drop(reset=False)

    def _drip(self, body: bytes, seconds: float) -> None:
        """The body in some sixty crumbs over so many seconds."""
        size = max(1, -(-len(body) // 60))
        crumbs = [body[at : at + size] for at in range(0, len(body), size)]
        for crumb in crumbs:
            self.wfile.write(crumb)
            self.wfile.flush()
            if self.server.service.stopping.wait(seconds / len(crumbs)):
                self.close_connection = True
                return

    def _drop(self, reset: bool) -> None:
        self.close_connection = True
        if reset:
            # No lingering: the kernel sends RST instead of FIN.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            with _ignoring_os_errors():
                self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: GET /_sim/stats has the log."""
