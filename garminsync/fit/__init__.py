"""An activity's original file, from bytes to rows: opened, decoded, read. Pure: no network, no database."""

from garminsync.fit.activity import Recording, read_recording

__all__ = ["Recording", "read_recording"]
