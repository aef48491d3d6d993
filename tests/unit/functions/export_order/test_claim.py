"""What is remembered of earlier tries decides whether an order can still be taken back."""

from datetime import timedelta

import pytest

from functions.export_order.claim import KEPT_FAILURES, begin_attempt
from shared.order.handover import ExportAttempt, Handover, HandoverState
from shared.order.permission import is_unknown_to_sap
from tests.factories.assortment import NOW
from tests.factories.order import order, waiting

_MINUTE = timedelta(minutes=1)


def _after(handover: Handover, outcomes: list[str]) -> Handover:
    """The handover after tries that ended so, a minute apart."""
    for number, outcome in enumerate(outcomes):
        at = NOW + number * _MINUTE
        begun = begin_attempt(handover, at, timedelta(minutes=1))
        ended = [*begun.attempts[:-1], ExportAttempt(at=at, outcome=outcome)]
        handover = begun.model_copy(
            update={"state": HandoverState.WAITING, "attempts": ended, "lease_until": None}
        )
    return handover


@pytest.mark.parametrize("doubtful", ["unknown", "started"])
def test_an_attempt_that_sap_may_have_taken_is_never_forgotten(doubtful: str) -> None:
    tried = _after(waiting(), [doubtful, *["failed"] * (2 * KEPT_FAILURES)])
    assert tried.attempts[0].outcome == doubtful
    assert not is_unknown_to_sap(order(handover=tried), NOW + timedelta(days=1))


def test_of_failures_the_latest_are_kept() -> None:
    tried = _after(waiting(), ["failed"] * (2 * KEPT_FAILURES))
    assert len(tried.attempts) == KEPT_FAILURES + 1
    assert tried.forgotten == KEPT_FAILURES - 1
    assert tried.attempts[-1].at == NOW + (2 * KEPT_FAILURES - 1) * _MINUTE
    assert is_unknown_to_sap(order(handover=tried), NOW + timedelta(days=1))
