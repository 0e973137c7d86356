"""The two kinds of token: ours for Garmin, sealed; a program's for us, hashed."""

import hashlib
import secrets
from datetime import timedelta
from typing import Self

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models
from django.utils import timezone

REFRESH_AGAIN_AFTER = timedelta(seconds=60)


class GarminToken(models.Model):
    """The sign-in to Garmin: one row, sealed with the home's key from its first day."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sealed = models.BinaryField()
    accepted = models.BooleanField(default=True, help_text="False once Garmin has refused it for good")
    saved_at = models.DateTimeField(auto_now=True)
    refresh_failed_at = models.DateTimeField(null=True, default=None)
    simulated = models.BooleanField(null=True, default=None, help_text="Got from the address in GARMIN_API_URL")

    class Meta:
        verbose_name = "sign-in to Garmin"
        constraints = [
            models.CheckConstraint(name="garmintoken_is_the_only_row", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return "accepted" if self.accepted else "refused: sign in again"

    @classmethod
    def keep(cls, token: str) -> Self:
        """Seals and saves a token that has just been accepted."""
        sealed = Fernet(settings.FERNET_KEY).encrypt(token.encode())
        row, _ = cls.objects.update_or_create(
            pk=1,
            defaults={
                "sealed": sealed,
                "accepted": True,
                "refresh_failed_at": None,
                "simulated": bool(settings.GARMIN_API_URL),
            },
        )
        return row

    def open(self) -> str:
        """The token, or "" when it was sealed with another key."""
        try:
            return Fernet(settings.FERNET_KEY).decrypt(bytes(self.sealed)).decode()
        except InvalidToken:
            return ""

    def may_refresh(self) -> bool:
        failed = self.refresh_failed_at
        return failed is None or timezone.now() - failed > REFRESH_AGAIN_AFTER


class ApiToken(models.Model):
    """A program's token for our API. Only its hash rests here; a token is shown once, when made."""

    class Scope(models.TextChoices):
        # May look.
        READ = "read"
        # May look, start and cancel.
        SYNC = "sync"

    name = models.CharField(max_length=64, primary_key=True)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.READ)
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "API token"

    def __str__(self) -> str:
        return f"{self.name} ({self.scope})"

    @classmethod
    def make(cls, name: str, scope: str) -> str:
        """A new token for `name`; one it had before stops working."""
        token = secrets.token_urlsafe(32)
        cls.objects.update_or_create(name=name, defaults={"scope": scope, "sha256": cls.hash(token)})
        return token

    @staticmethod
    def hash(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
