"""Garmin's JSON as it comes in, by pydantic: which place fills which column."""
