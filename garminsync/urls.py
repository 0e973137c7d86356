"""Every address, and what stands behind it."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from garminsync.sync.account import signed_in
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import sync_activities, sync_all, sync_health, sync_workouts
from garminsync.web import views
from syncjobs.views import CancelView, StartView, StatusView

admin.autodiscover()  # here: a command that serves no pages need not load them

wired = {"options": SyncOptions, "ready": signed_in}

urlpatterns = [
    path("garmin/activities", StartView.as_view(job_type="activities", work=sync_activities, **wired)),
    path("garmin/health", StartView.as_view(job_type="health", work=sync_health, **wired)),
    path("garmin/workouts", StartView.as_view(job_type="workouts", work=sync_workouts, **wired)),
    path("garmin/all", StartView.as_view(job_type="all", work=sync_all, **wired)),
    path("garmin/sync/status", StatusView.as_view(), name="sync-status"),
    path("garmin/sync/cancel", CancelView.as_view(), name="sync-cancel"),
    path("healthz", views.healthz, name="healthz"),
    path("login/", views.sign_in_page, name="login"),
    path("enter/", views.enter, name="enter"),
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("admin/login/", RedirectView.as_view(pattern_name="login")),
    path("admin/", admin.site.urls),
]

handler400 = "garminsync.web.errors.bad_request"
handler403 = "garminsync.web.errors.forbidden"
handler404 = "garminsync.web.errors.not_found"
handler500 = "garminsync.web.errors.server_error"
