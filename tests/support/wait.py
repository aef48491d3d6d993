"""Waiting for something that happens elsewhere, without sleeping blindly."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(
    predicate: Callable[[], T],
    timeout: float = 30.0,
    what: str = "the expected state",
    every: float = 0.05,
) -> T:
    """Asks `predicate` until its answer is truthy and returns that answer.

    Times are seconds. Raises AssertionError naming `what` and the last answer when
    `timeout` has passed; an exception of the predicate is not caught.
    """
    deadline = time.monotonic() + timeout
    while True:
        answer = predicate()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            raise AssertionError(f"{what} not reached in {timeout:g} s; last seen: {answer!r}")
        time.sleep(every)
