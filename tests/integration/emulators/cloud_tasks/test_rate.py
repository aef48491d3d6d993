"""The token bucket, for any rate."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from emulators.cloud_tasks.rate import RateLimits, TokenBucket
from tests.integration.emulators.cloud_tasks.support import START

rates = st.floats(0.001, 500).map(RateLimits)
gaps = st.lists(st.integers(0, 3_000_000).map(lambda us: timedelta(microseconds=us)), max_size=60)


@settings(deadline=None)
@given(rates, gaps)
def test_never_more_than_a_burst_and_the_rate(limits: RateLimits, pauses: list[timedelta]) -> None:
    bucket, now, taken = TokenBucket(), START, 0
    for pause in pauses:
        now += pause
        while bucket.take(limits, now):
            taken += 1
    allowed = limits.burst + (now - START).total_seconds() * limits.per_second
    assert taken <= allowed + 1e-6


@settings(deadline=None)
@given(rates, gaps)
def test_a_token_is_there_exactly_from_ready_at(
    limits: RateLimits, pauses: list[timedelta]
) -> None:
    bucket, now = TokenBucket(), START
    for pause in pauses:
        now = max(now + pause, bucket.ready_at(limits))
        assert bucket.take(limits, now)
        while bucket.ready_at(limits) <= now:
            assert bucket.take(limits, now)
        assert not bucket.take(limits, bucket.ready_at(limits) - timedelta(microseconds=1))


@settings(deadline=None)
@given(rates)
def test_a_full_bucket_gives_one_burst(limits: RateLimits) -> None:
    bucket = TokenBucket()
    taken = [bucket.take(limits, START) for _ in range(limits.burst + 1)]
    assert taken == [True] * limits.burst + [False]
