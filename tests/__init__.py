"""Sentences about behaviour, against a simulated Garmin over real HTTP."""
