"""Pages that are not the API: sign-in, and the sign of health."""

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from sesame.utils import get_user

from garminsync import database
from garminsync.web.errors import answer, only


@csrf_exempt
@only("GET", "HEAD")
def healthz(request: HttpRequest) -> HttpResponse:
    """200 whenever the database answers and is migrated, else 503. Says nothing private."""
    try:
        missing = database.missing_migrations()
    except (DatabaseTrouble, database.DoesNotFit):
        return answer(request, 503, "The database does not answer, or does not fit this code.")
    if missing:
        return answer(request, 503, "The database must be migrated first.")
    return JsonResponse({"status": "ok"})


@only("GET", "HEAD")
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """How to sign in: there is no password."""
    return render(request, "login.html")


@never_cache
@only("GET", "HEAD", "POST")
def enter(request: HttpRequest) -> HttpResponse:
    """The one-time link. Opening it changes nothing, because mail programs and browsers look ahead at
    links; the button on it signs in."""
    user = get_user(request, update_last_login=False)
    if user and request.method != "POST":
        return render(request, "enter.html")
    if user is None or not _use_up(user):
        return answer(request, 403, "This link has been used or is too old. Make a new one: manage.py signinlink")
    login(request, user)
    return redirect("home")


def _use_up(user: User) -> bool:
    """Every link made before the last sign-in is worth nothing. Of two who come at the same moment one wins."""
    return bool(User.objects.filter(pk=user.pk, last_login=user.last_login).update(last_login=timezone.now()))
