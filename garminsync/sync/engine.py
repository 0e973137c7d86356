"""The pipeline: one thread fetches, this one parses and saves, and every save is a step of progress."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Self

from django.utils import timezone

from garminsync.client import ENDS_THE_RUN, BadAnswer, GarminClient, GarminError, Unavailable
from garminsync.schemas.answers import NotUnderstood
from garminsync.sync.asks import DAYS, LAST, LISTS, Ask, Step
from garminsync.sync.fetcher import Answer, Fetcher, Todo
from garminsync.sync.ledger import Tally
from garminsync.sync.patience import Patience
from garminsync.sync.refusals import WHY, ask_for_anything, save_doubted, save_refused
from syncjobs.run import Failed, Progress, Run

LOOK_EVERY_S = 0.2


class Engine:
    """Makes all asks of one run; `tally` tells what came of it, `requests` how many were sent."""

    def __init__(self, run: Run, connect: Callable[[], GarminClient], tally: Tally, done: int = 0) -> None:
        """`done` counts what the run has done before."""
        self.tally = tally
        self._run, self._connect = run, connect
        self._known = self._done = done
        self._requests_before = 0
        self._patience = Patience()
        self._lists = 0
        self._probing = False
        self._held: list[Ask] = []
        self._probe = ask_for_anything()
        # When Garmin last gave something.
        self._answered_at = timezone.now()
        self._todo = Todo()
        self._fetcher = self._new_fetcher()

    @property
    def requests(self) -> int:
        return self._requests_before + self._fetcher.client.requests

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._todo.close()
        self._fetcher.leave()

    def go(self, asks: Iterable[Ask]) -> None:
        """Returns when nothing is left to ask. Raises Failed when Garmin will answer nothing more."""
        self._plan(asks)
        while self._done < self._known:
            self._handle(*self._next())
        if self._patience.is_refused:
            self.save(partial(save_refused, self._answered_at))

    def save(self, write: Callable[[], None]) -> None:
        """Writes something that belongs to no single answer."""
        with self._run.saving(Progress(self._done, self._known, "Finishing")):
            write()

    def _plan(self, asks: Iterable[Ask]) -> None:
        """Lists first: everything else waits for them, so that the total is known when it begins."""
        for ask in asks:
            self._known += 1
            if ask.rank == LISTS:
                self._lists += 1
                self._todo.put(ask)
            else:
                self._held.append(ask)
        if not self._lists:
            for ask in self._held:
                self._todo.put(ask)
            self._held.clear()

    def _next(self) -> tuple[Ask, Answer]:
        """The next answer. Looks up often, so that a cancel never waits for Garmin."""
        while True:
            self._run.check()
            if answered := self._fetcher.answer(LOOK_EVERY_S):
                return answered
            if hanging := self._fetcher.hanging_ask():
                self._fetcher.leave()
                self._requests_before = self.requests
                self._fetcher = self._new_fetcher()
                return hanging, Unavailable("Garmin did not answer at all")

    def _new_fetcher(self) -> Fetcher:
        try:
            return Fetcher(self._connect(), self._todo, self._run.check)
        except GarminError as error:
            raise Failed(str(error)) from error

    def _handle(self, ask: Ask, answer: Answer) -> None:
        was_refused, fatal = self._patience.is_refused, self._what_ends_it(ask, answer)
        self.tally.tries_count = self._patience.has_answered and not fatal
        step = self._step(ask, answer)
        self._done += 1
        self._lists -= ask.rank == LISTS
        self._plan(() if fatal else step.more)
        found = f"; {len(step.more)} more to ask for" if step.more else ""
        with self._run.saving(Progress(self._done, self._known, ask.label + found)):
            if was_refused and not isinstance(answer, BaseException):
                save_refused(self._answered_at)
            step.save(self.tally)
            if fatal and self._patience.is_in_doubt:
                save_doubted(self._answered_at)
        if not isinstance(answer, BaseException):
            self._answered_at = timezone.now()
        if fatal:
            left = self._known - self._done
            later = f" Left for next time: {left} requests." if left else ""
            why = f"{WHY}: {fatal}" if self._patience.is_in_doubt else str(fatal)
            raise Failed(f"{why.rstrip('.')}.{later}") from fatal

    def _what_ends_it(self, ask: Ask, answer: Answer) -> Exception | None:
        """The reason why asking on would be in vain, or harm. Many days in a row may be bad ones, asked first
        because they failed before, or without anything: whether Garmin answers at all, a small request tells."""
        self._patience.note(answer)
        self._fetcher.client.hasty = self._patience.hasty
        if isinstance(answer, ENDS_THE_RUN):
            return answer
        if ask is self._probe:
            self._probing = False
            if isinstance(answer, GarminError):
                return answer
            self._patience.ask_less_often()
        if not isinstance(answer, GarminError) or not answer.sent:
            return None
        in_trouble = isinstance(answer, Unavailable) and self._patience.is_at_its_end
        if in_trouble and ask.rank not in (DAYS, LAST):
            return answer
        if (in_trouble or self._patience.is_in_doubt) and not self._probing:
            self._probing = True
            self._plan([self._probe])
        return None

    def _step(self, ask: Ask, answer: Answer) -> Step:
        if isinstance(answer, BaseException) and not isinstance(answer, GarminError):
            raise answer
        try:
            return ask.give_up(answer) if isinstance(answer, GarminError) else ask.read(answer)
        except NotUnderstood as error:
            return ask.give_up(BadAnswer(str(error)))
