"""When a failed task is tried again, and when it is given up (RetryConfig)."""

from dataclasses import dataclass
from datetime import timedelta

# A larger exponent than any duration can hold; keeps the power small for endless retries.
_MAX_EXPONENT = 64
# Tasks do not live longer.
_LONGEST_WAIT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """RetryConfig with the defaults that the service gives a new queue.

    `max_attempts` counts the first attempt; -1 is unlimited. A zero `max_retry_duration` is
    unlimited. 0 < `min_backoff` <= `max_backoff`. The service documents whole seconds for the backoffs, though its own default is
    0.1 s; fractions are kept.
    """

    max_attempts: int = 100
    max_retry_duration: timedelta = timedelta()
    min_backoff: timedelta = timedelta(milliseconds=100)
    max_backoff: timedelta = timedelta(hours=1)
    max_doublings: int = 16


def backoff(policy: RetryPolicy, retry: int) -> timedelta:
    """The wait before the `retry`-th retry (1 = after the first failure).

    Starts at `min_backoff`, doubles `max_doublings` times, then grows linearly by
    2^max_doublings * min_backoff, and stays at `max_backoff`: 10 s, 300 s and 3 doublings give
    10, 20, 40, 80, 160, 240, 300, 300, …
    """
    doublings = min(retry - 1, policy.max_doublings, _MAX_EXPONENT)
    steps = max(retry - policy.max_doublings, 1)
    factor = (1 << doublings) * steps
    if factor > policy.max_backoff // policy.min_backoff:
        return policy.max_backoff
    return policy.min_backoff * factor


def retry_delay(
    policy: RetryPolicy, retry: int, status: int, retry_after: timedelta | None
) -> timedelta:
    """The wait after an attempt that was answered with HTTP `status`.

    The service backs off harder after 429 and 503 and considers `Retry-After`, without saying how
    much. Here: twice the backoff (up to `max_backoff`), and not before `Retry-After`.
    """
    wait = backoff(policy, retry)
    if status in {429, 503}:
        wait = min(wait * 2, policy.max_backoff)
        wait = max(wait, min(retry_after or timedelta(), _LONGEST_WAIT))
    return wait


def exhausted(policy: RetryPolicy, attempts: int, age: timedelta) -> bool:
    """Whether no attempt may follow `attempts` failed ones, `age` after the first of them.

    Of the two limits, those that are set must both be reached.
    """
    reached = []
    if policy.max_attempts != -1:
        reached.append(attempts >= policy.max_attempts)
    if policy.max_retry_duration:
        reached.append(age >= policy.max_retry_duration)
    return bool(reached) and all(reached)
