"""Messages that end what SAP's snapshot lacks: SAP's own translators read them as the key's end."""

import json
from typing import Any

import pytest

from shared.company.model import Profile
from shared.event.message import SapMessage
from shared.price.holders import customer_group
from shared.sap.conditions import ArticleConditions, read_conditions
from shared.sap.customers import CompanyPart, customer
from shared.sap.discounts import DiscountConditions
from shared.sap.ended import NotInSettingsError, ended_customer, ended_key
from shared.sap.idoc import read_packet
from shared.sap.price_settings import ConditionTable
from shared.sap.source_system import SourceSystem
from tests.factories import price
from tests.factories.sap import ECC, PUBLISHED_AT, S4, stamp

systems = pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])


def _read(message: dict[str, Any], system: SourceSystem, translate: Any) -> Any:
    data = json.dumps({"IDOCS": [message]}).encode()
    kind = message["EDI_DC40"]["MESTYP"]
    sent = SapMessage("1", "sap", data, {}, PUBLISHED_AT)
    packet = read_packet(sent, system, {kind: translate})
    assert packet.faulty == []
    return packet.taken[0].says


@systems
def test_a_customer_is_deleted_as_of_the_snapshot(system: SourceSystem) -> None:
    found = _read(ended_customer("100001", stamp(5), system), system, customer)
    assert isinstance(found, CompanyPart)
    assert isinstance(found.part, Profile)
    assert (found.company, found.part.deleted, found.part.stamp) == ("100001", True, stamp(5))


def _names(system: SourceSystem) -> list[tuple[str, ConditionTable, bool]]:
    prices = system.prices
    types = [(name, table, False) for name in prices.types for table in prices.tables]
    return types + [
        (one.type, table, True) for one in prices.discounts for table in prices.discount_tables
    ]


@systems
def test_every_key_of_the_settings_is_ended_under_its_name(system: SourceSystem) -> None:
    organisation = system.sales_areas[0].organisation
    holders = {
        "customer": "100001",
        "price_list": "W1",
        "price_group": "G1",
        "customer_group": customer_group("01"),
        "market": organisation,
    }
    for kind, table, is_discount in _names(system):
        group = "02" if "KONDM" in table.key else ""
        told: dict[str, Any] = {"holder": holders[table.holder], "organisation": organisation}
        key = (
            price.discount(material_group=group, currency="EUR", **told)
            if is_discount
            else price.key(**told)
        )
        names = [kind, table.number, organisation, key.holder, group]
        if is_discount and "WAERK" in table.key:
            names.append("EUR")
        name = "~".join(filter(None, names))
        article = "10123" if table.is_of_articles else ""
        message = ended_key(name, key, article, "EUR", stamp(5), system)
        found = _read(message, system, read_conditions)
        assert isinstance(found, DiscountConditions if is_discount else ArticleConditions)
        assert (found.name, found.article, found.conditions) == (name, article, ())


def test_what_the_settings_do_not_have_can_not_be_told() -> None:
    for name in ("PR00~999~1000~1000", "XXXX~304~1000~1000"):
        with pytest.raises(NotInSettingsError):
            ended_key(name, price.key(), "10123", "EUR", stamp(5), ECC)
