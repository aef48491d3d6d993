"""sync_order_status against Firestore."""

from itertools import permutations
from typing import Any

import pytest
from google.api_core.exceptions import InvalidArgument
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.sync_customers.handler import apply as apply_customers
from functions.sync_inventory.handler import apply as apply_inventory
from functions.sync_order_status.handler import LARGEST_ORDER, apply
from shared.availability.model import Availability
from shared.document_size import size_of
from shared.event.message import SapMessage
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order
from shared.order.status import Status
from shared.stamped import UNTOLD
from shared.store import to_document
from shared.style.model import Sku
from tests.factories.availability import promised, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import NUMBER, order, order_line, store_order
from tests.factories.sap import (
    ECC,
    PUBLISHED_AT,
    Idoc,
    clock,
    packet,
    stamp,
    stock_message,
    stock_row,
)
from tests.factories.sap_customers import zcredit
from tests.factories.sap_documents import desadv, invoic, ordrsp
from tests.factories.style import colourway, store_style, style
from tests.support.firestore_counter import counting

CREATED = stamp(100)
LINES = [
    order_line("10123-010-S", "10123001", 5, position=10),
    order_line("10200-400-M", "10200002", 3, position=20),
]


def _idoc(
    second: int, rejected: tuple[int, ...] = (), number: str = NUMBER, reason: str = "Z1"
) -> Idoc:
    lines = [
        (line.position, line.article, line.quantity, reason if line.position in rejected else "")
        for line in LINES
    ]
    ordered = {line.position: line.quantity for line in LINES}
    return ordrsp(number, stamp(second), created=CREATED, lines=lines, ordered=ordered)


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-orders", packet(*idocs), {}, PUBLISHED_AT)


def _place(db: Client) -> Order:
    placed = order(lines=LINES)
    store_order(db, placed)
    held = {UNTOLD: placed.net.amount}
    store_company(db, company().model_copy(update={"open_amounts": held}))
    store_availability(
        db,
        *(
            Availability(
                style=line.sku.split("-", maxsplit=1)[0],
                plant="EU01",
                promised=promised(placed.requested_on, {line.article: line.quantity}),
            )
            for line in LINES
        ),
    )
    return placed


def _state(db: Client) -> dict[str, Any]:
    state = {}
    for name in ("orders", "companies", "availability"):
        for snapshot in db.collection(name).stream():
            document = snapshot.to_dict() or {}
            document.pop("updated_at", None)
            if open_amounts := document.get("open_amounts"):
                # Sums of zero count for nothing, and go with the next credit figures.
                document["open_amounts"] = {s: n for s, n in open_amounts.items() if n}
            state[snapshot.reference.path] = document
    return state


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    rows = [stock_row("10123001", stamp(101), 50, ordered=5)]
    arrivals = [
        (apply, _message(_idoc(101))),
        (apply, _message(_idoc(102, rejected=(20,)))),
        (apply_inventory, SapMessage("2", "sap-inventory", stock_message(*rows), {}, PUBLISHED_AT)),
        (
            apply_customers,
            SapMessage("3", "sap-customers", packet(zcredit(serial=stamp(99))), {}, PUBLISHED_AT),
        ),
    ]
    states = []
    for order_ in permutations(arrivals):
        _place(firestore)
        for handle, message in (*order_, order_[0]):
            handle(firestore, ECC, message)
        states.append(_state(firestore))
    assert all(state == states[0] for state in states)
    stored = Order.model_validate({**states[0][f"orders/{NUMBER}"], "updated_at": CREATED_AT})
    assert stored.status is Status.CONFIRMED
    assert [line.rejected for line in stored.lines] == [False, True]
    # The first style's figures include the order, the second's line was rejected.
    assert states[0]["availability/10123~EU01"]["promised"] == {}
    assert states[0]["availability/10200~EU01"]["promised"] == {}
    assert states[0]["companies/100001"]["open_amounts"] == {CREATED: 12500}


CREATED_AT = order().updated_at


