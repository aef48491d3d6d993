from datetime import date

import pytest

from functions.carts.schema import MAX_QUANTITY
from shared.cart.model import MAX_LINES
from shared.money import Money
from shared.price.model import PriceKey, PriceRecord, Source, Tier
from shared.sap.conditions import MOST_PRICE, StylePriceKey, price_key
from shared.sap.fault import UntranslatableMessageError
from tests.factories.sap import ECC, STAMP, cond_a, kunnr, packet
from tests.support.idocs import read_packet


def _key(idoc: dict) -> StylePriceKey | None:
    return read_packet(packet(idoc), ECC, {"COND_A": price_key})[0]


def _found(idoc: dict) -> StylePriceKey:
    found = _key(idoc)
    assert found is not None
    return found


def _reasons(idoc: dict) -> str:
    with pytest.raises(UntranslatableMessageError) as raised:
        _key(idoc)
    return "\n".join(raised.value.reasons)


def test_a_condition_key_with_its_scale() -> None:
    found = _found(cond_a(amount="25.00", scales=[("50.000", "20.00"), ("10.000", "22.50")]))
    assert (found.style, found.currency) == ("10123", "EUR")
    assert found.key == PriceKey(
        stamp=STAMP,
        kind="wholesale",
        source=Source.MARKET,
        holder="1000",
        organisation="1000",
        records=[
            PriceRecord(
                valid_from=date(2026, 1, 1),
                valid_to=date(9999, 12, 31),
                amount=2500,
                tiers=[Tier(quantity=10, amount=2250), Tier(quantity=50, amount=2000)],
            )
        ],
    )


def test_holders_by_condition_table() -> None:
    customer = _found(cond_a(KOTABNR="304", KUNNR=kunnr("100001")))
    price_list = _found(cond_a(KOTABNR="305", PLTYP="W1"))
    market = _found(cond_a(VKORG="3000"))
    rrp = _found(cond_a(KSCHL="VKP0"))
    assert (customer.key.source, customer.key.holder) == (Source.CUSTOMER, "100001")
    assert (price_list.key.source, price_list.key.holder) == (Source.PRICE_LIST, "W1")
    assert (market.key.source, market.key.holder) == (Source.MARKET, "3000")
    assert rrp.key.kind == "rrp"
    assert len({found.name for found in (customer, price_list, market, rrp)}) == 4


@pytest.mark.parametrize(("currency", "minor"), [("HUF", 1_299_000), ("ISK", 12_990)])
def test_amounts_are_shifted_by_the_currency(currency: str, minor: int) -> None:
    found = _found(cond_a(amount="12990", scales=[("10", "12990")], WAERK=currency))
    assert found.key.records[0].amount == minor
    assert found.key.records[0].tiers[0].amount == minor


def test_per_several_pieces() -> None:
    idoc = cond_a()
    idoc["E1KONP"][0]["KPEIN"] = "100"
    assert _found(idoc).key.records[0].per == 100


def test_a_deleted_record_leaves_the_key_without_it() -> None:
    idoc = cond_a()
    idoc["E1KONP"][0]["LOEVM_KO"] = "X"
    assert _found(idoc).key.records == []


def test_another_channel_is_not_ours() -> None:
    assert _key(cond_a(VTWEG="20")) is None


def test_faults_are_named() -> None:
    idoc = cond_a()
    idoc["E1KONP"][0] |= {"KONWA": "USD", "KBETR": "25.001"}
    idoc["E1KONH"].append({"KNUMH": "0000000009", "DATAB": "20270101", "DATBI": "20260101"})
    text = _reasons(idoc)
    assert "0000012345 is in USD, not EUR" in text
    assert "finer than the minor unit" in text
    assert "0 rows of 0000000009" in text
    assert "0000000009 ends before it begins" in text


def test_a_percentage_is_no_price() -> None:
    idoc = cond_a()
    idoc["E1KONP"][0]["KRECH"] = "A"
    assert "E1KONP/0/KRECH" in _reasons(idoc)


def test_a_customer_price_needs_the_customer() -> None:
    assert "KUNNR" in _reasons(cond_a(KOTABNR="304"))


@pytest.mark.parametrize("currency", ["EUR", "HUF", "ISK"])
def test_a_price_of_which_no_full_cart_could_be_stored_is_refused(currency: str) -> None:
    dearest = Money(amount=MOST_PRICE, currency=currency).decimal
    assert _found(cond_a(amount=str(dearest), WAERK=currency)).key.records[0].amount == MOST_PRICE
    assert 2 * MOST_PRICE * MAX_LINES * MAX_QUANTITY < 2**64
    reasons = _reasons(
        cond_a(amount=str(dearest + 1), scales=[("10.000", str(dearest * 7))], WAERK=currency)
    )
    assert reasons.count("more than a price can be") == 2


def test_scales_are_those_of_their_own_record() -> None:
    idoc = cond_a(scales=[("10.000", "22.50")])
    idoc["E1KONH"].append({"KNUMH": "0000099999", "DATAB": "20250101", "DATBI": "20251231"})
    idoc["E1KONP"].append({**idoc["E1KONP"][0], "KNUMH": "0000099999"})
    scale = {**idoc["E1KONM"][0], "KNUMH": "0000099999", "KSTBM": "24.000"}
    idoc["E1KONM"] += [scale, {**scale, "KSTBM": "6.000"}]
    records = _found(idoc).key.records
    assert [[tier.quantity for tier in one.tiers] for one in records] == [[10], [6, 24]]
