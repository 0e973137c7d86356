"""The times of messages that give only the last 16 bits of theirs."""

from typing import Any

from garmin_fit_sdk import Profile

TELLING = {Profile["mesg_num"][kind] for kind in ("MONITORING_INFO", "MONITORING")}
BITS = 0xFFFF  # they roll over every 18 hours


class Clock:
    """Follows the messages of a file in their order. Only those of monitoring set it: others may be written
    late, and a time before the last one would be taken for one that has rolled over."""

    def __init__(self) -> None:
        self.time: int | None = None

    def resolve(self, number: int, message: dict[Any, Any]) -> None:
        """Gives a monitoring message with `timestamp_16` its `timestamp`, once an earlier one had a full one."""
        if number not in TELLING:
            return
        low, full = message.get("timestamp_16"), message.get("timestamp")
        if isinstance(full, int):
            self.time = full
        elif isinstance(low, int) and self.time is not None:
            self.time += (low - self.time) & BITS
            message["timestamp"] = self.time
