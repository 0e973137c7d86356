"""Runs recorded answers and FIT files through the readers and says what is kept and what is lost."""
