"""The job's page in Django admin: read-only, with Start and Cancel through the same claim as everybody."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from syncjobs import runner
from syncjobs.models import SyncActive, SyncJob


class SyncJobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Subclass it to name the works: `works` by job type, their `options`, and `ready` as in StartView."""

    works: Mapping[str, Callable[..., None]] = {}
    options: Callable[[], Any]
    ready: Callable[[], str] = staticmethod(lambda: "")

    change_form_template = "admin/syncjobs/syncjob/change_form.html"
    fields = (
        "status", "job_type", "trigger", "bar", "details", "start_time", "end_time", "eta",
        "waiting_until", "error_message", "summary", "last_completed_at", "failures_in_a_row",
    )  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SyncJob | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SyncJob | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SyncJob:
        return SyncJob.objects.get_current_sync_status()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self._page()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        active = SyncJob.objects.is_sync_active()
        context = {"works": [] if active else list(self.works), "active": active}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description="progress")
    def bar(self, job: SyncJob) -> SafeString:
        """A bar, the share in words, and the units it counts."""
        return format_html(
            '<progress max="1" value="{}"></progress> {} % ({} of {})',
            job.progress,
            int(job.progress * 100),
            job.done,
            job.total,
        )

    def get_urls(self) -> list[URLPattern]:
        start = require_POST(self.admin_site.admin_view(self.start_view))
        cancel = require_POST(self.admin_site.admin_view(self.cancel_view))
        return [
            path("start/<str:job_type>/", start, name="syncjobs_syncjob_start"),
            path("cancel/", cancel, name="syncjobs_syncjob_cancel"),
            *super().get_urls(),
        ]

    def start_view(self, request: HttpRequest, job_type: str) -> HttpResponse:
        if job_type not in self.works:
            messages.error(request, f"There is no sync of {job_type}.")
        elif missing := self.ready():
            messages.error(request, missing)
        else:
            try:
                runner.start(job_type, self.works[job_type], self.options(), trigger="admin")
            except SyncActive as active:
                messages.error(request, str(active))
        return self._page()

    def cancel_view(self, request: HttpRequest) -> HttpResponse:
        if not SyncJob.objects.request_cancel():
            messages.error(request, "No sync is running, so there is nothing to cancel.")
        return self._page()

    def _page(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:syncjobs_syncjob_change", args=[1]))
