"""The owner: the one person who may sign in here."""

from django.contrib.auth.models import User


def owner() -> User:
    """The user named owner, made when first needed. They sign in by a one-time link, never by a password."""
    user, made = User.objects.get_or_create(
        username="owner", defaults={"is_staff": True, "is_superuser": True, "password": "!"}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
