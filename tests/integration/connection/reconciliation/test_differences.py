"""Orders are compared with SAP's: what was lost is mended, what is unclear waits for a person."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from emulators.sap import people, shipping
from shared.order import repository as orders
from shared.order.handover import HandoverState, is_in_doubt
from shared.order.hold import HoldKind
from shared.order.status import Status
from shared.reconciliation.model import Choice, Kind, RunOutcome, State
from shared.reconciliation.repository import (
    NotToDecideError,
)
from tests.integration.connection.reconciliation.reconciling import MARIA, World, counts
from tests.integration.connection.small_world import SKUS


def test_sides_that_agree_are_left_as_they_are(world: World) -> None:
    number = world.place(a=2, b=3)
    before = world.order(number)

    run = world.run()

    assert run.outcome is RunOutcome.DONE
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
    people.reject(world.sap, there, "01", ["000010"])
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
    shipping.ship(world.sap, world.in_sap(number), {}, "DHL", "")
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


def test_an_order_that_is_sent_again_is_not_changed_or_cancelled_before_sap_has_it(
    world: World,
) -> None:
    number = world.place(a=2)
    world.sap.delete(world.in_sap(number))
    world.hear()
    world.run()
    world.decide(number, Choice.RESEND)

    for reply in (world.anna.cancel(number), world.anna.change(number, {SKUS[0].id: 1})):
        assert (reply.status_code, reply.json["code"]) == (409, "handover_running")

    assert world.order(number).change is None


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


def test_an_order_whose_first_response_was_lost_is_told_of(world: World) -> None:
    """SAP's list has no confirmed dates, and a buyer is told none that nobody said."""
    number = world.accept(a=2)
    world.both.run_task(0)
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, mended=1)
    found = world.difference(number)
    assert (found.kinds, found.state) == ([Kind.UNCONFIRMED], State.MENDED)
    order = world.order(number)
    assert (order.status, order.lines[0].confirmed) == (Status.CONFIRMED, [])


def test_a_first_response_that_was_lost_of_an_order_in_another_plant_waits_for_a_person(
    world: World,
) -> None:
    number = world.accept(a=2)
    world.both.run_task(0)

    def move(one: Any, _: Any) -> None:
        one.items[0].plant = "US01"

    world.sap.edit(world.in_sap(number), move)
    world.lose()

    run = world.run()

    assert run.counts == counts(found=1, parked=1)
    assert world.difference(number).kinds == [Kind.PLANT, Kind.UNCONFIRMED]


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
