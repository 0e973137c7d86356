"""The views that are made to be read: one SQL file each, the same names and columns on both engines."""

from garminsync.database_views.making import VIEWS, columns_of, drop, make

__all__ = ["VIEWS", "columns_of", "drop", "make"]
