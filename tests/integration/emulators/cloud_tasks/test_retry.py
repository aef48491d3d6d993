"""The documented backoff, for any policy."""

from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from emulators.cloud_tasks.retry import RetryPolicy, backoff, exhausted, retry_delay

seconds = st.integers(1, 10_000).map(lambda value: timedelta(milliseconds=100 * value))


@st.composite
def policies(draw: st.DrawFn) -> RetryPolicy:
    shortest, longest = sorted([draw(seconds), draw(seconds)])
    return RetryPolicy(
        max_attempts=draw(st.integers(1, 50) | st.just(-1)),
        max_retry_duration=draw(st.just(timedelta()) | seconds),
        min_backoff=shortest,
        max_backoff=longest,
        max_doublings=draw(st.integers(1, 100)),
    )


def test_intervals_of_the_reference_example() -> None:
    policy = RetryPolicy(
        min_backoff=timedelta(seconds=10), max_backoff=timedelta(seconds=300), max_doublings=3
    )
    intervals = [backoff(policy, retry).total_seconds() for retry in range(1, 9)]
    assert intervals == [10, 20, 40, 80, 160, 240, 300, 300]


@settings(deadline=None)
@given(policies(), st.integers(1, 10**6))
@example(RetryPolicy(max_attempts=-1, max_doublings=2**31 - 1), 10**9)
def test_intervals_grow_within_their_limits(policy: RetryPolicy, retry: int) -> None:
    this, following = backoff(policy, retry), backoff(policy, retry + 1)
    assert policy.min_backoff <= this <= following <= policy.max_backoff
    if following < policy.max_backoff and retry <= policy.max_doublings:
        assert following == 2 * this
    elif following < policy.max_backoff:
        assert following == this + policy.min_backoff * 2**policy.max_doublings


@settings(deadline=None)
@given(policies(), st.integers(1, 100), st.integers(300, 599), st.none() | seconds)
def test_overload_waits_longer_than_other_failures(
    policy: RetryPolicy, retry: int, status: int, retry_after: timedelta | None
) -> None:
    usual = backoff(policy, retry)
    wait = retry_delay(policy, retry, status, retry_after)
    if status not in {429, 503}:
        assert wait == usual
    else:
        assert wait >= usual
        assert wait >= (retry_after or timedelta())


@settings(deadline=None)
@given(policies(), st.integers(1, 60), seconds)
def test_attempts_end_when_every_limit_that_is_set_is_reached(
    policy: RetryPolicy, attempts: int, age: timedelta
) -> None:
    has_attempts, has_duration = policy.max_attempts != -1, bool(policy.max_retry_duration)
    enough = not has_attempts or attempts >= policy.max_attempts
    old = not has_duration or age >= policy.max_retry_duration
    assert exhausted(policy, attempts, age) == ((has_attempts or has_duration) and enough and old)
