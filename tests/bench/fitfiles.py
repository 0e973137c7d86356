"""python -m tests.bench.fitfiles DIR: sound FIT files read by garmin-fit-sdk alone and by us, as one JSON object.

A process of its own, because it imports much."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from garmin_fit_sdk import Decoder, Stream

from garminsync.fit import read_recording
from garminsync.fit.activity import decode_with_sdk, recording_of
from garminsync.simulator.account import Account
from garminsync.simulator.fitfiles import fit_file
from garminsync.simulator.options import Options

ROUNDS = 5


def decoded_by_garmin(content: bytes) -> tuple[Any, list[Exception]]:
    messages, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
    return messages, errors


def simulated_files() -> list[bytes]:
    options = Options(now="2026-07-10T15:30:00Z", days=20, activities=9)
    return [fit_file(each, options) for each in Account(options).activities() if not each.manual]


def sound_files(folder: Path) -> list[bytes]:
    """Those of the folder that garmin-fit-sdk reads without an error."""
    files = [path.read_bytes() for path in sorted(folder.glob("*.fit"))]
    return [file for file in files if not decoded_by_garmin(file)[1]]


def seconds(read: Callable[[bytes], Any], files: list[bytes]) -> float:
    """Of each file the best of some rounds: another program can only slow one down."""

    def once(file: bytes) -> float:
        started = time.process_time()
        read(file)
        return time.process_time() - started

    return sum(min(once(file) for _ in range(ROUNDS)) for file in files)


def measure(folder: Path) -> dict[str, Any]:
    recorded = sound_files(folder)
    files = recorded or simulated_files()
    size = sum(map(len, files)) / 1000
    ours, garmins = seconds(read_recording, files), seconds(decoded_by_garmin, files)
    differing = [1 for file in files if read_recording(file) != recording_of(*decode_with_sdk(file))]
    return {
        "files": f"{len(files)} {'recorded' if recorded else 'simulated'}",
        "kB": round(size),
        "kB/s by garmin-fit-sdk": round(size / garmins),
        "kB/s by us, rows included": round(size / ours),
        "ratio": round(garmins / ours, 1),
        "files with other values": len(differing),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
