"""Django's own error answers: a problem document for programs, a short page for people."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from syncjobs.problems import CONTENT_TYPE, problem

type View = Callable[[HttpRequest], HttpResponse]


def only(*methods: str) -> Callable[[View], View]:
    """Django's require_http_methods, but its 405 says so in the body."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest) -> HttpResponse:
            if request.method in methods:
                return view(request)
            response = answer(request, 405, f"This address takes {', '.join(methods)} only.")
            response["Allow"] = ", ".join(methods)
            return response

        return checked

    return decorate


def answer(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """A browser asks for HTML by name; everybody else is a program."""
    if "text/html" in request.headers.get("Accept", ""):
        context = {"title": HTTPStatus(status).phrase, "detail": detail}
        return render(request, "error.html", context, status=status)
    return JsonResponse(problem(status, detail), status=status, content_type=CONTENT_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        return answer(request, 400, "The pages are not served under this host's name. Add it to ALLOWED_HOSTS.")
    return answer(request, 400, "This request is not understood. Check the address.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403, "You may not do this. Sign in first: manage.py signinlink")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, 500, "Something went wrong here; the server's log says what.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, "The form was too old or came from elsewhere. Go back, reload it, try again.")
