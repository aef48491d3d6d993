"""How often a person, and all people of a company, may do what costs much: token buckets.

A bucket is kept as one time: when it will be full again (the generic cell rate algorithm of ITU-T
I.371, a token bucket without a counter). One that is full says nothing, so it need not be kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from math import ceil

from shared.problem import Problem
from shared.text.message import N_plural

COMPANY_SHARES = 5
"""How many people's rates a company has, however many people it has."""

SKEW = timedelta(minutes=1)
"""How far the clocks of two instances may be apart."""


class TooManyRequestsProblem(Problem):
    """The person or the company has done this too often (RFC 6585, 4)."""

    status = 429
    code = "too_many_requests"
    text = N_plural(
        "This was asked for too often in a short time. Nothing was changed. "
        "Please try again in %(count)s second.",
        "This was asked for too often in a short time. Nothing was changed. "
        "Please try again in %(count)s seconds.",
    )

    def __init__(self, wait: timedelta) -> None:
        self.retry_after = max(1, ceil(wait.total_seconds()))
        super().__init__(count=self.retry_after)


class Counted(Enum):
    """What counts requests together (docs/decisions/0011-rates.md)."""

    REGION = auto()
    INSTANCE = auto()


@dataclass(frozen=True)
class Rate:
    """A rate of a kind of request, by person and by company.

    Attributes:
        kind: routes of one kind share their buckets.
        burst: tokens of a person's full bucket, so requests that may come at once.
        per_minute: tokens that come back, one after another.
    """

    kind: str
    burst: int
    per_minute: int
    counted: Counted


def draw(rate: Rate, full_at: Sequence[datetime | None], now: datetime) -> list[datetime]:
    """Takes a token out of a person's bucket and out of their company's.

    `full_at` is when each is full, None where nobody knows of it; so is what is returned. Where no
    clock that differs a little can have led to it, as after the rate was changed, there is one
    token, and the bucket is empty from then on.

    Raises:
        TooManyRequestsProblem: one of them is empty; none was taken.
    """
    drawn, waits = [], []
    for known, shares in zip(full_at, (1, COMPANY_SHARES), strict=True):
        each = timedelta(minutes=1) / (rate.per_minute * shares)
        empty = now + each * rate.burst * shares
        believed = known is None or known <= empty + SKEW
        after = (max(known or now, now) if believed else empty - each) + each
        drawn.append(after)
        waits.append(after - empty)
    if (wait := max(waits)) > timedelta(0):
        raise TooManyRequestsProblem(wait)
    return drawn
