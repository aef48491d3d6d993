"""A change of a placed order that waits for an approval: how it is held, carried out, or dropped.

Pure. While it waits, the order is as it was, and what it would take more is promised beside
(`shared.order.commitment`). What SAP tells meanwhile goes into the order as ever. The approval's end is
one commit with the order's, and comes out as one of these:

    the approval                     the order                          what was held
    approved, and it still fits      gets the version that was asked    is that version's
    approved, and it fits no more    stays; the approval lapses         free
    rejected, withdrawn, expired     stays                              free

It fits no more once the order ended, is being delivered, passed its cut-off, or is in another version
than the change was asked of, whoever made that: somebody agreed to a difference, which would be another
one. While SAP has not answered the order's hand-over or its last change, nobody can tell, and the
approver is asked to try again. Prices, stock and credit are those of when it was asked, as of a placing.

An order takes one change at a time: as long as one waits, a second one is refused, and so is the
refusal of a substitution, which is a change, too. Cancelling the order takes the waiting change back
with it. What the brand's people cancel, or SAP rejects, holds nothing any more; its change lapses
when it is decided, or expires.
"""

from datetime import datetime

from shared.actor import Actor
from shared.approval.model import Lapse
from shared.order.changing import to_sap
from shared.order.model import Order, Proposal
from shared.order.permission import (
    ChangeMode,
    CutOffPassedProblem,
    OrderEndedProblem,
    TooLateToChangeProblem,
    way_to_change,
)
from shared.order.versions import add_version, asked_quantities


def propose(order: Order, after: Order, approval: str, by: Actor, now: datetime) -> Order:
    """The order, of which the change to `after` waits for this approval."""
    asked = {
        line.position: new.quantity
        for line, new in zip(order.lines, after.lines, strict=True)
        if line.quantity != new.quantity
    }
    one = Proposal(approval=approval, version=order.version, asked=asked, at=now, **by.signature)
    return order.model_copy(update={"proposal": one, "updated_at": now})


def why_it_lapses(order: Order, now: datetime) -> Lapse | None:
    """What became of the order that its waiting change does not fit any more; None where it does.

    Raises:
        HandoverRunningProblem, ChangeRunningProblem: nobody can tell before SAP has answered.
    """
    proposal = order.proposal
    try:
        way_to_change(drop(order), now)
    except OrderEndedProblem:
        return Lapse.ENDED
    except TooLateToChangeProblem:
        return Lapse.DELIVERED
    except CutOffPassedProblem:
        return Lapse.CUT_OFF
    if proposal is None or proposal.version != order.version:
        return Lapse.CHANGED
    rejected = {line.position for line in order.lines if line.rejected}
    return Lapse.CHANGED if rejected & proposal.asked.keys() else None


def carry_out(order: Order, now: datetime) -> Order:
    """The order in the version that its waiting change asked for; that it fits was seen before."""
    proposal, after = order.proposal, drop(order)
    if proposal is None:
        return order
    way = way_to_change(after, now)
    via_sap, by = way is ChangeMode.VIA_SAP, proposal.actor
    new = add_version(after, asked_quantities(order), now, by, via_sap=via_sap)
    return new.model_copy(update={"change": to_sap(new.version, now, by)}) if via_sap else new


def drop(order: Order) -> Order:
    """The order without a change that waits; that there was one stays known."""
    if order.proposal is None:
        return order
    ended = order.proposal.model_copy(update={"waits": False})
    return order.model_copy(update={"proposal": ended})
