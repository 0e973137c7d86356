"""Who may do what over HTTP: a program with a token, or the owner with a session."""

from copy import copy
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from garminsync.models import ApiToken
from garminsync.models.owner import owner

if TYPE_CHECKING:  # DRF's views import this module by its setting
    from rest_framework.views import APIView


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`, made by `manage.py apitoken`. Writes nothing."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, token = get_authorization_header(request).partition(b" ")
        if not scheme:
            return None
        if scheme.lower() != b"bearer" or not token.strip():
            raise AuthenticationFailed("Send the header as: Authorization: Bearer TOKEN")
        found = ApiToken.objects.filter(sha256=ApiToken.hash(token.strip().decode("latin-1"))).first()
        if found is None:
            raise AuthenticationFailed("This token is wrong or was replaced. Make one: manage.py apitoken NAME")
        # The user is looked up only where it is needed: a poll does not.
        return SimpleLazyObject(owner), found  # type: ignore[return-value]

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="garminsync"'


class OwnerSession(SessionAuthentication):
    """The owner's session. Its CSRF token comes in the header X-CSRFToken, because the body is the view's to read."""

    def enforce_csrf(self, request: Request) -> None:
        without_body = copy(request._request)
        without_body.POST = QueryDict()
        super().enforce_csrf(without_body)  # type: ignore[arg-type]  # it takes either


class HasScope(BasePermission):
    """Looking needs any sign-in; starting and cancelling needs the scope sync, which the owner has."""

    message = "This token may only look. Make one that may start: manage.py apitoken NAME --scope sync"

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if isinstance(request.auth, ApiToken):
            return request.method in SAFE_METHODS or request.auth.scope == ApiToken.Scope.SYNC
        return bool(request.user and request.user.is_authenticated)
