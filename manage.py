#!/usr/bin/env python
"""Runs garminsync's commands: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "garminsync.settings")
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
