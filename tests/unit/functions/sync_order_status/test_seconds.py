"""SAP stamps an order by the second: figures of that second do not include it, later ones do."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from functions.sync_inventory.merge import merge as merge_stock
from functions.sync_order_status.merge import merge
from shared.availability.model import Availability
from shared.availability.rules import pending
from shared.order.model import Order
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.store import to_document
from tests.factories.company import company, credit
from tests.factories.order import order, order_line
from tests.factories.sap import ECC, packet, stamp, stock_message, stock_row
from tests.factories.sap_documents import ordrsp
from tests.support import sums
from tests.support.idocs import read_packet, stock, stock_change

ARTICLE = "10123001"
SECOND = stamp(100)[:14]


def status_at(serial: str, created: str, pieces: int) -> SapOrderStatus:
    """SAP's word on the order's one item; its clock shows the second only."""
    idoc = ordrsp(
        serial=serial, created=created, lines=[(10, ARTICLE, pieces, "")], ordered={10: pieces}
    )
    [found] = read_packet(packet(idoc), ECC, {"ORDRSP": order_status})
    assert found is not None
    return found


def promised(messages: Sequence[object]) -> int:
    """Pieces of an order of five beside SAP's stock, after responses and stock of such stamps."""
    one: Order = order(lines=[order_line("10123-010-S", ARTICLE, 5, position=10)])
    held, buyer = sums.save(Availability(style="10123", plant="EU01"), company(), None, one)
    for message in messages:
        if isinstance(message, str):
            rows = stock(stock_message(stock_row(ARTICLE, changed=message)))["10123", "EU01"]
            document = merge_stock(to_document(held), stock_change(rows))
            held = Availability.model_validate(document or held)
        elif isinstance(message, SapOrderStatus):
            before, one = one, merge(one, message)
            held, buyer = sums.save(held, buyer, before, one)
    return sum(pending(held, ARTICLE).values())


@pytest.mark.parametrize("figure", [SECOND, f"{SECOND}000000", f"{SECOND}700000"])
@pytest.mark.parametrize("late", [False, True])
def test_an_order_counts_beside_stock_of_its_second(figure: str, late: bool) -> None:
    response = status_at(SECOND, SECOND, 5)
    assert promised([figure, response] if late else [response, figure]) == 5


@pytest.mark.parametrize("figure", [stamp(101), stamp(101)[:14]])
def test_stock_of_the_next_second_includes_the_order(figure: str) -> None:
    for messages in permutations([status_at(SECOND, SECOND, 5), figure]):
        assert promised(messages) == 0


def test_so_it_is_with_a_change_that_sap_told_by_the_second() -> None:
    created, changed = status_at(SECOND, SECOND, 5), status_at(stamp(110)[:14], SECOND, 8)
    for messages in permutations([created, changed, stamp(110)[:14]]):
        assert promised(messages) == 3
    for messages in permutations([created, changed, stamp(111)]):
        assert promised(messages) == 0


def test_so_it_is_with_the_credit_that_is_left() -> None:
    one = order(lines=[order_line("10123-010-S", ARTICLE, 5, position=10)])
    held = Availability(style="10123", plant="EU01")
    for stamped, counts in ((stamp(100), True), (stamp(101), False)):
        buyer = company(credit=credit(limit=1_000_000, stamp=stamped))
        _, before = sums.save(held, buyer, None, one)
        _, after = sums.save(held, before, one, merge(one, status_at(SECOND, SECOND, 5)))
        assert (after.credit_left() == before.credit_left()) is counts
