"""Orders are compared with SAP's: what was lost is mended, what is unclear waits for a person."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from google.cloud.firestore import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from emulators.sap import people
from emulators.sap.customizing import external_numbers
from emulators.sap.faults import FaultPlan
from emulators.sap.server import CLIENT_PATH
from emulators.sap.system import System
from shared.optimistic import optimistically
from shared.order import repository as orders
from shared.order.handover import is_in_doubt
from shared.order.hold import HoldKind
from shared.order.model import HandoverState, Order
from shared.order.status import Status
from shared.reconciliation.model import Choice, Counts, Difference, Kind, Outcome, Run, Scope, State
from shared.reconciliation.repository import (
    GRACE,
    Asking,
    NotToDecideError,
    RunActiveError,
    decide,
    difference_reference,
    read_current,
    run_reference,
    start,
)
from tests.factories.availability import stock as stock_of
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company, credit
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of, store_context
from tests.factories.sap import ECC
from tests.integration.connection.small_world import ON_HAND, SKUS, STYLE, sap_data
from tests.integration.emulators.sap.data import STAMP
from tests.integration.functions.orders.conftest import Person
from tests.support.connection import Connection, Fuse, burning, clear, database, gateway

MARIA = "Maria Costa"


class World:
    """Both systems, and people on both sides."""

    def __init__(self, both: Connection, context: Any) -> None:
        self.both = both
        self.context = context
        self.anna = Person(both.app)
        self.placed = 0

    @property
    def db(self) -> Client:
        return self.both.db

    @property
    def sap(self) -> System:
        return self.both.sap

    def place(self, **pieces: int) -> str:
        """An order that SAP has and has told of; `pieces` by the SKU's place: a=2, b=3."""
        number = self.accept(**pieces)
        self.both.run_task(0)
        self.hear()
        return number

    def accept(self, **pieces: int) -> str:
        """An order that waits for its hand-over."""
        self.placed += 1
        known = {one.number for one in self.both.orders()}
        rows = [
            (SKUS["abcd".index(name)].id, DOOR, AT_ONCE, count)
            for name, count in (pieces or {"a": 2}).items()
        ]
        cart = cart_of(rows, id=f"cart-{self.placed}")
        store_cart(self.db, cart)
        reply = self.anna.place(body_for(cart, self.context), key=f"placing-{self.placed:08}")
        assert reply.status_code == 201, reply.json
        [number] = {one.number for one in self.both.orders()} - known
        return number

    def hear(self) -> None:
        """All that SAP says arrives."""
        self.both.fetch_mail()
        while self.both.mail:
            self.both.deliver(0)

    def lose(self) -> None:
        """Nothing that SAP says arrives."""
        self.both.fetch_mail()
        self.both.mail.clear()

    def in_sap(self, number: str) -> str:
        """SAP's number."""
        [found] = [
            one.number
            for one in self.sap.orders()
            if one.purchase_order.startswith(number) and not one.reference
        ]
        return found

    def start(self, **scope: Any) -> Run:
        """An operator has a run begin."""
        asking = Asking(by=MARIA, now=self.both.now, uid="maria")
        return start(self.db, self.system, Scope(**{"days": 30} | scope), asking)

    @property
    def system(self) -> str:
        return self.sap.settings.logical_system

    def run(self, **scope: Any) -> Run:
        """A run from its beginning to its end, with all that happens meanwhile.

        By then what SAP said first of an order has long been under way.
        """
        self.both.now += GRACE
        return self.finish(self.start(**scope))

    def finish(self, run: Run) -> Run:
        """The run as it ended."""
        for _ in range(30):
            self.both.reconcile(timedelta(minutes=2))
            self.hear()
            if (there := self.read(run)).ended_at:
                return there
            if self.both.now > run.asked_at + GRACE:
                for _ in range(len(self.both.tasks)):
                    self.both.run_task(0)
                self.both.sweep(timedelta(seconds=1))
        raise AssertionError(there)

    def read(self, run: Run) -> Run:
        return Run.model_validate(run_reference(self.db, run.id).get().to_dict())

    def difference(self, number: str) -> Difference:
        return Difference.model_validate(difference_reference(self.db, number).get().to_dict())

    def order(self, number: str) -> Order:
        return self.both.order(number)

    def decide(self, number: str, choice: Choice) -> Difference:
        asking = Asking(by=MARIA, now=self.both.now, uid="maria", reason="Looked in SAP")
        return decide(self.db, number, choice, asking)


