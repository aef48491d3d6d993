"""How fast a queue dispatches (RateLimits): a token bucket."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# Slower than one dispatch in a task's lifetime of 31 days makes no difference.
_SLOWEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """`per_second` dispatches on average, `concurrent` at most at a time."""

    per_second: float = 500.0
    concurrent: int = 1000

    @property
    def burst(self) -> int:
        """Tokens that a full bucket holds, at least the dispatches of one second.

        The service chooses the size by the rate and reports it; ten is what it gives slow queues.
        """
        return max(10, ceil(self.per_second))


@dataclass(slots=True)
class TokenBucket:
    """A token bucket, held as the time at which it will be full again.

    Each token taken moves that time by one token's interval, so nothing accumulates rounding.
    """

    full_at: datetime = _LONG_AGO

    def ready_at(self, limits: RateLimits) -> datetime:
        """The earliest time at which a token can be taken."""
        return self.full_at - _interval(limits) * (limits.burst - 1)

    def take(self, limits: RateLimits, now: datetime) -> bool:
        """Takes a token if there is one."""
        if now < self.ready_at(limits):
            return False
        self.full_at = max(self.full_at, now) + _interval(limits)
        return True


def _interval(limits: RateLimits) -> timedelta:
    slowest = _SLOWEST // timedelta(microseconds=1)
    return timedelta(microseconds=ceil(min(1_000_000 / limits.per_second, slowest)))
