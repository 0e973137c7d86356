"""Errors as RFC 9457 problem documents."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


class Problem(exceptions.APIException):
    """An error with its status, a sentence that says what to do, and further members."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status_code = status
        self.members = members


def problem(status: int, detail: str, **members: Any) -> dict[str, Any]:
    """The document: type, title, status, detail and the members given."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **members,
    }


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER: every error that a view raises becomes a problem document."""
    if isinstance(error, OperationalError | InterfaceError | ProgrammingError):
        # Held by another process, down, or not migrated: a program should try again, not read a traceback.
        logger.warning("The database could not be used: %s", error)
        document = problem(503, "The database does not answer or is held by another process; try again soon.")
        return Response(document, 503, content_type=CONTENT_TYPE, headers={"Retry-After": "5"})
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    elif isinstance(error, exceptions.NotAuthenticated):
        error.detail = exceptions.ErrorDetail("Sign in, or send a token as: Authorization: Bearer TOKEN")
    elif isinstance(error, exceptions.MethodNotAllowed):
        error.detail = exceptions.ErrorDetail(f"Use {' or '.join(context['view'].allowed_methods)} here.")
    response = drf_exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    members = error.members if isinstance(error, Problem) else {}
    response.data = problem(response.status_code, str(error.detail), **members)
    response.content_type = CONTENT_TYPE
    return response
