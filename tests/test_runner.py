"""How runs end, here and in a thread, with a work that knows nothing of Garmin."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from pydantic import BaseModel
from rest_framework.test import APIRequestFactory

from syncjobs import runner
from syncjobs.models import INTERRUPTED, Status, SyncActive, SyncJob
from syncjobs.run import Cancelled, Failed, Interrupted, Progress, Run, Superseded
from syncjobs.views import StartView
from tests.processes import CLONE, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
status = SyncJob.objects.get_current_sync_status


# Another kind of work, in ten lines


class Order(BaseModel):
    loaves: int = 3


def bake(run: Run, order: Order) -> None:
    for number in range(1, order.loaves + 1):
        run.wait(0.01)  # the oven; ends at once when cancelled
        with run.saving(Progress(number, order.loaves, f"loaf {number}")):
            Group.objects.create(name=f"loaf {number}")
    run.summary = {"new": order.loaves}


bakery = StartView.as_view(job_type="bread", options=Order, work=bake, authentication_classes=[], permission_classes=[])


def ended() -> SyncJob:
    """The job, as soon as its thread is over."""
    wait_until(lambda: not any(thread.name.startswith("sync run") for thread in threading.enumerate()))
    return status()


def test_another_kind_of_work_runs_here() -> None:
    reports: list[Progress] = []

    runner.run(Run(reports.append), "bread", bake, Order(loaves=2), trigger="command")

    job = status()
    assert (job.status, job.job_type, job.done, job.total) == (Status.COMPLETED, "bread", 2, 2)
    assert job.summary == {"new": 2}
    assert reports == [Progress(1, 2, "loaf 1"), Progress(2, 2, "loaf 2")]
    assert Group.objects.count() == 2


def test_another_kind_of_work_runs_in_a_thread() -> None:
    claimed = runner.start("bread", bake, Order(), trigger="page")

    job = ended()

    assert (claimed.status, claimed.done) == (Status.IN_PROGRESS, 0)
    assert (job.status, job.trigger, job.done, Group.objects.count()) == (Status.COMPLETED, "page", 3, 3)


def test_another_kind_of_work_is_wired_where_urls_are_declared() -> None:
    answer = bakery(APIRequestFactory().post("/bread", {"loaves": 2}, format="json"))

    assert answer.status_code == 202
    assert answer.data["status"] == "in_progress"
    assert (ended().status, Group.objects.count()) == (Status.COMPLETED, 2)


@dataclass
class Folder:
    name: str


class Report:
    """Stands in for a model of that other project."""

    class objects:
        @staticmethod
        def create(folder: Folder, found: int) -> None:
            Group.objects.create(name=f"{folder.name}: {found}")


def test_the_ten_lines_of_the_readme_work_as_they_stand() -> None:
    blocks = [block.split("```")[0] for block in (CLONE / "README.md").read_text().split("```python\n")[1:]]
    lines = next(block for block in blocks if "runner.start" in block)
    theirs = {
        "Folder": Folder,
        "Report": Report,
        "scan": lambda folder: 7,
        "folders": [Folder("attic"), Folder("shed")],
    }

    exec(lines, theirs)

    job = ended()
    assert (job.status, job.job_type, job.done, job.total) == (Status.COMPLETED, "tidy", 2, 2)
    assert set(Group.objects.values_list("name", flat=True)) == {"attic: 7", "shed: 7"}


# How a run ends


def raising(error: BaseException) -> runner.Work[None]:
    def work(run: Run, options: None) -> None:
        run.summary = {"new": 1}
        raise error

    return work


REPORT_IT = "Unexpected error ({}); the log says more. Please report it."
ENDS = [
    (Failed("The oven is cold."), "failed", "The oven is cold."),
    (Failed(), "failed", "The work could not do all it had planned; its text is shown to a person as it is."),
    (Failed("The oven\0is cold."), "failed", "The ovenis cold."),
    (Interrupted("The power went."), "failed", "The power went."),
    (ValueError("no flour\0"), "failed", REPORT_IT.format("ValueError")),
    (SystemExit(3), "failed", REPORT_IT.format("SystemExit")),
    (GeneratorExit(), "failed", REPORT_IT.format("GeneratorExit")),
    (Cancelled(), "cancelled", None),
    (KeyboardInterrupt(), "cancelled", None),
]


@pytest.mark.parametrize(("error", "state", "message"), ENDS, ids=[repr(end[0]) for end in ENDS])
def test_a_run_here_closes_its_row_and_raises_what_the_work_raised(
    error: BaseException, state: str, message: str | None
) -> None:
    with pytest.raises(type(error)) as raised:
        runner.run(Run(), "bread", raising(error), None, trigger="command")

    stored = SyncJob.objects.get()
    assert raised.value is error
    assert (stored.status, stored.error_message, stored.summary) == (state, message, {"new": 1})
    assert stored.end_time is not None


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Failed("cold"), "failed"),
        (ValueError("no flour"), "failed"),
        (SystemExit(3), "failed"),
        (Cancelled(), "cancelled"),
    ],
)
def test_a_run_in_a_thread_closes_its_row_however_the_work_ends(error: BaseException, state: str) -> None:
    runner.start("bread", raising(error), None, trigger="page")

    assert ended().status == state
    assert SyncJob.objects.get().end_time is not None


def test_an_expected_end_of_a_thread_is_logged_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    runner.start("bread", raising(Cancelled()), None, trigger="page")
    ended()

    assert caplog.messages == ["Run 1 ended: The sync was cancelled."]


@pytest.mark.parametrize("summary", [{"loaf": object()}, {"loaf": {1}}])
@pytest.mark.parametrize(("error", "state"), [(None, "failed"), (Failed("cold"), "failed"), (Cancelled(), "cancelled")])
def test_a_summary_that_cannot_be_stored_leaves_no_row_open(
    summary: dict[str, Any], error: Exception | None, state: str
) -> None:
    def work(run: Run, options: None) -> None:
        run.summary = summary
        if error:
            raise error

    with pytest.raises((TypeError, Failed, Cancelled)):
        here(work)

    stored = SyncJob.objects.get()
    assert (stored.status, stored.summary) == (state, {})


def test_a_second_run_is_refused_before_its_work_begins() -> None:
    SyncJob.objects.start_sync("bread")

    with pytest.raises(SyncActive):
        runner.run(Run(), "bread", raising(AssertionError()), None, trigger="command")
    with pytest.raises(SyncActive):
        runner.start("bread", raising(AssertionError()), None, trigger="page")

    assert status().status == Status.IN_PROGRESS


@pytest.fixture
def _no_threads() -> Iterator[None]:
    """No thread can start, since none can have so large a stack."""
    threading.stack_size(2**46)
    yield
    threading.stack_size(0)


def in_a_thread(work: runner.Work[None]) -> None:
    runner.start("bread", work, None, trigger="page")


def here(work: runner.Work[None]) -> None:
    runner.run(Run(), "bread", work, None, trigger="command")


@pytest.mark.usefixtures("_no_threads")
@pytest.mark.parametrize("run", [in_a_thread, here])
def test_a_thread_that_cannot_start_leaves_a_failed_row(run: Callable[[runner.Work[None]], None]) -> None:
    with pytest.raises(RuntimeError, match="can't start new thread"):
        run(raising(AssertionError()))

    stored = SyncJob.objects.get()
    assert stored.status == Status.FAILED
    assert stored.error_message


# What makes a run stop


def test_a_cancel_ends_a_run_that_waits_within_a_second() -> None:
    runner.start("bread", lambda run, options: run.wait(20), None, trigger="page")

    SyncJob.objects.request_cancel()

    wait_until(lambda: status().status == Status.CANCELLED, seconds=2)
    ended()


def test_a_cancel_ends_a_run_that_saves_without_a_pause() -> None:
    def work(run: Run, options: None) -> None:
        for number in range(1_000_000):
            with run.saving(Progress(number, 1_000_000, "crumbs")):
                pass

    runner.start("bread", work, None, trigger="page")
    SyncJob.objects.request_cancel()

    assert ended().status == Status.CANCELLED


@pytest.mark.parametrize(
    ("number", "raised", "state"),
    [
        (signal.SIGINT, Cancelled, "cancelled"),
        (signal.SIGTERM, Interrupted, "failed"),
        (signal.SIGHUP, Interrupted, "failed"),
    ],
)
def test_a_signal_ends_a_run_here_and_the_handlers_are_as_before(
    number: signal.Signals, raised: type[Exception], state: str
) -> None:
    before = signal.getsignal(number)

    def work(run: Run, options: None) -> None:
        signal.raise_signal(number)
        run.wait(20)

    with pytest.raises(raised):
        here(work)

    assert status().status == state
    assert signal.getsignal(number) is before


def test_a_second_ctrl_c_ends_a_work_that_does_not_listen() -> None:
    def work(run: Run, options: None) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        here(work)

    assert status().status == Status.CANCELLED


# The lease


@pytest.fixture
def _quick(settings: Any) -> None:
    settings.SYNCJOBS_LEASE_S = 0.8
    settings.SYNCJOBS_HEARTBEAT_S = 0.05
    settings.SYNCJOBS_POLL_S = 0.02
    settings.SYNCJOBS_SILENCE_S = 0.1


@pytest.mark.usefixtures("_quick")
def test_a_silent_work_loses_its_lease_and_stores_nothing_when_it_wakes() -> None:
    wake, raised = threading.Event(), list[Exception]()

    def work(run: Run, options: None) -> None:
        wake.wait(20)
        try:
            bake(run, Order())
        except Exception as error:
            raised.append(error)
            raise

    in_a_thread(work)
    wait_until(lambda: status().status == Status.FAILED)
    wake.set()

    assert ended().error_message == INTERRUPTED
    assert [type(error) for error in raised] == [Superseded]
    assert not Group.objects.exists()


def call_slowly(run: Run) -> None:
    time.sleep(0.05)
    run.sign_of_life()


def save_slowly(run: Run) -> None:
    time.sleep(0.05)
    with run.saving(Progress(0, 0, "")):
        pass


def wait(run: Run) -> None:
    run.wait(0.05)


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("alive", [call_slowly, save_slowly, wait])
def test_a_work_that_shows_life_keeps_its_lease(alive: Callable[[Run], None]) -> None:
    def work(run: Run, options: None) -> None:
        for _ in range(25):
            alive(run)

    in_a_thread(work)

    assert ended().status == Status.COMPLETED


@pytest.mark.usefixtures("_quick")
def test_a_run_that_was_superseded_hears_of_it_while_it_waits() -> None:
    def work(run: Run, options: None) -> None:
        SyncJob.objects.update(run=run.number + 1)
        run.wait(20)

    with pytest.raises(Superseded):
        here(work)

    assert SyncJob.objects.get().status == Status.IN_PROGRESS
