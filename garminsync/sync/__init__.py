"""A sync: what to ask Garmin for, and what becomes of each answer."""
