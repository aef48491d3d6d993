"""Discounts as COND_A has them: percentages shifted by a place, minuses behind, scales by value."""

from typing import Any

import pytest

from shared.price.model import DiscountKey, DiscountRecord, Source, Tier
from shared.sap.fault import UntranslatableMessageError
from tests.factories.sap import ECC, S4, STAMP, Idoc, kunnr, matnr
from tests.factories.sap_prices import discount, position_of, record_of
from tests.support.idocs import discount_of

OF_CUSTOMER: dict[str, Any] = {"SPART": "00", "KUNNR": kunnr("100001")}
OF_STYLE: dict[str, Any] = {"MATNR": matnr("10123")}


def _reasons(idoc: Idoc) -> str:
    with pytest.raises(UntranslatableMessageError) as raised:
        discount_of(idoc)
    return "\n".join(raised.value.reasons)


def _amount(kbetr: str, **position: Any) -> dict[str, Any]:
    return {"KRECH": "C", "KBETR": kbetr, "KONWA": "EUR", "KPEIN": "1", "KMEIN": "ST"} | position


def test_a_customers_percentage_is_on_all_that_it_buys() -> None:
    found = discount_of(discount("K007", "007", "75.00-", **OF_CUSTOMER))
    assert (found.style, found.name) == ("", "K007~007~1000~100001")
    record = record_of(discount("K007", "007", "75.00-"))
    assert (record["DATAB"], record["DATBI"]) == ("20260101", "99991231")
    [one] = found.key.records
    assert found.key == DiscountKey(
        stamp=STAMP,
        condition="K007",
        step=2,
        access=1,
        calculation="percent",
        base="list",
        source=Source.CUSTOMER,
        holder="100001",
        organisation="1000",
        records=[DiscountRecord(**dict(one) | {"amount": 7_500})],
    )


def test_a_variants_discount_belongs_to_its_style() -> None:
    found = discount_of(discount("KA00", "004", "100.00-", **OF_STYLE), generic="10000")
    assert (found.style, found.key.article) == ("10000", "10123")
    assert found.name == "KA00~004~1000~1000~10123"


def test_an_amount_is_for_pieces_in_its_currency() -> None:
    found = discount_of(
        discount("K004", "004", "", position=_amount("2.50-", KPEIN="10"), **OF_STYLE)
    )
    [record] = found.key.records
    assert (record.amount, record.per, found.key.currency) == (250, 10, "EUR")


def test_settings_say_how_amounts_and_signs_are_written() -> None:
    percent = discount_of(
        discount("YK07", "007", "7.500-", system=S4, SPART="10", KUNNR=kunnr("100001")), S4
    )
    amount = discount_of(
        discount("YK04", "004", "", system=S4, position=_amount("2.50"), **OF_STYLE), S4
    )
    found = [one.key.records[0].amount for one in (percent, amount)]
    assert (found, percent.key.base) == ([7_500, 250], "running")


@pytest.mark.parametrize(
    ("scale", "tiers"), [("A", [(50_000, 5_000), (100_000, 8_000)]), ("B", [(50_001, 8_000)])]
)
def test_a_scale_by_value(scale: str, tiers: list[tuple[int, int]]) -> None:
    rows = [("500.00", "50.00-"), ("1000.00", "80.00-")]
    idoc = discount("KA00", "004", "0.00", **OF_STYLE)
    position_of(idoc).update(
        KZBZG="B",
        STFKZ=scale,
        KONWS="EUR",
        E1KONW=[{"KSTBW": value, "KBETR": rate} for value, rate in rows],
    )
    found = discount_of(idoc)
    [record] = found.key.records
    assert (found.key.scale, found.key.currency) == ("value", "EUR")
    assert record.tiers == [Tier(quantity=start, amount=rate) for start, rate in tiers]
    assert record.amount == (0 if scale == "A" else 5_000)