def counts(**some: int) -> Counts:
    return Counts(**some)


@pytest.fixture(name="both_sides")
def _both_sides(
    firestore_host: str, project_id: str, tmp_path: Path
) -> Iterator[tuple[Client, Fuse, Any, str, Path]]:
    """A client that burns, and a gateway, which every test gives its own SAP."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        found = stack.enter_context(gateway(_system(tmp_path / "first")))
        fuse = Fuse()
        api = stack.enter_context(burning(firestore_host, fuse))
        yield database(project_id, api), fuse, found, firestore_host, tmp_path


def _system(folder: Path) -> System:
    return System(sap_data(), folder, ECC, publishes=True, external_numbers=external_numbers(ECC))


def opened(both_sides: tuple[Client, Fuse, Any, str, Path], name: str) -> World:
    client, fuse, found, host, folder = both_sides
    clear(host, client.project)
    found.break_all()
    old = {sku.article: stock_of(ON_HAND, stamp=STAMP) for sku in SKUS}
    context = context_of(STYLE, buying=company(credit=credit(limit=1_000_000_000, stamp=STAMP)))
    for availability in context.availability.values():
        availability.stock.update(old)
    store_context(client, context)
    found.system = _system(folder / name)
    both = Connection(client, fuse, found.system, f"{found.system_number:02d}")
    return World(both, context)


@pytest.fixture(name="world")
def _world(
    both_sides: tuple[Client, Fuse, Any, str, Path], request: pytest.FixtureRequest
) -> Iterator[World]:
    world = opened(both_sides, request.node.name.replace("/", "-"))
    yield world
    world.sap.close()


def test_sides_that_agree_are_left_as_they_are(world: World) -> None:
    number = world.place(a=2, b=3)
    before = world.order(number)

    run = world.run()

    assert run.outcome is Outcome.DONE
    assert run.counts == counts(agreed=1)
    assert (run.customers, run.customers_done) == (1, 1)
    assert world.order(number) == before


def test_a_change_whose_message_was_lost_becomes_saps_version(world: World) -> None:
    number = world.place(a=2, b=3)
    people.change_quantity(world.sap, world.in_sap(number), "000020", Decimal(1))
    people.change_price(world.sap, world.in_sap(number), "000010", Decimal("19.90"))
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, mended=1)
    order = world.order(number)
    assert [line.quantity for line in order.lines] == [2, 1]
    assert order.lines[0].unit_price.amount == 1990
    assert [one.is_saps for one in order.versions] == [False, True]
    assert order.lines[0].confirmed[0].quantity == 2  # as SAP confirmed it before
    assert order.lines[1].confirmed[0].quantity == 1
    found = world.difference(number)
    assert found.kinds == [Kind.LINES]
    told = {(row.position, row.field): (row.ours, row.saps) for row in found.rows}
    assert told[20, "quantity"] == ("3", "1")
    assert told[10, "price"] == ("25.00 EUR", "19.90 EUR")


def test_what_is_under_way_is_no_difference(world: World) -> None:
    number = world.place(a=2)
    people.change_quantity(world.sap, world.in_sap(number), "000010", Decimal(1))
    run = world.start()
    world.both.reconcile()
    assert world.difference(number).state is State.SEEN
    world.hear()

    run = world.finish(run)

    assert run.counts == counts(found=1, gone=1)
    assert len(world.order(number).versions) == 2


def test_a_lost_message_that_comes_late_changes_nothing_more(world: World) -> None:
    number = world.place(a=2, b=1)
    people.change_quantity(world.sap, world.in_sap(number), "000010", Decimal(1))
    world.both.fetch_mail()
    lost, world.both.mail[:] = list(world.both.mail), []
    world.run()
    mended = world.order(number)

    world.both.mail.extend(lost)
    world.hear()

    after = world.order(number)
    assert [line.quantity for line in after.lines] == [line.quantity for line in mended.lines]
    assert len(after.versions) == len(mended.versions) == 2


def test_rejected_added_and_substituted_items_are_taken_over(world: World) -> None:
    number = world.place(a=2, b=3)
    there = world.in_sap(number)
    world.sap.reject(there, "01", ["000010"])
    people.add_item(world.sap, there, SKUS[2].article.zfill(18), Decimal(4), Decimal("10.00"))
    people.substitute(world.sap, there, "000020", SKUS[3].article.zfill(18))
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, mended=1)
    order = world.order(number)
    assert [(line.article, line.quantity, line.rejected) for line in order.lines] == [
        (SKUS[0].article, 2, True),
        (SKUS[3].article, 3, False),
        (SKUS[2].article, 4, False),
    ]


def test_a_block_that_sap_took_off_is_taken_off(world: World) -> None:
    number = world.place()
    people.set_blocks(world.sap, world.in_sap(number), delivery="01")
    world.hear()
    assert [hold.kind for hold in world.order(number).holds] == [HoldKind.DELIVERY_BLOCK]
    people.set_blocks(world.sap, world.in_sap(number), delivery="")
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, mended=1)
    assert world.order(number).holds == []


def test_a_credit_block_stays_when_another_difference_is_mended(world: World) -> None:
    number = world.place(a=2)
    people.set_credit(world.sap, world.in_sap(number), "B")
    world.hear()
    people.change_quantity(world.sap, world.in_sap(number), "000010", Decimal(1))
    world.lose()

    world.run()

    assert [hold.kind for hold in world.order(number).holds] == [HoldKind.CREDIT]


def test_a_return_that_nobody_told_of_is_filed(world: World) -> None:
    number = world.place(a=2)
    world.sap.ship(world.in_sap(number), {}, "DHL", "")
    world.hear()
    people.follow(world.sap, world.in_sap(number), "return", {})
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, mended=1)
    assert [one.kind for one in world.order(number).related] == ["return"]


def test_an_order_that_sap_took_and_lost_is_handed_over_again_under_its_number(
    world: World,
) -> None:
    number = world.accept(a=2)
    world.both.run_task(0)
    lost = world.in_sap(number)
    world.sap.delete(lost)
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, mended=1)
    assert world.in_sap(number) == lost
    order = world.order(number)
    assert order.status is Status.CONFIRMED
    assert order.handover.state is HandoverState.ACCEPTED
    assert not is_in_doubt(order.handover)


def test_an_order_that_somebody_deleted_waits_for_a_person_who_sends_it_again(
    world: World,
) -> None:
    number = world.place(a=2)
    world.sap.delete(world.in_sap(number))
    world.hear()

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    found = world.difference(number)
    assert (found.kinds, found.state) == ([Kind.MISSING], State.PARKED)
    assert world.sap.orders() == []
    world.decide(number, Choice.RESEND)
    for _ in range(20):
        world.both.sweep(timedelta(minutes=1))
        for _ in range(len(world.both.tasks)):
            world.both.run_task(0)
        world.hear()
        world.both.reconcile()
    assert world.in_sap(number)
    assert world.difference(number).state is State.MENDED
    [entry] = [one.to_dict() or {} for one in world.db.collection("audit").stream()
               if one.get("action") == "resend"]  # fmt: skip
    assert (entry["by"], entry["reason"], entry["object"]) == (
        MARIA,
        "Looked in SAP",
        f"differences/{number}",
    )


def test_an_order_of_ours_that_was_never_placed_is_shown(world: World) -> None:
    number = world.place(a=2)
    orders.reference(world.db, number).delete()

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    found = world.difference(number)
    assert found.kinds == [Kind.UNKNOWN]
    assert [row.saps for row in found.rows] == [world.in_sap(number).lstrip("0")]
    assert found.choices == {Choice.SETTLE}


def test_what_was_cancelled_here_and_goes_on_in_sap_is_shown(world: World) -> None:
    number = world.place(a=2)
    order = world.order(number)
    cancelled = order.model_copy(update={"status": Status.CANCELLED})
    orders.reference(world.db, number).update({"status": cancelled.status.value})

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    assert world.difference(number).kinds == [Kind.CANCELLED]


def test_a_second_sales_order_is_shown(world: World) -> None:
    number = world.place(a=2)
    copy = world.sap.order(world.in_sap(number)).model_copy(update={"number": "0000007777"})
    world.sap.add(copy)
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    assert world.difference(number).kinds == [Kind.TWICE]
    assert len(world.difference(number).sap_numbers) == 2


def test_another_reference_in_sap_keeps_an_order_from_being_sent_twice(world: World) -> None:
    number = world.accept(a=2)
    world.both.run_task(0)

    def rename(order: Any, _touched: Any) -> None:
        order.purchase_order = "by phone"

    world.sap.edit(world.in_sap(number), rename)
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    assert world.difference(number).kinds == [Kind.NUMBER]
    assert len(world.sap.orders()) == 1


def test_what_waits_for_its_hand_over_is_not_compared(world: World) -> None:
    world.accept(a=2)

    run = world.run()

    assert run.counts == counts(pending=1)


def test_an_order_whose_first_response_was_lost_waits_for_a_person(world: World) -> None:
    """SAP's list has no confirmed dates, and a buyer is told none that nobody said."""
    number = world.accept(a=2)
    world.both.run_task(0)
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    assert world.difference(number).kinds == [Kind.UNCONFIRMED]
    world.decide(number, Choice.TAKE)
    world.both.reconcile()
    world.hear()
    world.both.reconcile(GRACE)
    assert world.difference(number).state is State.MENDED
    order = world.order(number)
    assert (order.status, order.lines[0].confirmed) == (Status.CONFIRMED, [])


