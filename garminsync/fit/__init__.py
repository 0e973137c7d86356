"""An activity's original file and the files of a day, from bytes to rows: opened, decoded, read. Pure: no network,
no database."""

from garminsync.fit.activity import Recording, read_recording
from garminsync.fit.monitoring import DaySeries, Monitoring, read_monitoring
from garminsync.fit.opening import is_file

__all__ = ["DaySeries", "Monitoring", "Recording", "is_file", "read_monitoring", "read_recording"]
