"""Real processes on the very database of the test, so that it sees what they store without asking them."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.processes import Home


def shared_home(**env: str) -> Home:
    """A Home whose commands use the database and the key of this test (which needs transaction=True)."""
    name = str(connection.settings_dict["NAME"])
    url = os.environ.get("DATABASE_URL", "").replace("/postgres?", f"/{name}?") or f"sqlite:///{name}"
    return Home(Path(settings.HOME), url, env)