def test_a_value_that_the_settings_do_not_count_is_quarantined_with_its_place() -> None:
    idoc = discount("K007", "007", "0.00", **OF_CUSTOMER)
    position_of(idoc).update(KZBZG="B", KONWS="EUR", E1KONW=[{"KSTBW": "1.00", "KBETR": "10.00-"}])
    assert (
        "E1KONP: 0000054321 has a scale by value (E1KONW, KZBZG B), and the settings say of no value"
        " that K007 counts" in _reasons(idoc)
    )


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        ({"KBETR": "50.00"}, "has 50.00 (KBETR), and K007 is a discount in the settings"),
        ({"KBETR": "0.005-"}, "finer than a thousandth of a percent"),
        ({"KBETR": "1000.01-"}, "more than a price can be"),
        (
            {"KRECH": "B"},
            "has the calculation rule (KRECH) 'B', an amount for each item of an order",
        ),
        ({"KRECH": "D"}, "has the calculation rule (KRECH) 'D', and K007 is a discount by percent"),
        ({"KONWA": "EUR"}, "is a percentage in EUR"),
        ({"KZBZG": "D"}, "has a scale by 'D' (KZBZG)"),
        ({"E1KONM": [{"KSTBM": "10.000", "KBETR": "80.00"}]}, "has 80.00 (KBETR)"),
    ],
)
def test_what_takes_nothing_off_is_quarantined_and_named(
    position: dict[str, Any], reason: str
) -> None:
    assert reason in _reasons(discount("K007", "007", "50.00-", position=position, **OF_CUSTOMER))


def test_a_deleted_record_leaves_the_key_without_it() -> None:
    idoc = discount("K007", "007", "50.00-", **OF_CUSTOMER)
    position_of(idoc)["LOEVM_KO"] = "X"
    assert discount_of(idoc).key.records == []


def test_a_group_of_customers_has_a_discount_on_all_articles() -> None:
    by_price_group = discount_of(discount("K020", "020", "15.00-", SPART="00", KONDA="02"))
    by_customer_group = discount_of(discount("YK20", "902", "2.000-", system=S4, KDGRP="02"), S4)
    found = [
        (one.style, one.key.source, one.key.holder) for one in (by_price_group, by_customer_group)
    ]
    assert found == [("", Source.PRICE_GROUP, "02"), ("", Source.PRICE_GROUP, "KDGRP~02")]


def test_a_material_pricing_group_is_cut_from_the_key_too() -> None:
    found = discount_of(discount("K030", "030", "20.00-", VAKEY="1000100000100001FW"))
    assert (found.style, found.key.holder, found.key.material_group) == ("", "100001", "FW")
    assert found.name == "K030~030~1000~100001~FW"


@pytest.mark.parametrize(
    ("kind", "table", "kbetr", "rate"),
    [
        ("ZZUS", "029", "20.00", -2_000),
        ("YK20", "902", "2.000", -2_000),
        ("YK20", "902", "2.000-", 2_000),
    ],
)
def test_a_surcharge_adds_what_a_release_before_it_does_not_take_off(
    kind: str, table: str, kbetr: str, rate: int
) -> None:
    system = ECC if kind == "ZZUS" else S4
    of: dict[str, Any] = {"KONDM": "BU"} if kind == "ZZUS" else {"KDGRP": "02"}
    [record] = discount_of(discount(kind, table, kbetr, system=system, **of), system).key.records
    assert (record.rate, record.amount, record.added) == (rate, max(0, rate), max(0, -rate))


def test_a_scale_may_go_from_a_surcharge_to_a_discount() -> None:
    idoc = discount("YK20", "902", "5.000", system=S4, KDGRP="02")
    rows = [("0.000", "5.000"), ("12.000", "0.000"), ("50.000", "3.000-")]
    position_of(idoc).update(
        STFKZ="A", E1KONM=[{"KSTBM": start, "KBETR": rate} for start, rate in rows]
    )
    [record] = discount_of(idoc, S4).key.records
    assert record.rates == ((1, -5_000), (12, 0), (50, 3_000))


def test_a_surcharge_that_takes_off_is_quarantined_and_named() -> None:
    reasons = _reasons(discount("ZZUS", "029", "20.00-", KONDM="BU"))
    assert "has -20.00 (KBETR), and ZZUS is a surcharge in the settings" in reasons


def test_settings_of_discounts_that_can_not_be_applied_are_refused() -> None:
    told = ECC.model_dump(mode="json")
    told["prices"]["discount_tables"] += [
        {"number": "999", "holder": "market", "key": ["VKORG", "VTWEG", "KONDM", "MATNR"]}
    ]
    with pytest.raises(ValueError, match="an article, or a group of them"):
        type(ECC).model_validate(told)
