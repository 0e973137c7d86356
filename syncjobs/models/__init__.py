from syncjobs.models.job import INTERRUPTED, SyncJob
from syncjobs.models.status import Status, Superseded, SyncActive

__all__ = ["INTERRUPTED", "Status", "Superseded", "SyncActive", "SyncJob"]
