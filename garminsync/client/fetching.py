"""Asking Garmin for one thing, politely: again after trouble, later after a 429, never too fast."""

from collections.abc import Callable, Mapping, Sequence

import requests
from garminconnect import GarminConnectConnectionError, GarminConnectNotFoundError
from tenacity import RetryCallState, Retrying, retry_if_exception
from urllib3.exceptions import NewConnectionError

from garminsync.client.addresses import point_at
from garminsync.client.errors import NoSignInNow, NotFound, RateLimited, SignInNeeded, Unavailable, Unreachable
from garminsync.client.pace import Pace
from garminsync.client.statuses import error_of, is_web_page
from garminsync.client.tokens import KeepingClient, TokenStore
from garminsync.client.transport import PoliteAdapter

TRIES_IN_TROUBLE = 5
SERVICES_THAT_MAY_REFUSE = 3
NO_NETWORK = "Garmin cannot be reached; check the network"
NO_SIMULATOR = "{url} cannot be reached; start the simulator there, or unset GARMIN_API_URL to ask Garmin itself"
FIRST_WAIT_AFTER_429_S = 10.0
LONGEST_WAIT_AFTER_429_S = 15 * 60.0


class GarminClient:
    """A signed-in client. It fetches bytes and never writes anything at Garmin.

    `wait(seconds, why)` sleeps between tries and may raise to end the run.
    """

    def __init__(
        self, store: TokenStore, wait: Callable[[float, str], None], *, url: str = "", rate: float = 4
    ) -> None:
        self.pace = Pace(rate, lambda seconds: wait(seconds, ""))
        self.hasty = False  # one try is enough while Garmin answers nobody
        self._wait = wait
        self._waited_s = 0.0
        self._refused_by: set[str] = set()
        self._client = KeepingClient(store, self.pace)
        point_at(self._client, url)
        self._out_of_reach = NO_SIMULATOR.format(url=url) if url else NO_NETWORK
        for scheme in ("https://", "http://"):
            self._client._api_session.mount(scheme, PoliteAdapter(self.pace))

    @property
    def requests(self) -> int:
        """How many requests were sent, tries and token refreshes included."""
        return self.pace.requests

    def fetch(
        self,
        path: str,
        params: Mapping[str, Sequence[str]] | None = None,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """The body of Garmin's answer, b"" when it has none. `headers` are those that this request needs besides.

        Raises SignInNeeded, RateLimited (the run should end), Unavailable, NotFound or Refused.
        """
        retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=_seconds_to_wait,
            stop=self._enough,
            sleep=lambda seconds: None,  # _rest has slept: it knows why
            before_sleep=self._rest,
            reraise=True,
        )
        return retrying(self._fetch_once, path, params or {}, {"Accept": accept, **(headers or {})})

    def abandon(self) -> None:
        """Lets whatever hangs in this client end by itself; nothing more is sent."""
        self.pace.abandoned = True

    def _fetch_once(self, path: str, params: Mapping[str, Sequence[str]], headers: Mapping[str, str]) -> bytes:
        try:
            answer = self._client.request("GET", "connectapi", path, params=dict(params), headers=dict(headers))
        except GarminConnectNotFoundError:
            raise NotFound("Garmin has nothing there (404)") from None
        except GarminConnectConnectionError as error:
            if error.response.status_code == 401:
                self._note_refusal(path)
            raise error_of(error.response) from None
        except requests.ConnectTimeout:
            raise Unreachable(self._out_of_reach) from None
        except requests.Timeout:
            raise Unavailable("Garmin did not answer in time") from None
        except requests.ConnectionError as error:
            if isinstance(getattr(error.args[0] if error.args else None, "reason", None), NewConnectionError):
                raise Unreachable(self._out_of_reach) from None
            raise Unavailable("The connection to Garmin broke") from None
        except requests.RequestException as error:
            raise Unavailable(f"Garmin could not be asked ({type(error).__name__})") from None
        self._refused_by.clear()
        content = bytes(answer.content)
        if content and is_web_page(answer):
            raise Unavailable("Garmin answered with a web page")
        return content

    def _note_refusal(self, path: str) -> None:
        """A 401 with a sign-in that has just been renewed: one service that will not have us, or, when
        several of them say so one after the other, all of Garmin."""
        self._refused_by.add(path.strip("/").partition("/")[0])
        if len(self._refused_by) >= SERVICES_THAT_MAY_REFUSE:
            self._client.refuse()
            raise SignInNeeded

    def _enough(self, state: RetryCallState) -> bool:
        error = _trouble(state)
        if isinstance(error, RateLimited):
            return self._waited_s + _seconds_to_wait(state) > LONGEST_WAIT_AFTER_429_S
        return self.hasty or state.attempt_number >= TRIES_IN_TROUBLE

    def _rest(self, state: RetryCallState) -> None:
        error, seconds = _trouble(state), _seconds_to_wait(state)
        if isinstance(error, RateLimited):
            self._waited_s += seconds
        self._wait(seconds, f"{error}; asking again in {seconds:.0f} s")


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, RateLimited | Unavailable) and not isinstance(error, NoSignInNow)


def _trouble(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _seconds_to_wait(state: RetryCallState) -> float:
    error, doubled = _trouble(state), 2.0 ** (state.attempt_number - 1)
    if isinstance(error, RateLimited):
        if error.retry_after_s is None:
            return FIRST_WAIT_AFTER_429_S * doubled
        # A second on top: the server counts from when it spoke, and an early knock starts its clock anew.
        # And never for ever in the rhythm of a Retry-After: 0.
        return max(error.retry_after_s + 1, doubled)
    return doubled
