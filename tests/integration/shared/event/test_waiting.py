"""What waits for something that has not come: kept, applied once that comes, told of when it is old.

Messages go through the functions as Pub/Sub pushes them, each by its own receiver; what is published
again is pulled from Pub/Sub's emulator.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from google.cloud.firestore import Client
from google.cloud.firestore_v1.base_query import FieldFilter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.reconcile.waiting import tell_old
from functions.sync_prices.handler import apply as apply_prices
from shared.event import awaiting, quarantine
from shared.event.keeping import PART
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome
from shared.event.waiting import list_waiting
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, PUBLISHED_AT, matnr, packet, stamp, stock_message, stock_row
from tests.factories.sap_articles import artmas
from tests.factories.sap_customers import debmas, zcredit
from tests.factories.sap_prices import cond_a, position_of
from tests.integration.shared.event.flow import LATER, Flow
from tests.support.arrival import arrivals
from tests.support.connection import Fuse, burning, clear, database
from tests.support.firestore_counter import counting


@pytest.fixture
def flow(firestore: Client, pubsub_host: str) -> Flow:
    return Flow(firestore).open()


def _article(second: int = 2, number: str = "10123", case: int | None = 12) -> bytes:
    idoc = artmas(number, stamp(second))
    if case is not None:
        idoc["E1BPE1MARMRT"].append(
            {
                "MATERIAL": matnr(number),
                "ALT_UNIT": "KAR",
                "NUMERATOR": str(case),
                "DENOMINATR": "1",
            }
        )
    return packet(idoc)


def _price(second: int = 1, amount: str = "300.00", unit: str = "KAR", **key: Any) -> bytes:
    idoc = cond_a("10123", stamp(second), amount, **key)
    position_of(idoc)["KMEIN"] = unit
    return packet(idoc)


def _in_cases(second: int = 1, on_hand: int = 3, article: str = "10123001") -> bytes:
    return stock_message(stock_row(article, stamp(second), on_hand) | {"MEINS": "KAR"})


def _amounts(flow: Flow) -> list[tuple[int, int]]:
    keys = flow.stored("prices/10123~EUR").get("keys", {})
    return [(one["amount"], one["per"]) for key in keys.values() for one in key["records"]]


def test_a_price_per_case_waits_for_its_article_and_is_applied_when_it_comes(flow: Flow) -> None:
    flow.send("sap-prices", _price())
    [one] = list_waiting(flow.db)
    assert (one.awaits, one.kind, one.is_stored) == (["article 10123"], "COND_A", False)
    assert "has not come" in one.reasons[0]
    assert (_amounts(flow), list(quarantine.list_open(flow.db))) == ([], [])
    # Another article is none of its business.
    flow.send("sap-products", _article(number="10200"))
    assert flow.sweep() == 0
    # The article comes, and does not say yet what a case is.
    flow.send("sap-products", _article(2, case=None))
    assert flow.sweep() == 1
    assert [*flow.waiting().values()] == [["unit 10123"]]
    flow.send("sap-products", _article(3))
    assert flow.sweep() == 1
    assert (_amounts(flow), flow.waiting()) == ([(30000, 12)], {})
    assert flow.sweep() == 0


def test_a_newer_message_of_the_same_object_takes_the_place_of_an_older(flow: Flow) -> None:
    flow.send("sap-prices", _price(2, "240.00"))
    flow.send("sap-prices", _price(1, "300.00"))
    flow.send("sap-prices", _price(3, "120.00"))
    # Another key of the same style waits for itself.
    flow.send("sap-prices", _price(1, "600.00", KSCHL=_retail()))
    assert len(flow.waiting()) == 2
    flow.send("sap-products", _article(4))
    assert flow.sweep() == 2
    assert (sorted(_amounts(flow)), flow.waiting()) == ([(12000, 12), (60000, 12)], {})


def _retail() -> str:
    return next(name for name, kind in ECC.prices.types.items() if kind != "wholesale")


def test_what_is_applied_by_a_newer_message_waits_no_more(flow: Flow) -> None:
    flow.send("sap-prices", _price(1))
    flow.send("sap-prices", _price(2, "25.00", unit="ST"))
    # It is stored, and of no effect before its article is there.
    [one] = list_waiting(flow.db)
    assert (one.stamp, one.is_stored, one.awaits) == (stamp(2), True, ["article 10123"])
    flow.send("sap-products", _article(3))
    flow.sweep()
    assert (_amounts(flow), flow.waiting()) == ([(2500, 1)], {})


def test_rows_in_cases_wait_each_for_itself_and_the_others_are_stored(flow: Flow) -> None:
    flow.send("sap-products", packet(artmas("10123", stamp(0)), artmas("10200", stamp(0))))
    pieces = stock_row("10123003", stamp(1), 7)
    rows = [stock_row(f"1012300{n}", stamp(1), n) | {"MEINS": "KAR"} for n in (1, 2)]
    flow.send("sap-inventory", stock_message(*rows, pieces))
    flow.send("sap-inventory", _in_cases(2, 5, "10123002"))
    assert len(list(list_waiting(flow.db))) == 2
    flow.send("sap-inventory", stock_message(stock_row("10123003", stamp(3), 8)))
    assert len(list(list_waiting(flow.db))) == 2
    flow.send("sap-products", _article(4))
    assert flow.sweep() == 2
    stock = flow.stored("availability/10123~EU01")["stock"]
    assert {article: row["on_hand"] for article, row in stock.items()} == {
        "10123001": 12,
        "10123002": 60,
        "10123003": 8,
    }
    assert flow.waiting() == {}


def test_rows_of_a_full_snapshot_that_come_late_take_nothing_else_away(flow: Flow) -> None:
    flow.send("sap-products", packet(artmas("10123", stamp(0)), artmas("10200", stamp(0))))
    names = ECC.stock.snapshots
    says = {names.as_of: stamp(1), names.part: "1", names.parts: "1"}
    waits = stock_row("10123001", "", 3) | {"MEINS": "KAR"}
    data = stock_message(waits, stock_row("10123002", "", 4), stock_row("10200001", "", 5))
    flow.send("sap-inventory", stock_message(stock_row("10200001", stamp(0), 5)))
    flow.send("sap-inventory", data, **says)
    flow.send("sap-products", _article(4))
    assert flow.sweep() == 1
    stock = {
        article: row["on_hand"]
        for one in flow.db.collection("availability").stream()
        for article, row in (one.to_dict() or {})["stock"].items()
    }
    assert stock == {"10123001": 36, "10123002": 4, "10200001": 5}
    assert flow.waiting() == {}


def test_stock_of_a_style_waits_for_it_and_is_taken_when_it_comes(flow: Flow) -> None:
    flow.send("sap-inventory", stock_message(stock_row("10123001", stamp(1), 5)))
    flow.send("sap-inventory", stock_message(stock_row("10123001", stamp(2), 4)))
    assert flow.waiting() == {"stock 10123 EU01": ["article 10123"]}
    flow.send("sap-products", packet(artmas("10123", stamp(3))))
    assert flow.sweep() == 1
    assert flow.waiting() == {}
    stored = flow.stored("availability/10123~EU01")
    assert (stored["stock"]["10123001"]["on_hand"], stored["unknown"]) == (4, False)


def test_stock_of_a_plant_waits_for_the_settings(flow: Flow) -> None:
    flow.send("sap-products", packet(artmas("10123", stamp(0)), artmas("10200", stamp(0))))
    flow.send("sap-inventory", stock_message(stock_row(changed=stamp(1), plant="XX99")))
    flow.send("sap-inventory", stock_message(stock_row("10200001", stamp(1), plant="XX99")))
    assert flow.waiting() == {
        "stock 10123 XX99": ["plant XX99"],
        "stock 10200 XX99": ["plant XX99"],
    }
    plants = ECC.stock.model_copy(update={"plants": {**ECC.stock.plants, "XX99": ()}})
    flow.system = ECC.model_copy(update={"stock": plants})
    # The first message of the plant after that tells it for all.
    flow.send("sap-inventory", stock_message(stock_row(changed=stamp(2), plant="XX99")))
    flow.sweep()
    assert flow.waiting() == {}


def test_credit_and_own_prices_wait_for_their_customer(flow: Flow) -> None:
    own = next(one.number for one in ECC.prices.tables if one.holder == "customer")
    flow.send("sap-products", _article(1))
    flow.send("sap-customers", packet(zcredit("100001", stamp(1))))
    flow.send("sap-prices", _price(1, unit="ST", KOTABNR=own, KUNNR="0000100001"))
    assert [*flow.waiting().values()] == [["customer 100001"]] * 2
    flow.send("sap-customers", packet(debmas("100001", stamp(2))))
    assert flow.sweep() == 2
    assert flow.waiting() == {}
    assert list(quarantine.list_open(flow.db)) == []


def test_what_came_while_it_was_kept_is_not_missed(flow: Flow) -> None:
    """The article comes after the price looked for it, and before anything says that it waits."""
    calls = []

    def late(db: Client, system: SourceSystem, message: SapMessage) -> MessageOutcome:
        outcome = apply_prices(db, system, message)
        calls.append(outcome.verdicts)
        if len(calls) == 1:
            flow.send("sap-products", _article(2))
        return outcome

    flow.deliver(SapMessage("9", "sap-prices", _price(), {}, PUBLISHED_AT), late)
    assert len(calls) == 2
    flow.sweep()
    assert (_amounts(flow), flow.waiting()) == ([(30000, 12)], {})


def test_a_redelivery_changes_nothing_of_what_waits(flow: Flow) -> None:
    message = flow.send("sap-prices", _price())
    [before] = list_waiting(flow.db)
    flow.deliver(message)
    assert list(list_waiting(flow.db)) == [before]


def test_what_is_too_large_to_wait_is_quarantined(flow: Flow) -> None:
    idoc = json.loads(_price())
    idoc["IDOCS"][0]["Z1NOTE"] = [{"TEXT": "x" * PART}]
    flow.send("sap-prices", json.dumps(idoc).encode())
    assert flow.waiting() == {}
    [found] = quarantine.list_open(flow.db)
    assert "too large to wait for article 10123" in found.reasons[-1]


def test_an_ordinary_message_pays_one_query_for_what_waits(flow: Flow) -> None:
    flow.send("sap-products", _article(1))

    for topic, data in (
        ("sap-products", _article(4)),
        ("sap-prices", _price(4)),
        ("sap-inventory", _in_cases(4)),
    ):
        with counting(flow.db) as count:
            flow.send(topic, data)
        # One finds what it mends in quarantine, one what waits for it or is replaced by it.
        assert (count.methods["RunQuery"], flow.waiting()) == (2, {})


def test_many_that_wait_are_found_by_name(flow: Flow, monkeypatch: Any) -> None:
    monkeypatch.setattr(awaiting, "LOOKED_THROUGH", 2)
    for number in ("10123", "10200", "10300", "10400"):
        flow.send("sap-prices", packet(cond_a(number, stamp(1))))
    flow.send("sap-products", packet(artmas("10200", stamp(2))))
    assert flow.sweep() == 1
    flow.send("sap-products", packet(*(artmas(n, stamp(2)) for n in ("10123", "10300", "10400"))))
    assert flow.sweep() == 3
    assert flow.waiting() == {}


def test_one_that_can_not_be_published_keeps_no_other_waiting(flow: Flow) -> None:
    numbers = ("10123", "10200", "10300", "10400")
    for number in numbers:
        flow.send("sap-prices", packet(cond_a(number, stamp(1))))
    flow.send("sap-products", packet(*(artmas(n, stamp(2)) for n in numbers)))
    bad, worse, *_ = list_waiting(flow.db)
    # One is not what a part that waits is, one has no topic.
    awaiting.reference(flow.db, bad.id).update({"topic": None})
    awaiting.reference(flow.db, worse.id).update({"topic": "sap-nothing"})
    with structlog.testing.capture_logs() as logs:
        assert flow.sweep() == 2
    told = [one["waiting"] for one in logs if one["event"] == "not published again"]
    assert sorted(told) == sorted([bad.id, worse.id])
    left = flow.db.collection("waiting").where(filter=FieldFilter("open", "==", True)).stream()
    assert {one.id for one in left} == {bad.id, worse.id}
    # They are tried again later, and go once they can.
    awaiting.reference(flow.db, bad.id).update({"topic": "sap-prices", "arrived_at": LATER})
    awaiting.reference(flow.db, worse.id).update({"topic": "sap-prices", "arrived_at": LATER})
    assert flow.sweep() == 2
    assert flow.waiting() == {}


def test_what_waits_long_is_told_once_in_that_time(flow: Flow) -> None:
    flow.send("sap-prices", _price())
    now, day = datetime.now(UTC), timedelta(days=1)
    with structlog.testing.capture_logs() as logs:
        assert tell_old(flow.db, now, day) == 0
        assert tell_old(flow.db, now + day * 2, day) == 1
        assert tell_old(flow.db, now + day * 2, day) == 0
        assert tell_old(flow.db, now + day * 3, day) == 1
    told = {"event": "waiting long", "log_level": "error", "parts": 1, "awaits": ["article 10123"]}
    assert logs == [told, told]
    [one] = list_waiting(flow.db)
    assert one.is_old
    # A newer message of it has not begun to wait only now.
    flow.send("sap-prices", _price(2))
    [newer] = list_waiting(flow.db)
    assert (newer.stamp, newer.since, newer.is_old) == (stamp(2), one.since, True)


_MESSAGES: list[tuple[str, bytes]] = [
    ("sap-prices", _price(1)),
    ("sap-prices", _price(4, "240.00")),
    ("sap-inventory", _in_cases(1, 2)),
    ("sap-inventory", _in_cases(5, 4, "10123002")),
    ("sap-products", _article(3, case=None)),
    ("sap-products", _article(6, case=6)),
    ("sap-customers", packet(zcredit("100001", stamp(1)))),
    ("sap-customers", packet(debmas("100001", stamp(2)))),
]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=arrivals(range(len(_MESSAGES))), kills=st.lists(st.integers(0, 12), max_size=6))
def test_in_any_order_twice_and_killed_half_way_all_is_applied_in_the_end(
    flow: Flow, firestore_host: str, order: list[int], kills: list[int]
) -> None:
    clear(firestore_host, flow.db.project)
    fuse = Fuse()
    with burning(firestore_host, fuse) as api:
        dying = replace(flow, db=database(flow.db.project, api))
        for place, index in enumerate(order):
            topic, data = _MESSAGES[index]
            message = SapMessage(str(index), topic, data, {}, PUBLISHED_AT)
            if place < len(kills):
                with fuse.lit(kills[place]):
                    dying.deliver(message)
            flow.deliver(message)
            if index % 2:
                flow.sweep()
    while flow.sweep():
        pass
    assert flow.waiting() == {}
    assert list(quarantine.list_open(flow.db)) == []
    assert _amounts(flow) == [(24000, 6)]
    stock = flow.stored("availability/10123~EU01")["stock"]
    assert {a: row["on_hand"] for a, row in stock.items()} == {"10123001": 12, "10123002": 24}
    assert {"profile", "credit"} <= flow.stored("companies/100001").keys()
