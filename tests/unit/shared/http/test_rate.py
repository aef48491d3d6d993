"""Token buckets: what may come at once, what comes back, and when to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http.rate import COMPANY_SHARES, SKEW, Counted, Rate, TooManyRequestsProblem, draw

NOW = datetime(2027, 3, 28, 0, 59, 59, 500_000, UTC)

rates = st.builds(
    Rate,
    st.just("prints"),
    burst=st.integers(1, 50),
    per_minute=st.integers(1, 600),
    counted=st.just(Counted.INSTANCE),
)
moments = st.lists(st.integers(0, 900_000), max_size=200).map(
    lambda gaps: [NOW + timedelta(milliseconds=sum(gaps[: n + 1])) for n in range(len(gaps))]
)


def admitted(rate: Rate, asked: list[datetime]) -> list[datetime]:
    """When somebody who asks then, alone in their company, is let through."""
    full_at: list[datetime | None] = [None, None]
    done = []
    for now in asked:
        try:
            full_at = [*draw(rate, full_at, now)]
        except TooManyRequestsProblem:
            continue
        done.append(now)
    return done


@given(rates)
def test_a_full_bucket_gives_its_burst_at_once_and_not_one_more(rate: Rate) -> None:
    assert len(admitted(rate, [NOW] * (rate.burst + 7))) == rate.burst


@given(rates, moments)
def test_nobody_gets_more_than_the_burst_and_what_came_back(
    rate: Rate, asked: list[datetime]
) -> None:
    done = admitted(rate, asked)
    for i, first in enumerate(done):
        for n, last in enumerate(done[i:], start=1):
            came_back = (last - first) / timedelta(minutes=1) * rate.per_minute
            assert n <= rate.burst + came_back + 0.01


@given(rates, st.integers(0, 100), st.integers(0, 100_000))
def test_who_waits_as_long_as_told_is_let_through(rate: Rate, more: int, later: int) -> None:
    full_at: list[datetime | None] = [None, None]
    for _ in range(rate.burst):
        full_at = [*draw(rate, full_at, NOW)]
    now = NOW + timedelta(microseconds=later % (60_000_000 // rate.per_minute))
    with pytest.raises(TooManyRequestsProblem) as refused:
        draw(rate, full_at, now - timedelta(microseconds=more))
    wait = refused.value.retry_after or 0
    assert 1 <= wait <= 61
    draw(rate, full_at, now + timedelta(seconds=wait))


@given(rates)
def test_a_company_has_the_rates_of_some_people(rate: Rate) -> None:
    company: datetime | None = None
    for _ in range(COMPANY_SHARES * rate.burst):
        company = draw(rate, [None, company], NOW)[1]
    with pytest.raises(TooManyRequestsProblem):
        draw(rate, [None, company], NOW)


@given(rates, st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_a_wrong_clock_keeps_nobody_out_for_long(rate: Rate, off: timedelta) -> None:
    full_at: list[datetime | None] = [NOW + off, NOW + off]
    try:
        full_at = [*draw(rate, full_at, NOW)]
    except TooManyRequestsProblem:
        pass
    else:
        if off > timedelta(minutes=rate.burst / rate.per_minute) + SKEW:
            # Nor is it a way to a second burst.
            with pytest.raises(TooManyRequestsProblem):
                draw(rate, full_at, NOW)
    draw(rate, full_at, NOW + timedelta(seconds=121))
