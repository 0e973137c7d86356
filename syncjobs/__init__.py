"""The one job that may run at a time, whatever it does: claim, progress, cancel, ends."""