def test_what_a_person_settled_is_not_found_again_until_it_is_another_one(world: World) -> None:
    number = world.place(a=2)
    world.sap.delete(world.in_sap(number))
    world.hear()
    world.run()
    world.decide(number, Choice.SETTLE)

    assert world.run().counts == counts(known=1)
    found = world.difference(number)
    assert found.state is State.SETTLED
    assert [(one.by, one.reason) for one in found.decisions] == [(MARIA, "Looked in SAP")]
    with pytest.raises(NotToDecideError):
        world.decide(number, Choice.RESEND)


def test_a_parked_difference_that_is_none_any_more_closes_itself(world: World) -> None:
    number = world.place(a=2)
    copy = world.sap.order(world.in_sap(number)).model_copy(update={"number": "0000007777"})
    world.sap.add(copy)
    world.lose()
    world.run()
    world.sap.delete("0000007777")
    world.lose()

    assert world.run().counts == counts(agreed=1)
    world.both.reconcile()
    assert world.difference(number).state is State.GONE


def test_one_run_at_a_time(world: World) -> None:
    world.start()

    with pytest.raises(RunActiveError):
        world.start()


def test_a_run_waits_while_sap_is_away_and_goes_on(world: World) -> None:
    world.place(a=2)
    run = world.start()
    world.sap.faults.set(FaultPlan(down=True))
    world.both.reconcile()
    assert world.read(run).waits_for
    assert world.read(run).ended_at is None
    world.sap.faults.clear()

    run = world.finish(run)

    assert run.counts == counts(agreed=1)
    assert run.waits_for == ""


