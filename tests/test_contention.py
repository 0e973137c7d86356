"""Many starts at once: one wins, all others are told so, and nothing breaks."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from garminsync.simulator import Simulator
from tests.conftest import Make
from tests.processes import Home, Web, wait_until

KINDS = ("activities", "health", "workouts", "all")


def test_of_32_posts_at_once_one_starts_a_sync_in_every_round(home: Home, garmin: Simulator) -> None:
    home.sign_in(garmin)
    assert home.sql("SELECT * FROM syncjobs_syncjob") == []
    token = home.run("apitoken", "many", "--scope", "sync").stdout.strip()
    # Every sync lasts until it is cancelled.
    garmin.faults({"match": "-service/", "kind": "hang"})
    together = Barrier(32)

    def post(web: Web, number: int) -> int:
        together.wait()
        return web.call("POST", f"/garmin/{KINDS[number % 4]}")[0]

    with home.serve() as web, ThreadPoolExecutor(32) as callers:
        web.token = token
        for number in range(1, 4):
            statuses = Counter(callers.map(lambda each: post(web, each), range(32)))

            assert statuses == {202: 1, 409: 31}
            assert home.sql("SELECT run, status FROM syncjobs_syncjob") == [(number, "in_progress")]
            assert web.call("POST", "/garmin/sync/cancel")[0] == 202
            wait_until(lambda: web.status()["status"] == "cancelled")


def test_of_8_commands_at_once_one_runs_and_the_others_end_with_3(home: Home, make_garmin: Make) -> None:
    garmin = make_garmin(days=35, activities=3, basic=True)
    home.sign_in(garmin)
    assert home.sql("SELECT * FROM syncjobs_syncjob") == []
    # The winner cannot end before the last one has asked.
    garmin.faults({"match": "-service/", "kind": "latency", "seconds": 300})

    commands = [home.start("syncgarmin", KINDS[number % 4], "--json", "--quiet") for number in range(8)]
    wait_until(lambda: sum(command.poll() is not None for command in commands) == 7, seconds=110)
    winner = next(command for command in commands if command.poll() is None)
    winner.terminate()
    ended = [(command, *command.communicate(timeout=30)) for command in commands]

    losers = [(command.returncode, out, err) for command, out, err in ended if command is not winner]
    assert {code for code, _, _ in losers} == {3}
    assert {out for _, out, _ in losers} == {""}
    assert all(err.startswith("Another sync is running: ") for _, _, err in losers)
    assert winner.returncode == 143
    assert json.loads(next(out for command, out, _ in ended if command is winner))["status"] == "failed"
    assert home.sql("SELECT run, status FROM syncjobs_syncjob") == [(1, "failed")]
