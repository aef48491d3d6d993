"""One outcome, and what is held is released or consumed once, whoever decides, dies or comes late.

A history is made up by Hypothesis: Anna places carts over the limit and lets orders grow that were
approved, two approvers decide, she withdraws, changes and cancels, time passes, the sweep ends what is
over; processes are killed at any call of Firestore's, and requests come again with their key.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from typing import ClassVar

import pytest
import structlog
from google.cloud.firestore import Client
from google.cloud.firestore_v1.services.firestore.client import FirestoreClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from functions.orders.placement import VatChecks
from functions.orders.resources import Resources
from functions.orders.routes import SERVICE
from functions.reconcile.approvals import expire_approvals
from shared.approval.model import Approval, ApprovalState
from shared.cart.model import Cart, CartState
from shared.cart.repository import parse as parse_cart
from shared.cart.repository import reference as cart_reference
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.order.model import Order
from shared.order.status import Status
from shared.store import read_all
from tests.factories.cart import context_of, store_cart
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of, store_context
from tests.factories.sap import BUYER_TEXTS
from tests.integration.functions.orders.conftest import Clock, Person, verify
from tests.integration.functions.orders.test_approvals import Waiting, decide
from tests.support.connection import Fuse, burning, database

HISTORIES = int(os.environ.get("HISTORIES", "200"))
STEPS = 10
SKU = "10123-010-S"
CARTS = ("cart-1", "cart-2")
EXPECTED = {
    ApprovalState.WAITING: Status.PENDING_APPROVAL,
    ApprovalState.APPROVED: Status.ACCEPTED,
}
"""Of the orders; of every other state they are cancelled."""
STAYS = (ApprovalState.WAITING, ApprovalState.APPROVED, ApprovalState.REJECTED)
"""States in which the cart stays ordered."""

picks = st.integers(0, 100)
deaths = st.one_of(st.none(), st.integers(0, 9))
"""After how many calls a process dies; most don't."""


