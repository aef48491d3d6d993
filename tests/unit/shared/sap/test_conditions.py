from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from functions.carts.schema import MAX_QUANTITY
from shared.cart.model import MAX_LINES
from shared.money import Money, UnitPrice
from shared.price.model import MOST_PRICE, Price, PriceKey, PriceRecord, Source, Tier
from shared.price.rules import at_quantity
from shared.sap.conditions import StylePriceKey
from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, S4, STAMP, kunnr
from tests.factories.sap_prices import cond_a, position_of, record_of
from tests.support.idocs import price_key


def _found(idoc: dict, **told: Any) -> StylePriceKey:
    found = price_key(idoc, **told)
    assert found is not None
    return found


def _reasons(idoc: dict) -> str:
    with pytest.raises(UntranslatableMessageError) as raised:
        price_key(idoc)
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
    position_of(idoc)["KPEIN"] = "100"
    assert _found(idoc).key.records[0].per == 100


def test_a_deleted_record_leaves_the_key_without_it() -> None:
    idoc = cond_a()
    position_of(idoc)["LOEVM_KO"] = "X"
    assert _found(idoc).key.records == []


def test_another_channel_is_not_ours() -> None:
    assert price_key(cond_a(VTWEG="20")) is None


def test_faults_are_named() -> None:
    idoc = cond_a()
    position_of(idoc).update(KONWA="USD", KBETR="25.001")
    late = {"KNUMH": "0000000009", "DATAB": "20270101", "DATBI": "20260101"}
    idoc["E1KOMG"][0]["E1KONH"].append({**late, "E1KONP": [position_of(cond_a())]})
    text = _reasons(idoc)
    assert "0000012345 is in USD, not EUR" in text
    assert "finer than the minor unit" in text
    assert "0000000009 ends before it begins" in text


def test_a_percentage_is_no_price() -> None:
    idoc = cond_a()
    position_of(idoc)["KRECH"] = "A"
    assert "the calculation rule (KRECH) 'A', and is no price per quantity" in _reasons(idoc)


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
    earlier = record_of(cond_a(scales=[("24.000", "22.50"), ("6.000", "22.50")]))
    idoc["E1KOMG"][0]["E1KONH"].append({**earlier, "DATAB": "20250101", "DATBI": "20251231"})
    records = _found(idoc).key.records
    assert [[tier.quantity for tier in one.tiers] for one in records] == [[10], [6, 24]]


def _kinds_and_holders(system: SourceSystem) -> list[dict[str, Any]]:
    return [
        {"KSCHL": name, "KOTABNR": table.number, "KUNNR": kunnr("100001"), "PLTYP": "W1"}
        for name in system.prices.types
        for table in system.prices.tables
    ]


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
def test_types_and_tables_are_those_of_the_settings(system: SourceSystem) -> None:
    found = [
        _found(cond_a(system=system, **key), system=system).key
        for key in _kinds_and_holders(system)
    ]
    assert [(one.kind, one.source) for one in found] == [
        (kind, source)
        for kind in ("wholesale", "rrp")
        for source in (Source.CUSTOMER, Source.PRICE_LIST, Source.MARKET)
    ]


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
def test_key_fields_that_a_segment_lacks_are_cut_from_its_joined_key(system: SourceSystem) -> None:
    for key in _kinds_and_holders(system):
        idoc = cond_a(system=system, **key)
        whole = _found(idoc, system=system)
        row = idoc["E1KOMG"][0]
        table = next(one for one in system.prices.tables if one.number == row["KOTABNR"])
        widths = {"VKORG": 4, "VTWEG": 2, "KUNNR": 10, "PLTYP": 2, "WAERK": 5, "MATNR": 18}
        row["VAKEY"] = "".join(row.pop(field).ljust(widths[field]) for field in table.key)
        assert _found(idoc, system=system) == whole


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
def test_conditions_of_nothing_that_a_buyer_pays_for_goods_are_ignored(
    system: SourceSystem,
) -> None:
    ignored = system.prices.ignored[0]
    others: list[dict[str, Any]] = [{"KAPPL": "M"}, {"KVEWE": "B"}, {"VKORG": "9999"}]
    for key in [*others, {"KSCHL": ignored}]:
        assert price_key(cond_a(system=system, **key), system) is None


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
def test_a_type_that_the_settings_do_not_have_is_refused_and_named(system: SourceSystem) -> None:
    with pytest.raises(UntranslatableMessageError) as refused:
        price_key(cond_a(system=system, KSCHL="ZSUR", KOTABNR="999"), system)
    text = "\n".join(refused.value.reasons)
    assert "E1KOMG/KSCHL: 'ZSUR' is no price, discount or surcharge of the settings" in text
    assert "E1KOMG/KOTABNR: '999' is no condition table of the settings" in text


