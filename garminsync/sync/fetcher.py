"""The fetching half of the pipeline: one thread, one request at a time, a few answers ahead."""

import queue
import sys
import threading
import time
from collections.abc import Callable
from itertools import count

from django.db import connections

from garminsync.client import ENDS_THE_RUN, Abandoned, GarminClient
from garminsync.sync.asks import Ask
from syncjobs.run import Cancelled, Interrupted, Superseded

HANGS_AFTER_S = 65.0
# So many that a year's answer, which takes a third of a second to save, holds nothing up.
ANSWERS_AHEAD = 6
# The fetching thread needs the interpreter for moments, several times a request: each would cost it 5 ms of waiting
# for the one that parses.
TAKE_TURNS_EVERY_S = 0.0005

type Answer = bytes | BaseException


class Todo:
    """The asks that wait, by rank and then in the order they came."""

    def __init__(self) -> None:
        self._queue: queue.PriorityQueue[tuple[int, int, Ask | None]] = queue.PriorityQueue()
        self._number = count()

    def put(self, ask: Ask) -> None:
        self._queue.put((ask.rank, next(self._number), ask))

    def get(self) -> Ask | None:
        """The next ask, as soon as there is one; None once closed."""
        return self._queue.get()[2]

    def close(self) -> None:
        self._queue.put((-1, next(self._number), None))


class Fetcher:
    """Fetches what stands in `todo` until it is left, or `check` raises. It is never joined: it may hang."""

    def __init__(self, client: GarminClient, todo: Todo, check: Callable[[], None]) -> None:
        sys.setswitchinterval(TAKE_TURNS_EVERY_S)
        self.client = client
        self._todo, self._check = todo, check
        self._asking: Ask | None = None
        self._answers: queue.Queue[tuple[Ask, Answer]] = queue.Queue(ANSWERS_AHEAD)
        self._is_handling = False
        threading.Thread(target=self._fetch_all, name="fetch", daemon=True).start()

    def answer(self, timeout_s: float) -> tuple[Ask, Answer] | None:
        """The next ask and its answer, or None if there is none within the time. Who asks for it has handled the one
        before."""
        if self._is_handling:
            self._is_handling = False
            self._answers.task_done()
        try:
            answered = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            return None
        self._is_handling = True
        return answered

    def hanging_ask(self) -> Ask | None:
        """The ask that has hung where no time limit reaches, in a name look-up say."""
        since = self.client.pace.asking_since
        return self._asking if since is not None and time.monotonic() - since > HANGS_AFTER_S else None

    def leave(self) -> None:
        """Lets the thread end by itself. Whatever it is doing, it sends nothing more."""
        self.client.abandon()
        while self.answer(timeout_s=0):
            pass  # makes room for an answer that it may be holding

    def _fetch_all(self) -> None:
        try:
            while not self.client.pace.abandoned and (ask := self._todo.get()):
                self._asking = ask
                try:
                    self._check()
                    answer: Answer = ask.fetch(self.client)
                except (Abandoned, Cancelled, Interrupted, Superseded):
                    return
                except Exception as error:  # the worker tells what it expects from what it does not
                    answer = error
                self._asking = None
                self._answers.put((ask, answer))
                if isinstance(answer, ENDS_THE_RUN) or self.client.pace.abandoned:
                    return
                if isinstance(answer, BaseException):
                    # What it teaches may spare the next request.
                    self._answers.join()
        finally:
            connections.close_all()
