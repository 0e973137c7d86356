"""The pages: signing in, looking at a sync, errors."""
