"""What orders and their waiting changes hold: never more than there is, nothing once they ended.

Thousands of made-up histories, in process: people place, change and cancel orders of the one article
that there is, some of it has to wait; approvers decide, time passes, SAP takes the orders and their
changes, or does not. Sums are kept as `shared.order.saving` keeps them: by the difference of each step.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.orders.changing.change import plan_change
from functions.orders.changing.holding import AskedFor, approval_of_change
from functions.orders.changing.schema import ChangeRequest, WantedLine
from shared.approval.deciding import (
    after_approval,
    after_cancellation,
    after_declining,
    after_expiry,
    after_withdrawal,
)
from shared.approval.growing import Growth, measured_growth
from shared.approval.model import (
    Approval,
    ApprovalState,
    Level,
    PlacedLevel,
    Policy,
    Rule,
    RuleKind,
)
from shared.approval.outcomes import after_change, after_placing
from shared.approval.rules import Asked, Portion
from shared.availability.promised import change
from shared.availability.rules import ats_beside, pending
from shared.identity.caller import Caller, Role
from shared.order.changing import apply_cancellation
from shared.order.commitment import is_alive, open_amounts, promised_pieces
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order
from shared.order.proposal import drop, propose
from shared.order.status import Status
from shared.order.versions import complete_cancellation, finish_change, take_back_change
from shared.problem import Problem
from tests.factories.assortment import NOW, TODAY
from tests.factories.availability import availability
from tests.factories.cart import context_of
from tests.factories.company import company
from tests.factories.order import order, order_line, waiting
from tests.factories.sap import stamp
from tests.factories.style import style
from tests.unit.shared.approval.test_deciding import waiting as approval_of

HISTORIES = 2_000
HOLD = timedelta(hours=72)
STOCK, LIMIT, PRICE = 20, 6, 2_500
SKU, ARTICLE = "10123-010-S", style().colourways[0].skus[0].article
ANNA = Caller("anna", "anna@example.com", "Anna", "100001", Role.BUYER)
ERIK = Caller("erik", "erik@example.com", "Erik", "100001", Role.APPROVER)
BUYING = company("100001").model_copy(update={"approval_rules": True})
RULE = Rule(
    id="r1",
    name="Over six",
    kind=RuleKind.ORDER_AMOUNT,
    limit=LIMIT * PRICE,
    levels=[Level()],
)
POLICY = Policy(company="100001", currency="EUR", rules=[RULE], at=NOW)
CONTEXT = context_of(style(), buying=BUYING)


@dataclass
class World:
    """Up to three orders, what waits, and the sums that all of them share."""

    orders: list[Order] = field(default_factory=list)
    approvals: dict[str, Approval] = field(default_factory=dict)
    stock = availability(style(), STOCK)
    amounts: Counter[str] = field(default_factory=Counter)
    now = NOW

    def save(self, before: Order | None, after: Order) -> None:
        """As `save_orders` does."""
        for which, sign in ((before, -1), (after, 1)):
            if which is None:
                continue
            pieces = {
                (one.article, one.stamp, one.on): sign * count
                for one, count in promised_pieces(which).items()
            }
            self.stock = self.stock.model_copy(update={"promised": change(self.stock, pieces)})
            for at, amount in open_amounts(which).items():
                self.amounts[at] += sign * amount
        self.orders = [one for one in self.orders if one is not before] + [after]
        self.orders.sort(key=lambda one: one.number)

    def place(self, pieces: int) -> None:
        promised = pending(self.stock, ARTICLE)
        left = ats_beside(self.stock.stock[ARTICLE], promised, TODAY)
        if len(self.orders) == 3 or pieces > left:
            return
        number = f"7K3Q9XZ4M{len(self.orders)}-001"
        one = order(number, [order_line(SKU, ARTICLE, pieces)], placed_at=self.now)
        if pieces > LIMIT:
            held = {"status": Status.PENDING_APPROVAL, "handover": waiting(due_at=None)}
            one = one.model_copy(update=held)
            named = {"number": one.group, "orders": [number]}
            ends = {"held_until": self.now + HOLD, "steps_in_at": self.now + HOLD / 2}
            asked = approval_of([PlacedLevel(place=0)]).model_copy(update=named | ends)
            self.approvals[asked.number] = asked
        self.save(None, one)

    def ask(self, one: Order, pieces: int) -> None:
        """As `functions.orders.changing.change` does."""
        request = ChangeRequest(version=one.version, lines=[WantedLine(sku=SKU, quantity=pieces)])
        context = replace(CONTEXT, availability={"10123": self.stock})
        after = plan_change(one, context, request, ANNA.actor, self.now).order
        asked = Asked("anna", "EUR", TODAY, (_portion(after),))
        grown = Growth(asked, (_portion(one),), "anna", 1, one.agreed)
        if measured := measured_growth(POLICY, grown, {}):
            number = f"C{len(self.approvals):09}"
            wanted = AskedFor(one, after, ANNA, number, self.now)
            self.approvals[number] = approval_of_change(POLICY, measured, BUYING, wanted)
            after = propose(one, after, number, ANNA.actor, self.now)
        self.save(one, after)

    def cancel(self, one: Order) -> None:
        after = drop(apply_cancellation(one, "No", ANNA.actor, self.now))
        if one.proposal and one.proposal.waits:
            known = self.approvals[one.proposal.approval]
            self.approvals[known.number] = after_cancellation(known, ANNA, "No", self.now)
        self.save(one, after)

    def decide(self, number: str, what: ApprovalState) -> None:
        before = self.approvals[number]
        match what:
            case ApprovalState.APPROVED:
                after = after_approval(before, ERIK, "", self.now)
            case ApprovalState.WITHDRAWN:
                after = after_withdrawal(before, ANNA, self.now)
            case _:
                after = after_declining(before, what, ERIK, "No", self.now)
        self.settle(before, after)

    def settle(self, before: Approval, after: Approval) -> None:
        """As `shared.approval.settling` does."""
        if before.state is not after.state:
            [one] = [each for each in self.orders if each.number == after.orders[0]]
            if after.change is None:
                self.save(one, after_placing(one, after, self.now))
            else:
                settled, after = after_change(one, after, after.change, self.now)
                self.save(one, settled)
        self.approvals[after.number] = after

    def sweep(self) -> None:
        for one in [*self.approvals.values()]:
            if one.state is ApprovalState.WAITING and self.now >= one.held_until:
                self.settle(one, after_expiry(one, self.now))

    def sap(self, one: Order, takes: bool) -> None:
        """SAP tells of the order, then of its changes, each of which it takes or does not."""
        if one.status is Status.ACCEPTED and one.sap_stamp is None:
            there = Handover(state=HandoverState.ACCEPTED, due_at=None)
            told = {"status": Status.CONFIRMED, "sap_stamp": stamp(1), "handover": there}
            self.save(one, one.model_copy(update=told if takes else {"status": Status.REJECTED}))
        elif one.change and one.change.handover.state is HandoverState.WAITING:
            self.save(one, _answered(one, takes))


def _portion(of: Order) -> Portion:
    return Portion(of.door.id, of.window, of.season, "", of.net.amount)


def _answered(one: Order, takes: bool) -> Order:
    """What `sync_order_status` makes of SAP's word on the latest change."""
    asked = one.change
    assert asked is not None
    if asked.cancels:
        return complete_cancellation(one) if takes else finish_change(one, HandoverState.REFUSED)
    if not takes:
        return take_back_change(one)
    told = stamp(asked.number)
    versions = [
        each.model_copy(update={"sap_stamp": told}) if each.number == asked.number else each
        for each in one.versions
    ]
    taken = one.model_copy(update={"versions": versions, "status_stamp": told})
    return finish_change(taken, HandoverState.ACCEPTED)


