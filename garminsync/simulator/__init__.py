"""A Garmin Connect on loopback: HTTP, a seeded account, faults on request.

    with Simulator(Options(days=90)) as garmin:
        client._connectapi = garmin.url

Nothing here is Django, and nothing here is used by a sync.
"""

from .options import Options
from .server import Simulator

__all__ = ["Options", "Simulator"]
