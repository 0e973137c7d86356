"""The service: what is copied from Garmin Connect, how, and where it rests."""