picks = st.integers(0, 2)
steps = st.one_of(
    st.tuples(st.just("place"), st.integers(1, 9)),
    st.tuples(st.just("ask"), picks, st.integers(7, 12)),
    st.tuples(st.just("ask"), picks, st.integers(1, 12)),
    st.tuples(
        st.just("decide"),
        picks,
        st.sampled_from(
            [
                ApprovalState.APPROVED,
                ApprovalState.APPROVED,
                ApprovalState.REJECTED,
                ApprovalState.RETURNED,
                ApprovalState.WITHDRAWN,
            ]
        ),
    ),
    st.tuples(st.just("cancel"), picks),
    st.tuples(st.just("sap"), picks, st.booleans()),
    st.tuples(st.just("time"), st.sampled_from([1, 80])),
)


def take(world: World, step: tuple[Any, ...]) -> None:
    """One step, where there is what it is about; whatever is refused changes nothing."""
    what, *given_ = step
    there = world.orders[given_[0] % len(world.orders)] if world.orders else None
    match what:
        case "place":
            world.place(given_[0])
        case "time":
            world.now += timedelta(hours=given_[0])
            world.sweep()
        case "decide" if world.approvals:
            numbers = sorted(world.approvals)
            world.decide(numbers[-1 - given_[0] % len(numbers)], given_[1])
        case "ask" if there:
            world.ask(there, given_[1])
        case "cancel" if there:
            world.cancel(there)
        case "sap" if there:
            world.sap(there, given_[1])


def assert_nothing_is_oversold_or_leaked(world: World) -> None:
    held = sum(
        pieces
        for by_stamp in world.stock.promised.values()
        for by_date in by_stamp.values()
        for pieces in by_date.values()
    )
    assert held == sum(promised_pieces(one).total() for one in world.orders) <= STOCK
    assert +world.amounts == sum((open_amounts(one) for one in world.orders), Counter())
    for one in world.orders:
        proposal = one.proposal
        waits = proposal is not None and proposal.waits
        asked = proposal.asked[10] if proposal and waits else 0
        own = promised_pieces(one).total()
        if not is_alive(one):
            assert own == 0
        elif one.change is None or one.change.handover.due_at is None:
            assert own == max(one.pieces, asked)
        else:
            assert own >= max(one.pieces, asked)
        if proposal and waits:
            assert world.approvals[proposal.approval].state is ApprovalState.WAITING
    for approval in world.approvals.values():
        if approval.change and approval.state is ApprovalState.WAITING:
            [order] = [one for one in world.orders if one.number == approval.change.order]
            assert order.proposal is not None
            assert (order.proposal.approval, order.proposal.waits) == (approval.number, True)


@settings(max_examples=HISTORIES, derandomize=True, deadline=None)
@given(st.lists(steps, min_size=8, max_size=16))
def test_holds_are_what_the_orders_take_and_never_more_than_there_is(
    tried: list[tuple[Any, ...]],
) -> None:
    world = World()
    for pieces in (5, 3):
        world.place(pieces)
    for one in tried:
        outcomes = {number: each.state for number, each in world.approvals.items()}
        try:
            take(world, one)
        except Problem:
            continue
        finally:
            assert_nothing_is_oversold_or_leaked(world)
        for number, state in outcomes.items():
            assert state in (ApprovalState.WAITING, world.approvals[number].state)