def test_a_run_that_may_not_ask_sap_fails_at_once(world: World) -> None:
    world.place(a=2)
    run = world.start()
    world.sap.faults.set(FaultPlan(unauthorized="BAPI_SALESORDER_GETLIST"))

    run = world.finish(run)

    assert run.outcome is Outcome.FAILED
    assert "BAPI_SALESORDER_GETLIST" in run.failure
    world.start()


def test_a_nightly_run_begins_once_a_night(world: World) -> None:
    world.place(a=2)
    night = world.both.now.astimezone(world.sap.settings.zone).replace(hour=2, minute=0)
    world.both.now = (night + timedelta(days=1)).astimezone(world.both.now.tzinfo)
    for _ in range(3):
        world.both.reconcile()

    found = [
        Run.model_validate(one.to_dict()) for one in world.db.collection("reconciliations").stream()
    ]
    assert [(one.asked_by, one.outcome) for one in found] == [("", Outcome.DONE)]
    current = optimistically(world.db, lambda attempt: read_current(attempt, world.db))
    assert current.done_at == found[0].ended_at


@pytest.mark.timeout(120)
def test_a_run_that_is_killed_at_any_call_counts_and_mends_once(world: World) -> None:
    changed, agreed, lost = world.place(a=2), world.place(b=1), world.accept(c=1)
    people.change_quantity(world.sap, world.in_sap(changed), "000010", Decimal(1))
    world.both.run_task(0)
    world.sap.delete(world.in_sap(lost))
    world.lose()
    world.both.now += GRACE
    run = world.start()
    for calls in range(200):
        # Later than any lease, so that somebody goes on after each death.
        world.both.reconcile(timedelta(minutes=2), calls)
        if calls % 3 == 0:
            world.hear()
            world.both.sweep(timedelta(seconds=1))
            for _ in range(len(world.both.tasks)):
                world.both.run_task(0)
        if world.read(run).ended_at:
            break

    assert world.both.fuse.deaths > 20
    counted = world.read(run).counts
    assert (counted.agreed, counted.mended, counted.parked, counted.gone) == (1, 2, 0, 0)
    # What was mended before a customer was compared again is on its way by then.
    assert counted.found + counted.pending == 2
    assert len(world.order(changed).versions) == 2
    assert world.order(agreed).versions == []
    assert len(world.sap.orders()) == 3


