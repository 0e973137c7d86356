"""An activity's original file, from bytes to rows: opened, decoded, read. Pure: no network, no database."""

from garminsync.fit.activity import Recording, read_recording
from garminsync.fit.opening import is_file

__all__ = ["Recording", "is_file", "read_recording"]
