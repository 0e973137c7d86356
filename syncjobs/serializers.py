"""How a job leaves: the columns a person or a program may see, in this order."""

from rest_framework import serializers

from syncjobs.models import SyncJob


class SyncJobSerializer(serializers.ModelSerializer[SyncJob]):
    class Meta:
        model = SyncJob
        fields = (
            "status",
            "job_type",
            "progress",
            "details",
            "done",
            "total",
            "start_time",
            "end_time",
            "eta",
            "waiting_until",
            "error_message",
            "last_completed_at",
            "failures_in_a_row",
        )
        read_only_fields = fields
