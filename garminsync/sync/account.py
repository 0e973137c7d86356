"""The owner's sign-in to Garmin: where its token rests, and a client that uses it."""

from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone

from garminsync.client import GarminClient, GarminError, Profile
from garminsync.models import Account, GarminToken
from syncjobs.run import Run

NOT_SIGNED_IN = "Not signed in to Garmin. Run: manage.py garminlogin"
OF_A_SIMULATOR = (
    "This home is signed in to a simulated Garmin, and GARMIN_API_URL, which names its address, is not set. "
    "Set it, or use another GARMINSYNC_HOME for your own account."
)
NOT_OF_A_SIMULATOR = (
    "This home is signed in to Garmin itself, and GARMIN_API_URL names a simulator. "
    "Unset it, or use another GARMINSYNC_HOME for the simulator."
)
REFUSED = "Garmin no longer accepts the sign-in. Run: manage.py garminlogin"


class OtherAccount(GarminError):
    """This is another person's Garmin account."""


class StoredToken:
    """The TokenStore of this home. Not fenced: a rotated token must be kept even by a run that lost the job."""

    def read(self) -> str:
        close_old_connections()  # this thread's may have been idle for hours
        row = GarminToken.objects.filter(pk=1).first()
        return row.open() if row else ""

    def replace(self, old: str, new: str) -> None:
        with transaction.atomic():
            row = GarminToken.objects.select_for_update().filter(pk=1).first()
            if row is None or row.open() == old:
                GarminToken.keep(new)

    def refuse(self, token: str) -> None:
        with transaction.atomic():
            row = GarminToken.objects.select_for_update().filter(pk=1).first()
            if row is not None and row.open() == token:
                GarminToken.objects.filter(pk=1).update(accepted=False)

    def postpone(self) -> None:
        GarminToken.objects.filter(pk=1).update(refresh_failed_at=timezone.now())

    def may_refresh(self) -> bool:
        row = GarminToken.objects.filter(pk=1).first()
        return row is not None and row.may_refresh()


class NewToken:
    """The TokenStore of a sign-in that is not kept yet."""

    def __init__(self, token: str) -> None:
        self.token = token

    def read(self) -> str:
        return self.token

    def replace(self, old: str, new: str) -> None:
        self.token = new

    def refuse(self, token: str) -> None:
        pass

    def postpone(self) -> None:
        pass

    def may_refresh(self) -> bool:
        return True


def signed_in() -> str:
    """What is missing before a sync can start, or ""."""
    row = GarminToken.objects.filter(pk=1).first()
    if row is None or not row.open() or not Account.objects.exists():
        return NOT_SIGNED_IN
    if row.simulated is not None and row.simulated != bool(settings.GARMIN_API_URL):
        # A token goes to nobody but whom it is from.
        return OF_A_SIMULATOR if row.simulated else NOT_OF_A_SIMULATOR
    return "" if row.accepted else REFUSED


def connect(run: Run) -> GarminClient:
    """A client for this run: its waits end when the run must stop, its tries are signs of life."""

    def wait(seconds: float, why: str) -> None:
        run.wait(seconds, why)

    return GarminClient(StoredToken(), wait, url=settings.GARMIN_API_URL, rate=settings.GARMINSYNC_RATE)


def save_sign_in(token: str, profile: Profile) -> Account:
    """Keeps a sign-in; raises OtherAccount when this home already belongs to somebody else."""
    with transaction.atomic():
        known = Account.objects.select_for_update().filter(pk=1).first()
        if known and known.profile_id != profile.profile_id:
            raise OtherAccount(
                f"This is another person's Garmin account ({profile.full_name or profile.display_name}); "
                f"this home holds the data of {known}. Use another GARMINSYNC_HOME for it."
            )
        account, _ = Account.objects.update_or_create(
            pk=1,
            defaults={
                "profile_id": profile.profile_id,
                "display_name": profile.display_name,
                "full_name": profile.full_name,
                # A zone once known is better than none.
                "time_zone": profile.time_zone or (known.time_zone if known else ""),
            },
        )
        GarminToken.keep(token)
    return account