def _read(db: Client) -> dict[str, Any]:
    return db.collection("orders").document(NUMBER).get().to_dict() or {}


def test_a_rejected_order_gives_everything_back(firestore: Client) -> None:
    _place(firestore)
    apply(firestore, ECC, _message(_idoc(101, rejected=(10, 20))))
    state = _state(firestore)
    assert state[f"orders/{NUMBER}"]["status"] == "rejected"
    assert state[f"orders/{NUMBER}"]["handover"]["due_at"] is None
    assert state["companies/100001"]["open_amounts"] == {}
    assert state["availability/10123~EU01"]["promised"] == {}


def test_a_reason_for_rejection_without_words_is_told_once(firestore: Client) -> None:
    _place(firestore)
    with capture_logs() as logged:
        apply(firestore, ECC, _message(_idoc(101, rejected=(10, 20), reason="ZX")))
        apply(firestore, ECC, _message(_idoc(102, rejected=(10, 20))))
    told = [(one["setting"], one["key"]) for one in logged if one["event"] == "key without words"]
    assert told == [("buyer_texts.rejections", "ZX")]


def test_an_order_that_was_cancelled_and_is_in_sap_is_told_of(firestore: Client) -> None:
    withdrawn = Handover(state=HandoverState.WITHDRAWN, due_at=None)
    store_order(firestore, order(lines=LINES, status=Status.CANCELLED, handover=withdrawn))
    with capture_logs() as logged:
        apply(firestore, ECC, _message(_idoc(101)))
    assert [(e["event"], e["order"]) for e in logged if e["log_level"] == "error"] == [
        ("cancelled but in SAP", NUMBER)
    ]


def test_reads_and_writes(firestore: Client) -> None:
    _place(firestore)
    with counting(firestore) as first:
        apply(firestore, ECC, _message(_idoc(101)))
    with counting(firestore) as again:
        apply(firestore, ECC, _message(_idoc(101)))
    assert (first.reads, first.writes) == (5, 4)  # order twice; company, two styles
    assert (again.reads, again.writes) == (2, 0)  # the order twice


def test_other_channels_orders_are_ignored(firestore: Client) -> None:
    idoc = ordrsp(E1EDK02=[{"QUALF": "001", "BELNR": "Fax of 12 May"}])
    with counting(firestore) as count:
        apply(firestore, ECC, _message(idoc))
    assert count.rpcs == 0


def test_an_unknown_order_does_not_hold_up_the_others(firestore: Client) -> None:
    _place(firestore)
    unknown = _idoc(101, number="AAAAAAAAAA-001")
    outcome, _ = apply(firestore, ECC, _message(unknown, _idoc(101)))
    [quarantined] = outcome.quarantined
    assert quarantined.reasons == ["order AAAAAAAAAA-001 is not known"]
    assert _state(firestore)[f"orders/{NUMBER}"]["status"] == "confirmed"


def test_a_second_sales_order_of_our_number_is_filed_with_the_order(firestore: Client) -> None:
    store_order(firestore, order(lines=LINES, sap_number="999"))
    apply(firestore, ECC, _message(_idoc(101)))
    stored = _state(firestore)[f"orders/{NUMBER}"]
    assert (stored["status"], stored["sap_number"]) == ("accepted", "999")
    assert [(one["number"], one["kind"]) for one in stored["related"]] == [("4711", "second_order")]


def _added(second: int, article: str, *, unit: str = "PCE", pieces: int = 2) -> Idoc:
    """The order, and an item 30 that people in SAP added."""
    lines = [(line.position, line.article, line.quantity, "") for line in LINES]
    ordered = {line.position: line.quantity for line in LINES} | {30: pieces}
    price = {30: {"VPREI": "30.00", "PEINH": "1", "PMENE": "PCE", "MENEE": unit}}
    rows = [*lines, (30, article, pieces, "")]
    return ordrsp(serial=stamp(second), created=CREATED, lines=rows, ordered=ordered, items=price)


