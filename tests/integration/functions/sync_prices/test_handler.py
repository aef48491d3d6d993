"""sync_prices against Firestore."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

from google.cloud.firestore import Client

from functions.sync_prices.handler import apply
from shared.catalogue import announcement
from shared.event.message import SapMessage
from shared.price import repository as prices
from shared.price.rules import price_of, rrp_of
from tests.factories.assortment import TODAY
from tests.factories.company import company
from tests.factories.sap import Idoc, cond_a, kunnr, packet, stamp
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
        documents = {s.id: s.to_dict() or {} for s in firestore.collection("prices").stream()}
        states.append({id_: prices.parse(document) for id_, document in documents.items()})
        for id_ in documents:
            firestore.collection("prices").document(id_).delete()
    assert all(state == states[0] for state in states)
    assert set(states[0]) == {"1~EUR", "2~HUF"}
    stored, buyer = states[0]["1~EUR"], company()
    price, rrp = price_of(stored, buyer, TODAY), rrp_of(stored, buyer, TODAY)
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
    messages = [
        _message(cond_a("1", stamp(i), KOTABNR="304", KUNNR=kunnr(str(100001 + i))))
        for i in range(8)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda message: apply(firestore, message), messages))
    found = prices.parse(prices.reference(firestore, "1", "EUR").get().to_dict())
    assert found is not None
    assert {key.holder for key in found.keys.values()} == {str(100001 + i) for i in range(8)}
