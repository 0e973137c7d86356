"""python -m tests.recorded DIR: reads only, and needs neither a database nor a network."""

import os
import sys
from pathlib import Path

import django

os.environ.pop("ENGINE", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # a home of its own, gone afterwards
django.setup()

from tests.processes import CLONE  # noqa: E402
from tests.recorded.report import Recordings, report  # noqa: E402

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CLONE.parent / "shared" / "recorded"
sys.exit(report(Recordings(folder)))
