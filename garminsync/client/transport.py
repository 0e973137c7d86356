"""The one connection to Garmin: a request at a time, each with a limit on its time and its size."""

import time
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from garminsync.client.pace import Pace

CONNECT_TIMEOUT_S = 10.0
SILENCE_TIMEOUT_S = 30.0
WHOLE_REQUEST_S = 60.0
MAX_ANSWER_BYTES = 128 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


class PoliteAdapter(HTTPAdapter):
    """Paces and counts requests, and reads the body itself.

    The library's timeouts count from byte to byte, so an answer that drips would never end, and it reads
    bodies of any size.
    """

    def __init__(self, pace: Pace) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._pace = pace

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Raises requests.Timeout or requests.ConnectionError; the response has its whole body."""
        self._pace.take_turn()
        try:
            deadline = time.monotonic() + WHOLE_REQUEST_S
            timeout = (CONNECT_TIMEOUT_S, SILENCE_TIMEOUT_S)
            response = super().send(request, True, timeout, verify, cert, proxies)
            self._read_body(response, deadline)
            return response
        finally:
            self._pace.answered()

    def _read_body(self, response: requests.Response, deadline: float) -> None:
        body = bytearray()
        try:
            while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
                self._pace.check()
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    raise requests.ConnectionError(f"the answer is larger than {MAX_ANSWER_BYTES} bytes")
                if time.monotonic() > deadline:
                    raise requests.Timeout(f"the answer took longer than {WHOLE_REQUEST_S:.0f} s")
        except Exception as error:
            response.raw.close()
            if isinstance(error, requests.RequestException) or not _is_network_error(error):
                raise
            raise requests.ConnectionError("the connection broke in the middle of the answer") from error
        response.raw.release_conn()
        # requests offers no public way to hand over a body that has been read.
        response._content = bytes(body)
        response._content_consumed = True  # type: ignore[attr-defined]


def _is_network_error(error: Exception) -> bool:
    import urllib3

    return isinstance(error, urllib3.exceptions.HTTPError | OSError)
