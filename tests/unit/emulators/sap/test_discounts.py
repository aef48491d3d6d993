"""What SAP's stand-in makes of condition records is what Sellin makes of them: two calculations, one price.

The stand-in reckons in exact decimals with SAP's fields; Sellin in minor units with its own keys.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.demo.generate import DemoData, generate
from emulators.demo.systems import SYSTEMS, DemoSystem
from emulators.sap.discounts import discounted, discounts_of
from emulators.sap.master import AreaData, Data, Master, master_of
from functions.sync_prices.merge import stored_keys
from shared.company.model import Company
from shared.money import Money
from shared.price.model import DiscountKey, GeneralDiscounts, StylePrices
from shared.price.rules import price_of
from shared.sap.discounts import DiscountConditions
from shared.sap.source_system import SourceSystem
from tests.factories.company import company
from tests.factories.price import key, record
from tests.factories.sap import ECC, S4, Idoc, kunnr, matnr
from tests.factories.sap_prices import discount
from tests.support.idocs import conditions_of

TODAY = date(2026, 11, 22)
STYLE, VARIANT = "10123", "10123002"
KEYS = {
    "KUNNR": kunnr("100001"),
    "PLTYP": "W1",
    "KONDA": "02",
    "KDGRP": "01",
    "KONDM": "FW",
    "WAERK": "USD",
}


def _keys(idocs: Iterable[Idoc], system: SourceSystem, currency: str) -> tuple[Any, Any, Any]:
    """What is stored of the discounts: with styles, with companies, and for many of these."""
    of_styles: dict[str, dict[str, DiscountKey]] = {}
    of_companies: dict[str, dict[str, DiscountKey]] = {}
    general: dict[str, DiscountKey] = {}
    for idoc in idocs:
        found = conditions_of(idoc, system)
        if not isinstance(found, DiscountConditions):
            continue
        generic = STYLE if found.article == VARIANT else ""
        for one in stored_keys(found.in_pieces(lambda _: 1, generic), [currency]):
            assert isinstance(one.key, DiscountKey)
            if one.style:
                of_styles.setdefault(one.style, {})[one.name] = one.key
            elif one.is_customers:
                of_companies.setdefault(one.key.holder, {})[one.name] = one.key
            else:
                general[one.name] = one.key
    return of_styles, of_companies, GeneralDiscounts(discounts=general)


@st.composite
def condition_records(draw: st.DrawFn, system: SourceSystem) -> list[Idoc]:
    """Any of the types in any of the tables, as the settings have signs and amounts."""
    idocs: list[Idoc] = []
    for kind in system.prices.discounts:
        for table in draw(st.lists(st.sampled_from(system.prices.discount_tables), max_size=3)):
            number = draw(st.sampled_from([STYLE, VARIANT]))
            of = {name: KEYS[name] for name in table.key if name in KEYS}
            of |= {"MATNR": matnr(number)} if table.is_of_articles else {}
            of |= {"SPART": system.sales_areas[0].division} if "SPART" in table.key else {}
            thousandths = draw(st.integers(0, 99_999))
            minus = {"negative": "-", "either": draw(st.sampled_from(["", "-"]))}.get(kind.sign, "")
            position: dict[str, str] = {}
            if kind.calculation == "amount":
                rate = f"{thousandths % 3_000 / 100:.2f}"
                per = draw(st.sampled_from(["1", "3", "10"]))
                position = {"KRECH": "C", "KONWA": "USD", "KPEIN": per, "KMEIN": "ST"}
            else:
                rate = f"{thousandths / 1_000:.3f}"
                if system.amounts == "shifted":
                    rate = f"{Decimal(thousandths).scaleb(-2):.2f}"
            idoc = discount(
                kind.type, table.number, f"{rate}{minus}", system=system, position=position, **of
            )
            # Of one key the last counts, in the stand-in as in Sellin.
            idocs = [one for one in idocs if _name(one) != _name(idoc)] + [idoc]
    return idocs


def _name(idoc: Idoc) -> Any:
    return {name: value for name, value in idoc["E1KOMG"][0].items() if name != "E1KONH"}


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])
@given(data=st.data(), amount=st.integers(0, 30_000), per=st.sampled_from([1, 7, 100]))
def test_any_records_come_to_the_same_price(
    system: SourceSystem, data: st.DataObject, amount: int, per: int
) -> None:
    idocs = data.draw(condition_records(system))
    area = system.sales_areas[0]
    organisation = area.organisation
    styles, companies, general = _keys(idocs, system, "USD")
    sold_in = {"organisation": organisation, "channel": area.channel, "division": area.division}
    buyer = company(
        currency="USD", price_list="W1", price_group="02", customer_group="01", sales_area=sold_in
    )
    buyer = buyer.model_copy(update={"discounts": companies.get("100001", {})})
    of_market = key(record(amount, per=per), holder=organisation, organisation=organisation)
    prices = StylePrices(
        style=STYLE, currency="USD", keys={"m": of_market}, discounts=styles.get(STYLE, {})
    )
    for number in (STYLE, VARIANT):
        article = "" if number == STYLE else number
        ours = price_of(prices, None, buyer.with_discounts(general), TODAY, article, "FW")
        theirs = discounted(
            discounts_of(idocs, system),
            Money(amount=amount, currency="USD").decimal,
            Decimal(per),
            item={
                "VKORG": organisation,
                "VTWEG": area.channel,
                "SPART": area.division,
                "MATNR": matnr(number),
                "SATNR": matnr(STYLE),
                **KEYS,
            },
            by_hand=set(),
            on=TODAY,
        )
        # Of what discounts leave nothing Sellin sells nothing.
        assert theirs == (0 if ours is None else ours.unit.decimal)


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=list(SYSTEMS))
def test_the_demos_discounts_come_to_the_same_prices(system: DemoSystem) -> None:
    demo = generate(1, 80, 12, TODAY, system)
    master = master_of(Data(demo.articles, customers=demo.customers, stock=demo.stock))
    changed = sum(
        _compared(demo, master, system.settings, buyer.id) for buyer in demo.companies[:6]
    )
    assert changed > 50


def _compared(demo: DemoData, master: Master, system: SourceSystem, buyer: str) -> int:
    """How many styles cost the company another price than the list's, with both calculations alike."""
    [(area, own)] = master.customers[kunnr(buyer)].areas.items()
    styles, companies, general = _keys(demo.conditions, system, own.currency)
    bought_by = _company(buyer, area, own).model_copy(
        update={"discounts": companies.get(buyer, {})}
    )
    found, changed = discounts_of(demo.conditions, system), 0
    # One variant of each style, which has no discounts of its own.
    for number, material in {one.generic: (n, one) for n, one in master.materials.items()}.values():
        style = material.generic.lstrip("0")
        group = material.pricing_groups.get(area[:2], "")
        of_market = key(record(40_00), holder=area[0], organisation=area[0])
        prices = StylePrices(
            style=style,
            currency=own.currency,
            keys={"m": of_market},
            discounts=styles.get(style, {}),
        )
        ours = price_of(prices, None, bought_by.with_discounts(general), TODAY, "", group)
        asked = {"VKORG": area[0], "VTWEG": area[1], "SPART": area[2], "KUNNR": kunnr(buyer)}
        theirs = discounted(
            found,
            Decimal(40),
            Decimal(1),
            item={
                **asked,
                **own.groups,
                "KONDM": group,
                "MATNR": number,
                "SATNR": material.generic,
                "WAERK": own.currency,
            },
            by_hand=set(),
            on=TODAY,
        )
        assert ours is not None
        assert Decimal(ours.unit.amount) / 100 == theirs
        changed += theirs != Decimal(40)
    return changed


def _company(number: str, area: tuple[str, str, str], own: AreaData) -> Company:
    organisation, channel, division = area
    return company(
        number,
        currency=own.currency,
        price_list=own.groups["PLTYP"],
        price_group=own.groups["KONDA"],
        customer_group=own.groups["KDGRP"],
        sales_area={"organisation": organisation, "channel": channel, "division": division},
    )
