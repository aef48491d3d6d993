"""Articles that SAP put in the place of those that were ordered, and what the buyer said. Pure."""

from shared.order.handover import HandoverState
from shared.order.model import Order, OrderLine, SubstitutionAnswer
from shared.order.status import Status

_DONE = frozenset({HandoverState.ACCEPTED, HandoverState.REFUSED})


def is_substituted(order: Order, line: OrderLine) -> bool:
    """Whether a line has another article than was ordered."""
    placed = next((one for one in order.placed_lines if one.position == line.position), None)
    return placed is not None and placed.article != line.article


def answer_to(order: Order, line: OrderLine) -> SubstitutionAnswer | None:
    """What the buyer said to the article that the line has now.

    None before, of an answer to another article, and of a refusal where the article is there all
    the same: SAP did not take it, or people there have put it back.
    """
    for one in order.substitution_answers:
        if (one.position, one.article) == (line.position, line.article):
            return one if one.accepted or _is_out(order, line, one) else None
    return None


def _is_out(order: Order, line: OrderLine, answer: SubstitutionAnswer) -> bool:
    """Whether a refused line is taken out, or its order is being cancelled for it."""
    if line.rejected or not line.quantity or order.status is Status.CANCELLED:
        return True
    change = order.change
    if change is None or change.number != answer.change:
        return False
    return change.cancels and change.handover.state not in _DONE
