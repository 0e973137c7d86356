"""Start, watch and cancel the one job over HTTP. Wired where URLs are declared; the status view must be named
sync-status there."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from pydantic import BaseModel
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from syncjobs import runner
from syncjobs.bodies import read_body
from syncjobs.models import Status, SyncActive, SyncJob
from syncjobs.problems import Problem
from syncjobs.serializers import SyncJobSerializer

POLL_AGAIN_S = "1"


class StartView(APIView):
    """POST starts `work` as `job_type`: 202 with the job, or 400, 409, 424 in this order.

    `options` is the pydantic model of the body, `ready` returns what is missing before it can start, or "".
    """

    http_method_names = ["post"]  # without OPTIONS, whose name the body's model has
    job_type: str = ""
    options: type[BaseModel] = BaseModel  # type: ignore[assignment]
    work: Callable[[Any, Any], None] | None = None
    ready: Callable[[], str] = staticmethod(lambda: "")

    def post(self, request: Request) -> Response:
        assert self.work is not None, "give the work where the URL is declared"  # noqa: S101
        options = read_body(request, self.options)
        job = SyncJob.objects.get_current_sync_status()
        if job.status == Status.IN_PROGRESS:
            raise _conflict(job)
        if missing := self.ready():
            raise Problem(424, missing)
        try:
            job = runner.start(self.job_type, self.work, options, trigger="api")
        except SyncActive as active:
            raise _conflict(active.job) from active
        headers = {"Location": reverse("sync-status"), "Retry-After": POLL_AGAIN_S}
        return Response(SyncJobSerializer(job).data, 202, headers=headers)


class StatusView(APIView):
    """GET answers the job as it is now. Writes nothing, so poll as often as you like."""

    def get(self, request: Request) -> HttpResponseBase:
        job = SyncJob.objects.get_current_sync_status()
        data = SyncJobSerializer(job).data
        etag = f'"{hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:32]}"'
        response = get_conditional_response(request._request, etag=etag) or Response(data)
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        if job.status == Status.IN_PROGRESS:
            response["Retry-After"] = POLL_AGAIN_S  # Django would drop it from a 304
        return response


class CancelView(APIView):
    """POST asks the running sync to stop, which it does within a second: 202, or 409 when none runs."""

    def post(self, request: Request) -> Response:
        if not SyncJob.objects.request_cancel():
            raise Problem(409, "No sync is running, so there is nothing to cancel.")
        job = SyncJob.objects.get_current_sync_status()
        return Response(SyncJobSerializer(job).data, 202, headers={"Location": reverse("sync-status")})


def _conflict(job: SyncJob) -> Problem:
    return Problem(
        409,
        "A sync is already running; wait for it to end or cancel it.",
        job=SyncJobSerializer(job).data,
    )
