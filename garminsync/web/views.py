"""Pages that are not the API: sign-in, and the sign of health."""

from django.contrib.auth import login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from sesame.utils import get_user

from garminsync import schema
from garminsync.web.errors import answer


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 whenever the database answers and is migrated, else 503. Says nothing private."""
    try:
        missing = schema.missing_migrations()
    except (DatabaseError, schema.SchemaError):
        return answer(request, 503, "The database does not answer, or does not fit this code.")
    if missing:
        return answer(request, 503, "The database must be migrated first.")
    return JsonResponse({"status": "ok"})


@require_GET
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """How to sign in: there is no password."""
    return render(request, "login.html")


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The one-time link. Opening it changes nothing, because mail programs and browsers look ahead at
    links; the button on it signs in."""
    user = get_user(request, update_last_login=False)
    if user is None:
        return answer(request, 403, "This link has been used or is too old. Make a new one: manage.py signinlink")
    if request.method == "GET":
        return render(request, "enter.html")
    login(request, user)  # the link is used up by this
    return redirect("home")