@pytest.mark.timeout(0)
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_was_lost_both_sides_agree_or_a_person_is_asked(
    both_sides: tuple[Client, Fuse, Any, str, Path], data: st.DataObject
) -> None:
    with_name = data.draw(st.integers(0, 10**9), label="folder")
    world = opened(both_sides, f"lost-{with_name}-{id(data)}")
    try:
        numbers = [world.place(a=4, b=2), world.place(c=3)]
        for _ in range(data.draw(st.integers(1, 5))):
            there = world.in_sap(data.draw(st.sampled_from(numbers)))
            _change(world, there, data)
            if data.draw(st.booleans(), label="lost"):
                world.lose()
            else:
                world.hear()
        run = world.run()
        assert run.outcome is Outcome.DONE
        assert run.counts.found == run.counts.mended + run.counts.parked + run.counts.gone
        for number in numbers:
            found = difference_reference(world.db, number).get().to_dict()
            if found and found["state"] == State.PARKED.value:
                continue
            _same_items(world, number)
    finally:
        world.sap.close()


def _change(world: World, there: str, data: st.DataObject) -> None:
    order = world.sap.order(there)
    open_items = [item for item in order.items if not item.rejection]
    if not open_items:
        return
    item = data.draw(st.sampled_from([one.number for one in open_items]))
    match data.draw(st.sampled_from(["quantity", "price", "reject", "add", "substitute", "block"])):
        case "quantity":
            people.change_quantity(world.sap, there, item, Decimal(data.draw(st.integers(1, 9))))
        case "price":
            cents = data.draw(st.integers(100, 9999))
            people.change_price(world.sap, there, item, Decimal(cents) / 100)
        case "reject":
            world.sap.reject(there, "01", [item])
        case "add":
            material = SKUS[3].article.zfill(18)
            people.add_item(world.sap, there, material, Decimal(1), Decimal("9.90"))
        case "substitute":
            people.substitute(world.sap, there, item, SKUS[3].article.zfill(18))
        case _:
            block = data.draw(st.sampled_from(["", "01"]))
            people.set_blocks(world.sap, there, delivery=block)


def _same_items(world: World, number: str) -> None:
    there = world.sap.order(world.in_sap(number))
    order = world.order(number)
    ours = {
        line.position: (line.article, line.quantity, line.amount.amount)
        for line in order.lines
        if line.quantity and not line.rejected
    }
    saps = {
        int(item.number): (item.material.lstrip("0"), int(item.quantity), int(item.net_value * 100))
        for item in there.items
        if not item.rejection
    }
    assert ours == saps
    if saps:
        held = HoldKind.DELIVERY_BLOCK in {hold.kind for hold in order.holds}
        assert held == bool(there.delivery_block)
