#!/usr/bin/env python
"""Runs garminsync's commands: `python manage.py help` lists them."""

import atexit
import gc
import io
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "garminsync.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name must not end a command where only ASCII is shown
    # Or the interpreter would look through all that was loaded for garbage before it ends: a fifth of a second.
    atexit.register(gc.freeze)
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("garminsync runs in its own .venv/: make demo makes it; then .venv/bin/python manage.py ...")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:  # before the command has begun; a sync ends by itself
        sys.exit(130)


if __name__ == "__main__":
    main()