def test_an_item_that_saps_people_added_is_found_by_its_article(firestore: Client) -> None:
    _place(firestore)
    sku = Sku(id="10300-010-S", size="S", article="77000123", gtin="")
    store_style(firestore, style("10300", colourways=[colourway("10300", "010", skus=[sku])]))
    apply(firestore, ECC, _message(_idoc(101)))
    apply(firestore, ECC, _message(_added(102, "77000123")))
    after = Order.model_validate(_read(firestore))
    assert [(line.position, line.sku, line.quantity) for line in after.lines][-1] == (
        30,
        "10300-010-S",
        2,
    )
    assert after.names["10300"].style["en"] == style().names["en"]
    assert after.net.amount == LINES[0].amount.amount + LINES[1].amount.amount + 6000
    promised_there = _state(firestore)["availability/10123~EU01"]["promised"]
    assert promised_there
    assert after.versions[-1].by_kind == "sap"


def test_an_article_of_no_style_is_waited_for(firestore: Client) -> None:
    _place(firestore)
    outcome, _ = apply(firestore, ECC, _message(_added(102, "77000999")))
    [waiting] = outcome.waiting
    assert "an article of no style" in waiting.reasons[0]
    assert waiting.awaits == {"article 77000999"}
    assert "versions" not in {k for k, v in _state(firestore)[f"orders/{NUMBER}"].items() if v}


def test_cases_are_pieces_by_the_articles_factor(firestore: Client) -> None:
    _place(firestore)
    store_style(firestore, style("10300", multiple=12))
    apply(firestore, ECC, _message(_added(102, "10300001", unit="CT", pieces=1)))
    after = Order.model_validate(_read(firestore))
    assert after.lines[-1].quantity == 12
    assert [one.quantity for one in after.lines[-1].confirmed] == [12]
    fields = {"VRKME": "CT"}
    case = desadv(serial=stamp(103), items=[(30, "10300001", 1)], item_fields=fields)
    bill = invoic(serial=stamp(104), items=[(30, 1)], unit="CT")
    apply(firestore, ECC, _message(case, bill))
    after = Order.model_validate(_read(firestore))
    assert after.shipments[0].quantities == {30: 12}
    assert after.invoices[0].quantities == {30: 12}


def test_a_case_of_nobody_knows_how_many_waits_for_the_article_to_tell(firestore: Client) -> None:
    _place(firestore)
    store_style(firestore, style("10300", multiple=1))
    outcome, _ = apply(firestore, ECC, _message(_added(102, "10300001", unit="CT", pieces=1)))
    [waiting] = outcome.waiting
    assert "how many pieces a case of 10300001 has" in waiting.reasons[0]
    assert waiting.awaits == {"unit 10300"}


OTHER = "8K3Q9XZ4M2-001"


def _delivery(second: int, serial: str | None = None, **given: Any) -> Idoc:
    items = [(line.position, line.article, line.quantity) for line in LINES]
    return desadv(
        serial=serial or stamp(second), items=items, left=clock(ECC, stamp(second)), **given
    )


def _bill(second: int) -> Idoc:
    return invoic(serial=stamp(second), items=[(line.position, line.quantity) for line in LINES])


def test_any_order_of_responses_deliveries_and_invoices_ends_in_the_same_state(
    firestore: Client,
) -> None:
    messages = [
        _message(_idoc(101)),
        _message(_idoc(104, rejected=(20,))),
        _message(_delivery(102)),
        _message(_bill(103)),
    ]
    states = []
    for order_ in permutations(messages):
        _place(firestore)
        for message in (*order_, order_[0]):
            apply(firestore, ECC, message)
        states.append(_state(firestore))
    assert all(state == states[0] for state in states)
    stored = states[0][f"orders/{NUMBER}"]
    assert [step["status"] for step in stored["history"]] == [
        "accepted",
        "confirmed",
        "shipped",
        "invoiced",
    ]
    assert stored["status"] == "invoiced"


