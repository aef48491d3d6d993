"""How an attempt ended, also where another one began meanwhile."""

from datetime import timedelta

import pytest

from functions.export_order.claim import begin_attempt
from functions.export_order.settlement import CONFIRMATION_DUE, AttemptOutcome, apply_outcome
from functions.export_order.time_limits import lease_of
from shared.order.handover import HandoverState
from shared.order.status import Status
from tests.factories.assortment import NOW
from tests.factories.order import order, waiting

LEASE = lease_of(order())
LATER = NOW + LEASE + timedelta(seconds=1)
TAKEN_OVER = order(handover=begin_attempt(begin_attempt(waiting(), NOW, LEASE), LATER, LEASE))


@pytest.mark.parametrize("word", ["failed", "unknown", "refused"])
def test_who_lost_the_lease_does_not_end_that_of_another(word: str) -> None:
    settled = apply_outcome(TAKEN_OVER, NOW, AttemptOutcome(word, detail="late"), LATER)
    assert settled.handover.state is HandoverState.SENDING
    assert settled.handover.lease_until == LATER + LEASE
    assert settled.status is Status.ACCEPTED
    assert [attempt.outcome for attempt in settled.handover.attempts] == [word, "started"]
    assert [attempt.ended_at for attempt in settled.handover.attempts] == [LATER, None]


def test_a_sales_order_counts_however_late_it_is_told() -> None:
    settled = apply_outcome(TAKEN_OVER, NOW, AttemptOutcome("created", sap_number="4711"), LATER)
    assert (settled.status, settled.sap_number) == (Status.SENT, "4711")
    assert settled.handover.state is HandoverState.ACCEPTED
    assert settled.handover.due_at == LATER + CONFIRMATION_DUE
