"""Django admin: the job with its buttons, and what is stored, to look at only."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import CompositePrimaryKey, Model
from django.http import HttpRequest

from garminsync.datasets import DATASETS
from garminsync.models import Account, Activity, Coverage, Day, Night, Payload, Problem, Workout
from garminsync.sync.account import signed_in
from garminsync.sync.options import SyncOptions
from garminsync.sync.works import WORKS
from syncjobs.admin import SyncJobAdmin
from syncjobs.models import SyncJob

admin.site.site_header = admin.site.site_title = "garminsync"
admin.site.unregister([User, Group])  # there is one owner, and they sign in by a link


@admin.register(SyncJob)
class GarminSyncJobAdmin(SyncJobAdmin):
    works = WORKS
    options = SyncOptions
    ready = staticmethod(signed_in)


class StoredAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list to look at: everything in it is made by a sync."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Day)
class DayAdmin(StoredAdmin):
    list_display = ("date", "steps", "distance_m", "resting_hr_bpm", "stress_avg", "body_battery_high")
    date_hierarchy = "date"


@admin.register(Night)
class NightAdmin(StoredAdmin):
    list_display = ("date", "start_time", "end_time", "sleep_s", "score", "hrv_avg_ms")
    date_hierarchy = "date"


@admin.register(Activity)
class ActivityAdmin(StoredAdmin):
    list_display = ("__str__", "type", "start_time", "distance_m", "duration_s", "avg_hr_bpm")
    list_filter = ("type",)
    search_fields = ("name", "activity_id")


@admin.register(Workout)
class WorkoutAdmin(StoredAdmin):
    list_display = ("__str__", "sport", "updated_time", "estimated_duration_s")
    search_fields = ("name",)


def register_the_rest() -> None:
    """Every other table of the datasets that the admin can show (it knows no keys of several columns)."""
    for model in dict.fromkeys(table.model for dataset in DATASETS for table in dataset.tables):
        if not isinstance(model._meta.pk, CompositePrimaryKey) and not admin.site.is_registered(model):
            shown = [field.name for field in model._meta.concrete_fields][:COLUMNS_SHOWN]
            admin.site.register(model, type(f"{model.__name__}Admin", (StoredAdmin,), {"list_display": shown}))


COLUMNS_SHOWN = 7
register_the_rest()


@admin.register(Account)
class AccountAdmin(StoredAdmin):
    list_display = ("__str__", "time_zone", "first_day", "device_synced_at")


@admin.register(Payload)
class PayloadAdmin(StoredAdmin):
    list_display = ("dataset", "key", "fetched_at")
    list_filter = ("dataset",)
    search_fields = ("key",)
    exclude = ("body",)


@admin.register(Coverage)
class CoverageAdmin(StoredAdmin):
    list_display = ("dataset", "key", "state", "tries", "asked_at", "reason")
    list_filter = ("dataset", "state")
    search_fields = ("key",)


@admin.register(Problem)
class ProblemAdmin(StoredAdmin):
    list_display = ("dataset", "key", "reason", "seen_at")
    list_filter = ("dataset",)