def test_a_delivery_of_two_orders_reaches_both(firestore: Client) -> None:
    _place(firestore)
    store_order(firestore, order(OTHER, lines=LINES))
    others = [(f"{OTHER}/PO 7", "4712", (10, "10123001", 2))]
    apply(firestore, ECC, _message(_delivery(102, others=others)))
    state = _state(firestore)
    assert state[f"orders/{NUMBER}"]["status"] == "shipped"
    assert state[f"orders/{OTHER}"]["status"] == "partly_shipped"
    assert state[f"orders/{OTHER}"]["sap_number"] == "4712"


def test_reads_and_writes_of_a_delivery(firestore: Client) -> None:
    _place(firestore)
    apply(firestore, ECC, _message(_idoc(101)))
    with counting(firestore) as first:
        apply(firestore, ECC, _message(_delivery(102)))
    with counting(firestore) as again:
        apply(firestore, ECC, _message(_delivery(102)))
    assert (first.reads, first.writes) == (2, 1)  # the order twice
    assert (again.reads, again.writes) == (2, 0)


def test_what_left_before_a_rejection_gives_back_the_rest(firestore: Client) -> None:
    _place(firestore)
    apply(firestore, ECC, _message(_idoc(105, rejected=(10, 20))))
    assert _state(firestore)[f"orders/{NUMBER}"]["status"] == "rejected"
    apply(firestore, ECC, _message(desadv(serial=stamp(102), left=clock(ECC, stamp(102)))))
    state = _state(firestore)
    assert state[f"orders/{NUMBER}"]["status"] == "shipped"
    assert state["companies/100001"]["open_amounts"] == {}
    assert state["availability/10123~EU01"]["promised"] == {}


def test_an_unknown_orders_delivery_does_not_hold_up_the_others(firestore: Client) -> None:
    _place(firestore)
    others = [("AAAAAAAAAA-001/PO 7", "4712", (10, "10123001", 2))]
    outcome, _ = apply(firestore, ECC, _message(_delivery(102, others=others)))
    [quarantined] = outcome.quarantined
    assert quarantined.reasons == ["order AAAAAAAAAA-001 is not known"]
    assert _state(firestore)[f"orders/{NUMBER}"]["status"] == "shipped"


def test_a_malformed_delivery_keeps_no_other_message_away(firestore: Client) -> None:
    _place(firestore)
    bad = _delivery(102, E1EDT13=[{"QUALF": "006", "ISDD": "?"}])
    outcome, _ = apply(firestore, ECC, _message(_idoc(101), bad))
    [quarantined] = outcome.quarantined
    assert "E1EDT13/006" in quarantined.reasons[0]
    assert _state(firestore)[f"orders/{NUMBER}"]["status"] == "confirmed"


def test_a_full_order_does_not_hold_up_the_others(firestore: Client) -> None:
    """Firestore would refuse it each time that Pub/Sub brought the message again."""
    _place(firestore)
    ordinary = order(OTHER, lines=LINES)
    room = LARGEST_ORDER - size_of(f"orders/{OTHER}", to_document(ordinary)) - 50
    store_order(firestore, ordinary.model_copy(update={"payment_terms": "Z" * room}))
    full, fits = (_idoc(101, number=number) for number in (OTHER, NUMBER))
    outcome, _ = apply(firestore, ECC, _message(full, fits))
    [quarantined] = outcome.quarantined
    assert quarantined.reasons == [f"the document of order {OTHER} has no room for this"]
    assert _state(firestore)[f"orders/{NUMBER}"]["status"] == "confirmed"


def test_a_document_as_large_as_allowed_is_taken(firestore: Client) -> None:
    document = firestore.collection("things").document("one")
    content = {"text": "Z" * (LARGEST_ORDER - 150), "sums": {"untold": 7}, "at": [None, True]}
    assert LARGEST_ORDER - 100 < size_of("things/one", content) < LARGEST_ORDER
    document.set(content)
    with pytest.raises(InvalidArgument):
        document.set({**content, "more": "Z" * 10_000})
