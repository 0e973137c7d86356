from syncjobs.models.job import INTERRUPTED, SyncJob
from syncjobs.models.status import Status, SyncActive, Superseded

__all__ = ["INTERRUPTED", "Status", "SyncActive", "SyncJob", "Superseded"]
