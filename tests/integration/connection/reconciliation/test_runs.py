"""Runs of the reconciliation: one at a time, while SAP is away, at night, killed at any call."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from emulators.sap import people
from emulators.sap.faults import FaultPlan
from functions.reconcile import reading, runs
from shared.optimistic import optimistically
from shared.order.hold import HoldKind
from shared.reconciliation.model import Run, RunOutcome, State
from shared.reconciliation.repository import (
    GRACE,
    RunActiveError,
    difference_reference,
    read_current,
)
from tests.factories.company import company, store_company
from tests.factories.order import change_order
from tests.integration.connection.reconciliation.reconciling import BothSides, World, counts, opened
from tests.integration.connection.small_world import SKUS


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

    assert run.outcome is RunOutcome.FAILED
    assert "BAPI_SALESORDER_GETLIST" in run.failure
    world.start()


def test_a_customer_whose_list_sap_breaks_off_keeps_no_other_from_being_compared(
    world: World,
) -> None:
    world.place(a=2)
    store_company(world.db, company(id="100002"))
    # As SAP ends what runs for longer than a dialog may.
    world.sap.faults.set(FaultPlan(dumps="BAPI_SALESORDER_GETLIST", times=runs.MOST_TRIES))

    run = world.run()

    assert (run.outcome, run.customers_done) == (RunOutcome.FAILED, 1)
    assert run.failure.startswith("100001: ")


def test_a_difference_over_which_sap_breaks_off_is_looked_at_after_others(world: World) -> None:
    numbers = [world.place(a=2), world.place(a=3)]
    for number in numbers:
        people.change_quantity(world.sap, world.in_sap(number), "000010", Decimal(1))
    world.lose()
    world.start()
    world.both.reconcile()
    world.sap.faults.set(FaultPlan(dumps="BAPI_SALESORDER_GETLIST"))

    world.both.reconcile(GRACE)

    due = [world.difference(number).due_at for number in numbers]
    assert sorted(filter(None, due)) == [world.both.now, world.both.now + GRACE]


def test_a_nightly_run_begins_once_a_night(world: World) -> None:
    world.place(a=2)
    night = world.both.now.astimezone(world.sap.settings.zone).replace(hour=2, minute=0)
    world.both.now = (night + timedelta(days=1)).astimezone(world.both.now.tzinfo)
    for _ in range(3):
        world.both.reconcile()

    found = [
        Run.model_validate(one.to_dict()) for one in world.db.collection("reconciliations").stream()
    ]
    assert [(one.asked_by, one.outcome) for one in found] == [("", RunOutcome.DONE)]
    current = optimistically(world.db, lambda attempt: read_current(attempt, world.db))
    assert current.done_at == found[0].ended_at


def _aged(world: World, number: str, days: int) -> None:
    """The order, as if it had been placed so many days before."""
    before = world.order(number)
    placed = before.placed_at - timedelta(days=days)
    change_order(world.db, before.model_copy(update={"placed_at": placed}))


def _tonight(world: World) -> None:
    night = world.both.now.astimezone(world.sap.settings.zone).replace(hour=2, minute=0)
    world.both.now = (night + timedelta(days=1)).astimezone(world.both.now.tzinfo)


def test_the_nightly_run_finds_what_differs_of_an_old_order_that_is_not_over(world: World) -> None:
    numbers = [world.place(a=2) for _ in range(3)]
    for number in numbers[1:]:
        people.change_quantity(world.sap, world.in_sap(number), "000010", Decimal(1))
    world.lose()
    _aged(world, numbers[0], 300)
    _aged(world, numbers[1], 200)
    _tonight(world)
    world.both.reconcile()
    [begun] = world.db.collection("reconciliations").stream()

    run = world.finish(Run.model_validate(begun.to_dict()))

    assert run.counts == counts(agreed=1, found=2, mended=2)
    assert [len(world.order(number).versions) for number in numbers] == [0, 2, 2]


def test_a_run_killed_among_old_orders_goes_on_behind_the_last(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_TRIES", 200)
    monkeypatch.setattr(reading, "EARLIER_AT_ONCE", 2)
    numbers = [world.place(a=1) for _ in range(5)]
    people.change_quantity(world.sap, world.in_sap(numbers[2]), "000010", Decimal(3))
    world.lose()
    for days, number in enumerate(numbers, 100):
        _aged(world, number, days)
    run = world.start(earlier=True)
    for calls in range(60):
        world.both.reconcile(timedelta(minutes=2), calls)
        world.hear()
        if world.read(run).ended_at:
            break

    assert world.both.fuse.deaths > 10
    assert world.read(run).counts == counts(agreed=4, found=1, mended=1)


def test_an_old_order_over_which_sap_breaks_off_keeps_no_other_from_being_compared(
    world: World,
) -> None:
    numbers = [world.place(a=1) for _ in range(2)]
    for days, number in enumerate(numbers, 100):
        _aged(world, number, days)
    run = world.start(earlier=True)
    world.both.now += GRACE
    world.sap.faults.set(FaultPlan(dumps="BAPI_SALESORDER_GETLIST", times=2 * runs.MOST_TRIES + 1))

    run = world.finish(run)

    # The customer's own list was given up, and the first of its orders.
    assert run.outcome is RunOutcome.FAILED
    assert run.counts == counts(agreed=1)


@pytest.mark.timeout(120)
def test_a_run_that_is_killed_at_any_call_counts_and_mends_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Here nobody gives up a customer over whom so many were killed.
    monkeypatch.setattr(runs, "MOST_TRIES", 200)
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

    assert world.both.fuse.deaths > 15
    assert world.read(run).counts == counts(agreed=1, found=2, mended=2)
    assert len(world.order(changed).versions) == 2
    assert world.order(agreed).versions == []
    assert len(world.sap.orders()) == 3


def test_what_a_killed_run_had_found_counts_once_though_it_is_mended_before_it_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_TRIES", 200)
    lost = world.accept(a=2)
    world.both.run_task(0)
    world.sap.delete(world.in_sap(lost))
    world.lose()
    world.both.now += GRACE
    run = world.start()
    for calls in range(100):
        world.both.reconcile(timedelta(minutes=2), calls)
        if difference_reference(world.db, lost).get().exists:
            break
    assert world.read(run).cursor == ""
    world.both.now += GRACE

    assert world.finish(run).counts == counts(found=1, mended=1)


@pytest.mark.timeout(0)
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_was_lost_both_sides_agree_or_a_person_is_asked(
    both_sides: BothSides, data: st.DataObject
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
        assert run.outcome is RunOutcome.DONE
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
            people.reject(world.sap, there, "01", [item])
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


def test_a_customer_of_many_orders_is_compared_page_by_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "ORDERS_AT_ONCE", 2)
    placed = [world.place(a=1) for _ in range(5)]
    first, last = placed[0], placed[-1]
    for number in (first, last):
        people.change_quantity(world.sap, world.in_sap(number), "000010", Decimal(2))
    world.lose()

    run = world.run()

    assert run.counts == counts(found=2, mended=2, agreed=3)
    assert [world.order(one).lines[0].quantity for one in placed] == [2, 1, 1, 1, 2]
