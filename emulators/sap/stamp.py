"""SAP's time stamps: 20 digits, UTC, microseconds; each greater than any before."""

import threading
from datetime import UTC, datetime, timedelta

_FORMAT = "%Y%m%d%H%M%S%f"


class Stamps:
    """Draws stamps, all after `last` (one drawn in an earlier run, or "")."""

    def __init__(self, last: str = "") -> None:
        self._lock = threading.Lock()
        self._last = _parse(last) if last else datetime.min.replace(tzinfo=UTC)

    def draw(self) -> str:
        """Now, or a microsecond after the last one where the clock has not moved."""
        with self._lock:
            self._last = max(datetime.now(UTC), self._last + timedelta(microseconds=1))
            return self._last.strftime(_FORMAT)


def _parse(stamp: str) -> datetime:
    return datetime.strptime(stamp, _FORMAT).replace(tzinfo=UTC)