class History(RuleBasedStateMachine):
    """Two carts of Anna's, whose orders all have to wait."""

    api: ClassVar[FirestoreClient]
    fuse: ClassVar[Fuse]
    project: ClassVar[str]
    numbers: ClassVar[Iterator[int]] = count()

    def __init__(self) -> None:
        super().__init__()
        self.db: Client = database(f"{self.project}-{next(self.numbers)}", self.api)
        self.clock = Clock()
        resources = Resources(
            self.db, lambda number, sweep="": None, VatChecks(print, timedelta(days=7)), BUYER_TEXTS
        )
        verifiers = Verifiers(person=verify, writer=verify)
        app = create_app(SERVICE, resources, verifiers, self.clock)
        self.anna = Person(app)
        self.deciders = [
            Person(app, uid="erik", name="Erik", role="approver"),
            Person(app, uid="ada", name="Ada", role="admin"),
        ]
        self.context = context_of()
        store_context(self.db, self.context)
        carts = [cart_of([(SKU, DOOR, AT_ONCE, 5)], id=name) for name in CARTS]
        store_cart(self.db, *carts)
        self.world = Waiting(self.db, self.anna, carts[0], self.context)
        self.outcomes: dict[str, ApprovalState] = {}
        self.keys = 0

    def approvals(self) -> list[Approval]:
        found = [one.to_dict() for one in self.db.collection("approvals").stream()]
        return sorted(map(Approval.model_validate, found), key=lambda one: one.number)

    def key(self, again: bool) -> str:
        self.keys += not again
        return f"key-{self.keys:05}"

    @rule(cart=st.sampled_from(CARTS), after=deaths, again=st.booleans())
    def place(self, cart: str, after: int | None, again: bool) -> None:
        [document] = read_all(self.db, [cart_reference(self.db, cart)])
        body = body_for(parse_cart(document, "100001"), self.context)
        with self.fuse.lit(after):
            self.anna.place(body, self.key(again))

    @rule(
        who=st.integers(0, 2),
        what=st.sampled_from(["approve", "reject", "return", "withdraw"]),
        pick=picks,
        after=deaths,
        again=st.booleans(),
    )
    def decide(self, who: int, what: str, pick: int, after: int | None, again: bool) -> None:
        if there := self.approvals():
            number = there[pick % len(there)].number
            person = [*self.deciders, self.anna][who]
            with self.fuse.lit(after):
                decide(person, what, number, key=self.key(again))

    @rule(pick=picks, cancels=st.booleans(), after=deaths)
    def edit(self, pick: int, cancels: bool, after: int | None) -> None:
        waiting = [one for one in self.approvals() if one.state is ApprovalState.WAITING]
        if waiting:
            number = waiting[pick % len(waiting)].orders[0]
            with self.fuse.lit(after):
                reply = (
                    self.anna.cancel(number, self.key(again=False))
                    if cancels
                    else self.anna.change(number, {SKU: 1}, key=self.key(again=False))
                )
                assert reply.status_code >= 409

    @rule(pick=picks, pieces=st.integers(1, 9), after=deaths, again=st.booleans())
    def grow(self, pick: int, pieces: int, after: int | None, again: bool) -> None:
        there = [one for one in self.world.orders() if one.status is Status.ACCEPTED]
        if there:
            one = there[pick % len(there)]
            with self.fuse.lit(after):
                self.anna.change(one.number, {SKU: pieces}, one.version, self.key(again))

    @rule(hours=st.sampled_from([1, 30, 80]), after=deaths)
    def time_passes(self, hours: int, after: int | None) -> None:
        self.clock.now += timedelta(hours=hours)
        with self.fuse.lit(after):
            expire_approvals(self.db, self.clock.now)

    @invariant()
    def what_is_held_is_what_the_orders_take_and_each_has_one_outcome(self) -> None:
        orders = self.world.orders()
        self.world.held(orders)
        by_number = {order.number: order for order in orders}
        carts = self.carts()
        for one in self.approvals():
            self.assert_that_it_has_one_outcome_with_its_orders_and_cart(one, by_number, carts)

    def carts(self) -> dict[str, Cart]:
        found = read_all(self.db, [cart_reference(self.db, name) for name in CARTS])
        return {
            name: parse_cart(document, "100001")
            for name, document in zip(CARTS, found, strict=True)
        }

    def assert_that_it_has_one_outcome_with_its_orders_and_cart(
        self, one: Approval, orders: dict[str, Order], carts: dict[str, Cart]
    ) -> None:
        earlier = self.outcomes.get(one.number, ApprovalState.WAITING)
        assert earlier in (ApprovalState.WAITING, one.state)
        self.outcomes[one.number] = one.state
        own = {each.state for each in one.decisions if each.uid == "anna"}
        assert own <= {ApprovalState.WITHDRAWN}
        if one.change is not None:
            self.assert_that_the_change_is_where_its_approval_is(one, orders[one.orders[0]])
            return
        expected = EXPECTED.get(one.state, Status.CANCELLED)
        assert {orders[number].status for number in one.orders} == {expected}
        due = {orders[number].handover.due_at is not None for number in one.orders}
        assert due == {one.state is ApprovalState.APPROVED}
        cart = carts[one.cart]
        assert (cart.order_group == one.number) is (one.state in STAYS)
        assert (cart.state is CartState.OPEN) is (cart.order_group is None)

    def assert_that_the_change_is_where_its_approval_is(self, one: Approval, order: Order) -> None:
        waits = order.proposal is not None and order.proposal.waits
        latest = order.proposal is not None and order.proposal.approval == one.number
        assert (waits and latest) is (one.state is ApprovalState.WAITING)
        done = [each for each in order.versions if each.net == one.net]
        assert done or one.state is not ApprovalState.APPROVED


@pytest.fixture(name="world")
def _world(firestore_host: str, project_id: str) -> Iterator[None]:
    with ExitStack() as stack:
        quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
        structlog.configure(wrapper_class=quiet)
        stack.callback(structlog.reset_defaults)
        History.project, History.fuse = project_id, Fuse()
        History.api = stack.enter_context(burning(firestore_host, History.fuse))
        yield
        print(f"\n{History.fuse.deaths:>9,} processes killed")


@pytest.mark.timeout(0)
@pytest.mark.usefixtures("world")
def test_each_history_has_one_outcome_and_leaks_nothing() -> None:
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="HISTORIES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
