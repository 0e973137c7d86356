"""All settings. What a person may change comes from the environment, see README.md."""

import math
import os
from typing import Any

import dj_database_url

from garminsync.home import CLONE, derive_secret, open_home, read_key

HOME = open_home()
FERNET_KEY = read_key(HOME)
SECRET_KEY = derive_secret(FERNET_KEY, "django")


def _number(name: str, default: float, least: float) -> float:
    """A number from the environment; ends the program with a sentence if it is none."""
    text = os.environ.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number < math.inf:
        raise SystemExit(f"{name} must be a number, {least:g} or more, not {text!r}. Change it, or leave it out.")
    return number


DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [host for name in os.environ.get("ALLOWED_HOSTS", "").split(",") if (host := name.strip())]

# Where Garmin is, if not at Garmin: a simulator's address.
GARMIN_API_URL = os.environ.get("GARMIN_API_URL", "").rstrip("/")
if GARMIN_API_URL and not GARMIN_API_URL.startswith(("http://", "https://")):
    raise SystemExit("GARMIN_API_URL must be an address such as http://127.0.0.1:8100. Change it, or leave it out.")
# Requests a second, evenly; 0 means as fast as they are answered.
GARMINSYNC_RATE = _number("GARMINSYNC_RATE", default=4, least=0)

# How long a run lives without a heartbeat, and how often it shows one (seconds).
SYNCJOBS_LEASE_S = _number("SYNCJOBS_LEASE_S", default=30, least=0.1)
SYNCJOBS_HEARTBEAT_S = SYNCJOBS_LEASE_S / 6
SYNCJOBS_POLL_S = 0.5
# A work that is silent for so long loses its lease.
SYNCJOBS_SILENCE_S = SYNCJOBS_LEASE_S * 4


SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'garminsync.sqlite3'}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (ValueError, KeyError):
        database = {"ENGINE": "", "NAME": ""}
    if database["ENGINE"] not in (SQLITE, POSTGRESQL) or database["NAME"] in ("", ":memory:"):
        raise SystemExit("DATABASE_URL is not understood. Use postgresql://USER:PASSWORD@HOST/NAME, or leave it out.")
    if database["ENGINE"] == SQLITE:
        database["OPTIONS"] = {
            # A transaction that writes takes its lock when it begins, so it waits instead of failing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # A rotated token must not be lost with the power.
            "init_command": "PRAGMA synchronous=FULL",
        }
    else:
        # A process stopped inside a transaction must not hold the job's row for ever.
        database["OPTIONS"] = {
            **database.get("OPTIONS", {}),
            "connect_timeout": 10,
            "options": "-c idle_in_transaction_session_timeout=15000 -c lock_timeout=5000",
        }
    return database


DATABASES = {"default": _database()}

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "sesame",
    "syncjobs",
    "garminsync",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "garminsync.urls"
WSGI_APPLICATION = "garminsync.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CLONE / "garminsync" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "sesame.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = []  # the owner signs in by a one-time link, without password
LOGIN_URL = "/login/"
SESAME_ONE_TIME = True
SESAME_MAX_AGE = 900
CSRF_FAILURE_VIEW = "garminsync.web.errors.csrf_failure"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # First, so that a missing token is 401.
        "garminsync.web.authentication.BearerAuthentication",
        "garminsync.web.authentication.OwnerSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["garminsync.web.authentication.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "syncjobs.problems.exception_handler",
}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # static files work without a collecting step

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nothing": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # It logs tracebacks with the display name in them.
        "garminconnect": {"handlers": ["nothing"], "propagate": False},
        # It logs a traceback for every robot that guesses a host's name.
        "django.security.DisallowedHost": {"handlers": ["nothing"], "propagate": False},
    },
}
