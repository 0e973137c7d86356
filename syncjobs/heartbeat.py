"""The thread that keeps a run's lease, hears of its cancel and shows its waiting."""

import logging
import threading
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connections

from syncjobs.models import Superseded, SyncJob
from syncjobs.run import Cancelled, Run

logger = logging.getLogger(__name__)


class Heartbeat:
    """Looks at the row twice a second and renews the lease every few seconds, until stopped."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of run {run.number}", daemon=True)
        self._renewed = time.monotonic()
        self._shown: datetime | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(settings.SYNCJOBS_POLL_S + 1)

    def _beat(self) -> None:
        try:
            while not self._over.wait(settings.SYNCJOBS_POLL_S):
                try:
                    self._look()
                except Superseded as lost:
                    self._run.stop(lost)
                    return
                except DatabaseTrouble as error:
                    # Busy, or the connection was lost: look again in half a second; the lease is longer.
                    logger.info("The heartbeat could not reach the database: %s", error)
                    close_old_connections()
        finally:
            connections.close_all()

    def _look(self) -> None:
        row = SyncJob.objects.filter(run=self._run.number).only("cancel_requested").first()
        if row is None:
            raise Superseded("Another run took over.")
        if row.cancel_requested:
            self._run.stop(Cancelled())
        until = self._run.waiting_until
        news = self._news(until)
        due = time.monotonic() - self._renewed >= settings.SYNCJOBS_HEARTBEAT_S
        if news or (due and self._run.shows_life()):
            SyncJob.objects.update_progress(self._run.number, **news)
            self._renewed = time.monotonic()
            self._shown = until

    def _news(self, until: datetime | None) -> dict[str, Any]:
        """The columns of a wait that has begun or ended since they were last written."""
        if until == self._shown:
            return {}
        news: dict[str, Any] = {"waiting_until": until, "eta": self._run.eta()}
        if until is not None:
            news["details"] = self._run.waiting_why
        return news
