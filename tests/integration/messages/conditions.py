"""COND_A beside the market's price of a style: a variant's, a customer's own, and a discount."""

from collections.abc import Mapping
from typing import Any

from shared.sap.source_system import SourceSystem
from shared.store import to_document
from tests.factories.company import company
from tests.factories.sap import Idoc, kunnr
from tests.factories.sap_prices import cond_a, discount
from tests.integration.messages.family import Documents, Family, of, styles, without
from tests.integration.messages.prices import COND_A, price_fields
from tests.support.sap_fields import (
    IGNORED,
    OTHER,
    REFUSED,
    SAME,
    Values,
    code,
    flag,
    key,
    number,
    unread,
)

COMPANIES = ("100001", "100002")


def _before(system: SourceSystem) -> Documents:
    buyers = {f"companies/{one}": to_document(company(one)) for one in COMPANIES}
    return {**styles(system), **buyers}


def _of_variant(system: SourceSystem, article: str = "10123001") -> Idoc:
    return of(system, cond_a(article, scales=[("10", "23.00")], system=system))


def _variant_view(stored: Mapping[str, Any]) -> Any:
    [(name, found)] = stored["variants"].items()
    return {"name": name, **without(found, "stamp")}


def _variant_fields(system: SourceSystem) -> Mapping[str, Values]:
    return {
        **price_fields(system),
        "E1KOMG/MATNR": key({"10123001": SAME, "10999": OTHER}),
    }


def _own(system: SourceSystem, style: str = "10123") -> Idoc:
    table = next(one for one in system.prices.tables if one.holder == "customer")
    key_fields = {"KOTABNR": table.number, "KUNNR": kunnr("100001")}
    return of(system, cond_a(style, scales=[("10", "23.00")], system=system, **key_fields))


def _own_fields(system: SourceSystem) -> Mapping[str, Values]:
    fields = {**price_fields(system), "E1KOMG/KUNNR": key({"100001": SAME, "100002": OTHER})}
    table = next(one for one in system.prices.tables if one.holder == "customer")
    if "WAERK" not in table.key:
        # Then the currency is the amount's alone.
        fields["E1KOMG/WAERK"] = unread()
        fields["E1KOMG/E1KONH/E1KONP/KONWA"] = code(
            {"EUR": SAME, "USD": OTHER, "XYZ": REFUSED, "eur": REFUSED}
        )
    return fields


def _discount(system: SourceSystem, company_number: str = "100001") -> Idoc:
    """Five percent off all that a customer buys."""
    kind, kbetr = ("K007", "50.00-") if system.amounts == "shifted" else ("YK07", "5.00-")
    division = system.sales_areas[0].division
    customer = kunnr(company_number)
    return of(system, discount(kind, "007", kbetr, system=system, SPART=division, KUNNR=customer))


def _discount_view(stored: Mapping[str, Any]) -> Any:
    found = stored["discounts"]
    return {name: without(one, "stamp") for name, one in found.items()}


def _discount_fields(system: SourceSystem) -> Mapping[str, Values]:
    [name] = (
        f"{one.type}~007~{system.sales_areas[0].organisation}~100001"
        for one in system.prices.discounts
        if one.type in ("K007", "YK07")
    )
    amount = f"{name}.records.0.amount"
    plain = system.amounts == "plain"
    position = "E1KOMG/E1KONH/E1KONP"
    return {
        "E1KOMG/KAPPL": code({"V": SAME, "M": IGNORED}, other=IGNORED),
        "E1KOMG/KSCHL": code({system.prices.ignored[0]: IGNORED}),
        "E1KOMG/KOTABNR": code({}),
        "E1KOMG/VKORG": code({"9999": IGNORED}, other=IGNORED),
        "E1KOMG/KUNNR": key({"100001": SAME, "100002": OTHER}),
        "E1KOMG/MATNR": unread(),
        f"{position}/KRECH": code({"A": SAME, "C": REFUSED, "B": REFUSED}),
        f"{position}/KBETR": number(
            {"7.50-" if plain else "75.00-": {amount: 7_500}},
            bad=("0.0001-",),
            negative=True,
        ),
        f"{position}/LOEVM_KO": flag({f"{name}.records": []}),
    }


VARIANT_PRICE = Family(
    "COND_A of a variant",
    "sync_prices",
    "sap-prices",
    _of_variant,
    lambda system: _of_variant(system, "10124001"),
    "prices/10123~EUR",
    "prices/10124~EUR",
    _variant_fields,
    _variant_view,
    styles,
    COND_A.structure,
)

OWN_PRICE = Family(
    "COND_A of a customer",
    "sync_prices",
    "sap-prices",
    _own,
    lambda system: _own(system, "10124"),
    "companies/100001/prices/10123~EUR",
    "companies/100001/prices/10124~EUR",
    _own_fields,
    COND_A.view,
    _before,
    COND_A.structure,
)

DISCOUNT = Family(
    "COND_A of a discount",
    "sync_prices",
    "sap-prices",
    _discount,
    lambda system: _discount(system, "100002"),
    "companies/100001",
    "companies/100002",
    _discount_fields,
    _discount_view,
    _before,
)
