"""sync_prices against Firestore."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_customers import handler as customers
from functions.sync_prices.handler import apply
from shared.cart.loading import load_context
from shared.catalogue import announcement
from shared.company import repository as companies
from shared.event.message import RELEASED, SapMessage
from shared.event.verdict import Verdict
from shared.price import repository as prices
from shared.price.rules import price_of, rrp_of
from shared.problem import NotFoundProblem
from shared.sap.source_system import SourceSystem
from shared.store import Document
from tests.factories.assortment import NOW, TODAY
from tests.factories.company import company, store_company
from tests.factories.sap import ECC, PUBLISHED_AT, S4, Idoc, kunnr, matnr, packet, stamp
from tests.factories.sap_customers import debmas
from tests.factories.sap_prices import cond_a, discount, position_of, record_of
from tests.factories.style import store_style, style
from tests.support.firestore_counter import counting


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-prices", packet(*idocs), {}, PUBLISHED_AT)


def test_any_order_of_messages_ends_in_the_same_state(firestore: Client) -> None:
    messages = [
        _message(cond_a("1", stamp(1)), cond_a("1", stamp(1), "50.00", KSCHL="VKP0")),
        _message(cond_a("1", stamp(2), "24.00"), cond_a("2", stamp(2), "9990", WAERK="HUF")),
        _message(cond_a("1", stamp(3), "22.00", KOTABNR="304", KUNNR=kunnr("100001"))),
    ]
    states = []
    for order in permutations(messages):
        for message in (*order, order[0]):
            apply(firestore, ECC, message)
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
        apply(firestore, ECC, message)
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    # The style's units and whose variant it is, the prices, and the announcement; and of a late
    # message which snapshot was the last.
    assert (first.reads, first.writes) == (5, 2)
    assert (again.reads, again.writes) == (4, 0)
    stored = announcement.parse(announcement.reference(firestore).get().to_dict())
    assert set(stored.announced) == {"prices"}


def test_messages_at_the_same_time_lose_nothing(firestore: Client) -> None:
    messages = [_message(cond_a("1", stamp(i), KOTABNR="305", PLTYP=f"W{i}")) for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda message: apply(firestore, ECC, message), messages))
    found = prices.parse(prices.reference(firestore, "1", "EUR").get().to_dict())
    assert found is not None
    assert {key.holder for key in found.keys.values()} == {f"W{i}" for i in range(8)}


def test_own_prices_of_many_customers_grow_no_document(firestore: Client) -> None:
    buyers = [str(200001 + i) for i in range(300)]
    own = [cond_a("1", stamp(1), "9.00", KOTABNR="304", KUNNR=kunnr(c)) for c in buyers]
    message = _message(cond_a("1", stamp(1)), *own)
    with counting(firestore) as first:
        apply(firestore, ECC, message)
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    # Each customer's prices, that there are some, and what tells the instances of each commit.
    assert first.writes <= 2 * len(buyers) + 1 + first.methods["Commit"]
    assert again.writes == 0
    found = list(firestore.collection_group("prices").stream())
    assert len(found) == len(buyers) + 1
    assert all(len(snapshot.get("keys")) == 1 for snapshot in found)


def test_own_prices_may_come_before_the_customer(firestore: Client) -> None:
    apply(firestore, ECC, _message(cond_a("1", stamp(1), KOTABNR="304", KUNNR=kunnr("100001"))))
    early = companies.reference(firestore, "100001").get().to_dict()
    with pytest.raises(NotFoundProblem):
        companies.parse("100001", early)
    customers.apply(
        firestore, ECC, SapMessage("2", "sap-customers", packet(debmas("100001")), {}, PUBLISHED_AT)
    )
    whole = companies.reference(firestore, "100001").get().to_dict()
    assert companies.parse("100001", whole).own_prices


def test_a_price_of_zero_is_held_back_and_the_rest_of_its_message_is_stored(
    firestore: Client,
) -> None:
    apply(firestore, ECC, _message(cond_a("1", stamp(1), "31.00"), cond_a("2", stamp(1), "8.00")))
    slip = _message(cond_a("1", stamp(2), "0.00"), cond_a("2", stamp(2), "9.00"))

    def amounts() -> list[int]:
        found = [prices.parse(prices.reference(firestore, n, "EUR").get().to_dict()) for n in "12"]
        return [key.records[0].amount for one in found if one for key in one.keys.values()]

    for _ in range(2):  # also when it is delivered again
        outcome = apply(firestore, ECC, slip)
        [held] = outcome.quarantined
        assert held.part.place == "IDOCS/0 (COND_A 0000000000001234)"
        assert held.reasons == [
            "held back: PR00~306~1000~1000 of style 1 from 2026-01-01: 0.00 EUR, was 31.00 EUR"
        ]
        assert amounts() == [3100, 900]
    released = SapMessage("9", "sap-prices", slip.data, {RELEASED: "true"}, PUBLISHED_AT)
    apply(firestore, ECC, released)
    assert amounts() == [0, 900]
    apply(firestore, ECC, _message(cond_a("1", stamp(3), "32.00")))
    apply(firestore, ECC, released)
    assert amounts() == [3200, 900]


def test_a_customers_own_price_a_hundred_times_the_last_is_held_back(firestore: Client) -> None:
    def own(second: int, amount: str) -> Idoc:
        return cond_a("1", stamp(second), amount, KOTABNR="304", KUNNR=kunnr("100001"))

    apply(firestore, ECC, _message(own(1, "19.50")))
    assert apply(firestore, ECC, _message(own(2, "1950.00"))).quarantined
    apply(firestore, ECC, _message(own(3, "1949.99")))
    kept = prices.parse(prices.own_reference(firestore, "100001", "1", "EUR").get().to_dict())
    assert kept is not None
    assert [key.records[0].amount for key in kept.keys.values()] == [194_999]


def _waiting(db: Client, system: SourceSystem, idoc: Idoc) -> list[str]:
    """Why a price waits, and is not stored."""
    [one] = apply(db, system, _message(idoc)).waiting
    assert not one.is_stored
    return one.reasons


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
@pytest.mark.parametrize("field", ["KMEIN", "KONMS"])
def test_what_is_per_case_waits_for_the_article_and_then_is_per_piece(
    firestore: Client, system: SourceSystem, field: str
) -> None:
    priced = cond_a("10123", amount="480.00", scales=[("10", "456.00")], system=system)
    position_of(priced)[field] = system.articles.case
    (early,) = _waiting(firestore, system, priced)
    assert f"the article 10123 has not come, which says what {system.articles.case} is" in early
    store_style(firestore, style("10123"))
    (unknown,) = _waiting(firestore, system, priced)
    assert f"how many pieces {system.articles.case} of 10123 is" in unknown
    assert not list(firestore.collection("prices").stream())
    store_style(firestore, style("10123", units={system.articles.case: 12}))
    assert apply(firestore, system, _message(priced)).reasons == []
    stored = prices.parse(prices.reference(firestore, "10123", "EUR").get().to_dict())
    assert stored is not None
    ((record,),) = (key.records for key in stored.keys.values())
    per, tier = (12, 120) if field == "KMEIN" else (1, 120)
    assert (record.amount, record.per, record.tiers[0].quantity) == (48_000, per, tier)


def test_a_variants_price_stands_with_its_styles_until_sap_deletes_it(firestore: Client) -> None:
    store_style(firestore, style("10123", units={"KAR": 12}))
    of_variant = cond_a("10123002", stamp(1), "360.00")
    position_of(of_variant)["KMEIN"] = "KAR"
    outcome = apply(firestore, ECC, _message(of_variant, cond_a("10123", stamp(1))))
    assert (outcome.reasons, outcome.verdicts) == ([], [Verdict.APPLIED, Verdict.APPLIED])
    assert [snapshot.id for snapshot in firestore.collection("prices").stream()] == ["10123~EUR"]
    assert _piece_price(firestore, "10123002") == (36_000, 12)
    assert _piece_price(firestore, "10123001") == (2500, 1)
    deleted = cond_a("10123002", stamp(2))
    position_of(deleted)["LOEVM_KO"] = "X"
    apply(firestore, ECC, _message(deleted))
    assert _piece_price(firestore, "10123002") == (2500, 1)


def _piece_price(firestore: Client, article: str, currency: str = "EUR") -> tuple[int, int]:
    buyer = companies.parse("100001", _company(firestore)) if _company(firestore) else company()
    stored = prices.parse(prices.reference(firestore, "10123", currency).get().to_dict())
    own = prices.own_reference(firestore, "100001", "10123", currency).get().to_dict()
    price = price_of(stored, prices.parse(own), buyer, TODAY, article)
    assert price is not None
    return price.unit.amount, price.unit.per


def _company(firestore: Client) -> Document | None:
    found: Document | None = companies.reference(firestore, "100001").get().to_dict()
    return found if found and "profile" in found else None


def test_discounts_are_taken_off_wherever_sap_keeps_them(firestore: Client) -> None:
    store_style(firestore, style("10123"))
    store_company(firestore, company())
    sent = [
        cond_a("10123", stamp(1), "40.00"),
        # 5 % for the customer, 2.00 for the customer and style, 10 % on all of the style.
        discount("K007", "007", "50.00-", stamp(1), SPART="00", KUNNR=kunnr("100001")),
        discount("KA00", "004", "100.00-", stamp(1), MATNR=matnr("10123")),
        discount(
            "K005",
            "005",
            "2.00-",
            stamp(1),
            position={"KRECH": "C", "KONWA": "EUR", "KPEIN": "1", "KMEIN": "ST"},
            KUNNR=kunnr("100001"),
            MATNR=matnr("10123"),
        ),
    ]
    message = _message(*sent)
    assert apply(firestore, ECC, message).reasons == []
    assert _piece_price(firestore, "10123001") == (3200, 1)
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    assert again.writes == 0
    # Of the customer's a later message takes one away, and one is not valid any more.
    ended = discount("K007", "007", "50.00-", stamp(2), SPART="00", KUNNR=kunnr("100001"))
    record_of(ended)["DATBI"] = "20260131"
    deleted = discount("KA00", "004", "100.00-", stamp(2), MATNR=matnr("10123"))
    position_of(deleted)["LOEVM_KO"] = "X"
    assert apply(firestore, ECC, _message(ended, deleted)).reasons == []
    assert _piece_price(firestore, "10123001") == (3800, 1)


def test_groups_of_customers_and_of_articles_have_discounts_and_surcharges(
    firestore: Client,
) -> None:
    of_chain = {"1000~10": "BU"}
    store_style(firestore, style("10123", pricing_groups=of_chain), style("10124"))
    store_company(firestore, company(price_group="02"))
    sent = [
        cond_a("10123", stamp(1), "40.00"),
        cond_a("10124", stamp(1), "40.00"),
        # 10 % for the price group on all; for the customer 5 % of bulky goods, which cost 20 % more.
        discount("K020", "020", "100.00-", stamp(1), SPART="00", KONDA="02"),
        discount("K030", "030", "50.00-", stamp(1), KUNNR=kunnr("100001"), KONDM="BU"),
        discount("ZZUS", "029", "200.00", stamp(1), KONDM="BU"),
    ]
    message = _message(*sent)
    assert apply(firestore, ECC, message).reasons == []
    with counting(firestore) as again:
        apply(firestore, ECC, message)
    assert again.writes == 0
    assert _in_cart(firestore, "10123") == 4200
    assert _in_cart(firestore, "10124") == 3600
    assert set(announcement.parse(announcement.reference(firestore).get().to_dict()).announced) == {
        "styles",
        "prices",
        "companies",
    }
    ended = discount("K020", "020", "100.00-", stamp(2), SPART="00", KONDA="02")
    position_of(ended)["LOEVM_KO"] = "X"
    assert apply(firestore, ECC, _message(ended)).reasons == []
    assert _in_cart(firestore, "10124") == 4000


def _in_cart(firestore: Client, number: str) -> int | None:
    """What a piece costs company 100001."""
    known = companies.reference(firestore, "100001").get().to_dict()
    sku = f"{number}-010-S"
    context = load_context(firestore, companies.parse("100001", known), [sku], [], NOW)
    price = context.price(number)
    return price.unit.amount if price else None


def test_an_amount_that_sap_would_convert_is_told_and_applied_in_its_currency(
    firestore: Client,
) -> None:
    store_style(firestore, style("10123"))
    less = {"KRECH": "C", "KONWA": "EUR", "KPEIN": "1", "KMEIN": "ST"}
    sent = discount("K004", "004", "2.00-", stamp(1), position=less, MATNR=matnr("10123"))
    message = _message(cond_a("10123", stamp(1), "40.00"), sent)
    [reason] = apply(firestore, ECC, message).reasons
    assert "K004~004~1000~1000 is in EUR; SAP converts it for who pays in" in reason
    assert "HUF" in reason
    assert _piece_price(firestore, "10123001") == (3800, 1)
    assert apply(firestore, ECC, message).reasons == []


def test_a_discount_that_looks_like_a_slip_is_held_back_until_it_is_released(
    firestore: Client,
) -> None:
    store_style(firestore, style("10123"))
    key: dict[str, Any] = {"MATNR": matnr("10123")}
    apply(
        firestore,
        ECC,
        _message(cond_a("10123"), discount("KA00", "004", "50.00-", stamp(1), **key)),
    )
    tenfold = _message(discount("KA00", "004", "500.00-", stamp(2), **key))
    [reason] = apply(firestore, ECC, tenfold).reasons
    assert "held back: KA00~004~1000~1000 of style 10123 from 2026-01-01: 50 %, was 5 %" in reason
    assert _piece_price(firestore, "10123001") == (2375, 1)
    released = replace(tenfold, attributes={RELEASED: "true"})
    assert apply(firestore, ECC, released).reasons == []
    assert _piece_price(firestore, "10123001") == (1250, 1)


def test_a_price_of_a_piece_is_none_of_a_pair(firestore: Client) -> None:
    store_style(firestore, style("10123", unit="PR"))
    (reason,) = _waiting(firestore, ECC, cond_a("10123"))
    assert "how many pieces ST of 10123 is, the article does not say" in reason


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
def test_what_is_of_no_sale_is_ignored_and_counted(firestore: Client, system: SourceSystem) -> None:
    store_style(firestore, style("3"))
    outcome = apply(
        firestore,
        system,
        _message(
            cond_a("1", system=system, KAPPL="M"),
            cond_a("2", system=system, KSCHL=system.prices.ignored[0]),
            cond_a("3", system=system),
        ),
    )
    assert outcome.verdicts == [Verdict.IGNORED, Verdict.IGNORED, Verdict.APPLIED]
    assert [snapshot.id for snapshot in firestore.collection("prices").stream()] == ["3~EUR"]


def test_a_price_whose_article_has_not_come_waits_and_counts_when_it_comes(
    firestore: Client,
) -> None:
    assert apply(firestore, ECC, _message(cond_a("77", stamp(1)))).verdicts == [Verdict.WAITING]
    stored = prices.parse(prices.reference(firestore, "77", "EUR").get().to_dict())
    assert stored is not None
    store_style(firestore, style("77"))
    assert apply(firestore, ECC, _message(cond_a("77", stamp(2), "9.00"))).verdicts == [
        Verdict.APPLIED
    ]