def test_amounts_are_plain_where_the_settings_say_so() -> None:
    plain = _found(cond_a(system=S4, amount="12990", WAERK="HUF"), system=S4)
    assert plain.key.records[0].amount == 1_299_000
    assert position_of(cond_a(system=S4, amount="12990", WAERK="HUF"))["KBETR"] == "12990"


def test_a_value_scale_is_refused() -> None:
    idoc = cond_a()
    position_of(idoc)["E1KONW"] = [{"KSTBW": "1000.00", "KBETR": "20.00"}]
    assert "a scale that is not by quantity (E1KONW, KZBZG)" in _reasons(idoc)
    idoc = cond_a(scales=[("10", "20.00")])
    position_of(idoc)["KZBZG"] = "B"
    assert "not by quantity" in _reasons(idoc)
    position_of(idoc).update(KZBZG="C", STFKZ="D")
    assert "(STFKZ) 'D' that is neither from nor to" in _reasons(idoc)


def test_a_message_without_records_deletes_nothing() -> None:
    idoc = cond_a()
    idoc["E1KONH"] = idoc["E1KOMG"][0].pop("E1KONH")
    assert "E1KONH: not within its E1KOMG" in _reasons(idoc)
    del idoc["E1KONH"]
    assert "E1KONH: Field required" in _reasons(idoc)


def test_a_price_per_case_is_a_price_per_its_pieces() -> None:
    idoc = cond_a(amount="480.00", scales=[("10", "456.00")])
    position_of(idoc)["KMEIN"] = "KAR"
    (record,) = _found(idoc, pieces={"KAR": 12}).key.records
    assert (record.amount, record.per) == (48_000, 12)
    assert record.tiers == [Tier(quantity=120, amount=45_600)]
    position_of(idoc)["KONMS"] = "ST"  # whose scale counts in another unit than its price
    (record,) = _found(idoc, pieces={"KAR": 12}).key.records
    assert record.tiers == [Tier(quantity=10, amount=45_600)]


_SCALES = st.dictionaries(st.integers(0, 500), st.integers(1, 99_999), min_size=1, max_size=6)


@given(_SCALES, st.booleans(), st.sampled_from([1, 6, 12]), st.integers(1, 7_000))
def test_every_quantity_has_the_price_that_sap_gives_it(
    scale: dict[int, int], is_to: bool, case: int, pieces: int
) -> None:
    assume(min(scale) > 0 or not is_to)
    idoc = cond_a(
        amount="999.99", scales=[(f"{n}.000", f"{a / 100:.2f}") for n, a in scale.items()]
    )
    position_of(idoc).update(STFKZ="B" if is_to else "A", KMEIN="ST" if case == 1 else "KAR")
    (record,) = _found(idoc, pieces={"KAR": case}).key.records
    price = Price(
        unit=UnitPrice(amount=record.amount, currency="EUR", per=record.per),
        source=Source.MARKET,
        tiers=record.tiers,
    )
    paid = at_quantity(price, pieces)
    assert paid.per == case
    ordered = sorted(scale)
    if is_to:
        reached = next((n for n in ordered if pieces <= n * case), ordered[-1])
        assert paid.amount == scale[reached]
    else:
        passed = [n for n in ordered if n * case <= pieces]
        assert paid.amount == (scale[passed[-1]] if passed else 99_999)


@given(st.integers(0, MOST_PRICE), st.sampled_from(["EUR", "HUF", "ISK", "USD"]))
def test_an_amount_is_the_same_shifted_and_plain(minor: int, currency: str) -> None:
    real = Money(amount=minor, currency=currency).decimal
    if currency == "HUF":
        real = real.quantize(Decimal(1))
    found = {
        _found(cond_a(amount=str(real), system=one, WAERK=currency), system=one)
        .key.records[0]
        .amount
        for one in (ECC, S4)
    }
    assert len(found) == 1
