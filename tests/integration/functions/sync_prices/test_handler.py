"""sync_prices against Firestore."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from google.cloud.firestore import Client

from functions.sync_customers import handler as customers
from functions.sync_prices.handler import apply
from shared.catalogue import announcement
from shared.company import repository as companies
from shared.event.message import SapMessage
from shared.price import repository as prices
from shared.price.rules import price_of, rrp_of
from shared.problem import NotFoundProblem
from tests.factories.assortment import TODAY
from tests.factories.company import company
from tests.factories.sap import Idoc, cond_a, debmas, kunnr, packet, stamp
from tests.support.firestore_counter import counting


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-prices", packet(*idocs), {})


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    messages = [
        _message(cond_a("1", stamp(1)), cond_a("1", stamp(1), "50.00", KSCHL="VKP0")),
        _message(cond_a("1", stamp(2), "24.00"), cond_a("2", stamp(2), "9990", WAERK="HUF")),
        _message(cond_a("1", stamp(3), "22.00", KOTABNR="304", KUNNR=kunnr("100001"))),
    ]
    states = []
    for order in permutations(messages):
        for message in (*order, order[0]):
            apply(firestore, message)
        found = list(firestore.collection_group("prices").stream())
        states.append({s.reference.path: prices.parse(s.to_dict()) for s in found})
        for snapshot in found:
            snapshot.reference.delete()
        assert companies.reference(firestore, "100001").get().get("own_prices")
    own_path = "companies/100001/prices/1~EUR"
    assert all(state == states[0] for state in states)
    assert set(states[0]) == {"prices/1~EUR", "prices/2~HUF", own_path}
    stored, own, buyer = states[0]["prices/1~EUR"], states[0][own_path], company()
    price, rrp = price_of(stored, own, buyer, TODAY), rrp_of(stored, own, buyer, TODAY)
    assert price is not None
    assert rrp is not None
    assert (price.unit.amount, price.source.name, rrp.amount) == (2200, "CUSTOMER", 5000)


def test_keys_of_one_style_are_one_write(firestore: Client) -> None:
    message = _message(cond_a(), cond_a(KSCHL="VKP0"), cond_a(KOTABNR="305", PLTYP="W1"))
    with counting(firestore) as first:
        apply(firestore, message)
    with counting(firestore) as again:
        apply(firestore, message)
    assert (first.reads, first.writes) == (2, 2)  # the prices and the announcement
    assert (again.reads, again.writes) == (1, 0)
    stored = announcement.parse(announcement.reference(firestore).get().to_dict())
    assert set(stored.announced) == {"prices"}


def test_messages_at_the_same_time_lose_nothing(firestore: Client) -> None:
    messages = [_message(cond_a("1", stamp(i), KOTABNR="305", PLTYP=f"W{i}")) for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda message: apply(firestore, message), messages))
    found = prices.parse(prices.reference(firestore, "1", "EUR").get().to_dict())
    assert found is not None
    assert {key.holder for key in found.keys.values()} == {f"W{i}" for i in range(8)}


def test_own_prices_of_many_customers_grow_no_document(firestore: Client) -> None:
    buyers = [str(200001 + i) for i in range(300)]
    own = [cond_a("1", stamp(1), "9.00", KOTABNR="304", KUNNR=kunnr(c)) for c in buyers]
    message = _message(cond_a("1", stamp(1)), *own)
    with counting(firestore) as first:
        apply(firestore, message)
    with counting(firestore) as again:
        apply(firestore, message)
    # Each customer's prices, that there are some, and what tells the instances of each commit.
    assert first.writes <= 2 * len(buyers) + 1 + first.methods["Commit"]
    assert again.writes == 0
    found = list(firestore.collection_group("prices").stream())
    assert len(found) == len(buyers) + 1
    assert all(len(snapshot.get("keys")) == 1 for snapshot in found)


def test_own_prices_may_come_before_the_customer(firestore: Client) -> None:
    apply(firestore, _message(cond_a("1", stamp(1), KOTABNR="304", KUNNR=kunnr("100001"))))
    early = companies.reference(firestore, "100001").get().to_dict()
    with pytest.raises(NotFoundProblem):
        companies.parse("100001", early)
    customers.apply(firestore, SapMessage("2", "sap-customers", packet(debmas("100001")), {}))
    whole = companies.reference(firestore, "100001").get().to_dict()
    assert companies.parse("100001", whole).own_prices
