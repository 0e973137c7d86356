"""Runs a work under the one claim: here, or in a daemon thread of a web server."""

import atexit
import contextlib
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

from django.db import DataError, connections

from syncjobs.heartbeat import Heartbeat
from syncjobs.models import Superseded, SyncJob
from syncjobs.run import Cancelled, Failed, Interrupted, Run

logger = logging.getLogger(__name__)

type Work[Options] = Callable[[Run, Options], None]

SECONDS_TO_END_WITH_THE_PROCESS = 5.0


def run[Options](this: Run, job_type: str, work: Work[Options], options: Options, *, trigger: str) -> None:
    """Claims the job and does the work here; the first Ctrl-C cancels it, SIGTERM ends it as failed.

    Raises SyncActive when another run holds the job, Superseded when this one lost it, and whatever the
    work raised: Cancelled, Interrupted, Failed or an error that nobody expected. The row is closed by then.
    """
    with _stopped_by_signals(this):
        this.number = SyncJob.objects.start_sync(job_type, trigger).run
        _execute(this, work, options)


def start[Options](job_type: str, work: Work[Options], options: Options, *, trigger: str) -> SyncJob:
    """Claims the job, starts the work in a daemon thread and returns the row as it was claimed.

    Raises SyncActive when another run holds the job.
    """
    this = Run()
    job = SyncJob.objects.start_sync(job_type, trigger)
    this.number = job.run
    thread = _SyncThread(this, work, options)
    # Here, after the web server has forked, and before the thread runs: the server may end at any moment.
    atexit.register(thread.end_with_the_process)
    try:
        thread.start()
    except RuntimeError as error:
        atexit.unregister(thread.end_with_the_process)
        SyncJob.objects.fail_sync(this.number, f"The sync could not be started: {error}.", {})
        raise
    return job


def _execute[Options](this: Run, work: Work[Options], options: Options) -> None:
    """Does the work and closes the row honestly, however it ends."""
    heartbeat = Heartbeat(this)
    try:
        heartbeat.start()
        work(this, options)
        SyncJob.objects.complete_sync(this.number, this.summary, is_sync=this.is_sync)
    except Superseded:
        raise  # the row is another run's now, or reads as failed by itself
    except (Cancelled, KeyboardInterrupt):
        _close(partial(SyncJob.objects.cancel_sync, this.number), this.summary)
        raise
    except BaseException as error:
        _close(partial(SyncJob.objects.fail_sync, this.number, _sentence(error)), this.summary)
        raise
    finally:
        heartbeat.stop()


def _close(end: Callable[[dict[str, Any]], None], summary: dict[str, Any]) -> None:
    """Closes the row, without the summary if that is what cannot be stored."""
    try:
        end(summary)
    except (TypeError, ValueError, DataError):
        end({})


def _sentence(error: BaseException) -> str:
    if isinstance(error, Cancelled | Failed | Interrupted | Superseded):
        sentence = str(error) or str(error.__doc__)
    else:
        # Only its kind: the text of an error that nobody expected may hold anything. The log has it.
        sentence = f"Unexpected error ({type(error).__name__}); the log says more. Please report it."
    return sentence.replace("\0", "")  # PostgreSQL refuses NUL in a text


class _SyncThread(threading.Thread):
    """A daemon thread that ends its run honestly when the server ends."""

    def __init__(self, this: Run, work: Work[Any], options: Any) -> None:
        super().__init__(name=f"sync run {this.number}", daemon=True)
        self._sync, self._work, self._options = this, work, options

    def run(self) -> None:
        try:
            _execute(self._sync, self._work, self._options)
        except (Cancelled, Failed, Interrupted, Superseded) as end:
            logger.warning("Run %s ended: %s", self._sync.number, _sentence(end))
        except BaseException:
            logger.exception("Run %s ended by an error that nobody expected.", self._sync.number)
        finally:
            connections.close_all()
            atexit.unregister(self.end_with_the_process)

    def end_with_the_process(self) -> None:
        """For atexit: asks the work to stop, and closes the row itself when it does not."""
        end = Interrupted("The server was stopped; nothing stored was lost; start again to go on.")
        self._sync.stop(end)
        self.join(SECONDS_TO_END_WITH_THE_PROCESS)
        if self.is_alive():
            with contextlib.suppress(Superseded):  # it may just have closed the row itself
                SyncJob.objects.fail_sync(self._sync.number, str(end), self._sync.summary)


@contextlib.contextmanager
def _stopped_by_signals(this: Run) -> Iterator[None]:
    """While open, signals make the run stop instead of tearing a save apart."""

    def stop(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl-C ends it the hard way
            this.stop(Cancelled("Cancelled by Ctrl-C."))
        else:
            name = signal.Signals(number).name
            this.stop(Interrupted(f"The sync was stopped by {name}; nothing stored was lost; start again."))

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stopping = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means that it goes on
        stopping.append(signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in stopping}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
