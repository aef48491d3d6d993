"""When nobody knows whether SAP has an order, and what that means."""

import pytest

from shared.order.handover import ExportAttempt, is_in_doubt
from tests.factories.assortment import NOW
from tests.factories.order import order, waiting


def _after(*outcomes: str, **known: str) -> list[ExportAttempt]:
    return [ExportAttempt(at=NOW, outcome=outcome, **known) for outcome in outcomes]


@pytest.mark.parametrize("outcome", ["started", "unknown"])
def test_an_attempt_without_a_known_end_leaves_a_doubt(outcome: str) -> None:
    handover = waiting(attempts=_after(outcome, "failed"))
    assert is_in_doubt(handover)
    assert order(handover=handover).needs_person
    assert not order(handover=handover, external_number="0500000000").needs_person


@pytest.mark.parametrize("outcomes", [[], ["failed"], ["failed", "found"], ["refused"]])
def test_what_ended_leaves_none(outcomes: list[str]) -> None:
    handover = waiting(attempts=_after(*outcomes))
    assert not is_in_doubt(handover)
    assert not order(handover=handover).needs_person


def test_who_looked_ends_it_until_the_next_one() -> None:
    looked = _after("unknown", ruled_out_by="Maria Berg")
    assert not is_in_doubt(waiting(attempts=looked))
    assert is_in_doubt(waiting(attempts=[*looked, *_after("unknown")]))
