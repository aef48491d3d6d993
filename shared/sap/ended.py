"""Messages in SAP's name that end what a full snapshot of SAP's lacks, once a person said so.

They are stamped as of the snapshot: whatever SAP told, or tells, of a later time stays.
"""

from typing import Any

from shared.price.model import DiscountKey, PriceKey
from shared.sap.fields import read_stamp
from shared.sap.idoc import DELETED
from shared.sap.price_settings import ConditionTable
from shared.sap.source_system import SourceSystem

Message = dict[str, Any]


class NotInSettingsError(Exception):
    """The settings have the condition table, type or sales area no more that a key is of."""


def ended_customer(company: str, as_of: str, system: SourceSystem) -> Message:
    """The message that SAP has deleted a customer (DEBMAS)."""
    head = {"MSGFN": DELETED, "KUNNR": company}
    return {"EDI_DC40": _control("DEBMAS", as_of, system), "E1KNA1M": [head]}


def ended_key(
    name: str,
    key: PriceKey | DiscountKey,
    article: str,
    currency: str,
    as_of: str,
    system: SourceSystem,
) -> Message:
    """The message that SAP has deleted all records of a condition key (COND_A).

    `name` begins with its type and table, as prices are stored by (`shared.sap.conditions`); `article`
    is "" of a discount on all that its holder buys.

    Raises:
        NotInSettingsError: the settings can't tell the key.
    """
    kind, number, *_ = name.split("~")
    table, organisation = _table(kind, number, system), key.organisation
    area = system.condition_areas.get(organisation)
    if area is None:
        raise NotInSettingsError(f"sales organisation {organisation}")
    holder = key.holder
    values = {
        "VKORG": organisation,
        "VTWEG": area.channel,
        "SPART": area.division,
        "KUNNR": holder,
        "PLTYP": holder,
        "KONDA": holder,
        "KDGRP": holder.removeprefix("KDGRP~"),
        "KONDM": key.material_group if isinstance(key, DiscountKey) else "",
        "WAERK": currency,
        "MATNR": article,
    }
    komg = {"KAPPL": system.prices.application, "KSCHL": kind, "KOTABNR": number}
    record = {"LOEVM_KO": "X", "KONWA": currency}
    header = {"DATAB": "19000101", "DATBI": "99991231", "E1KONP": [record]}
    return {
        "EDI_DC40": _control("COND_A", as_of, system),
        "E1KOMG": [{**komg, **{one: values[one] for one in table.key}, "E1KONH": [header]}],
    }


def _table(kind: str, number: str, system: SourceSystem) -> ConditionTable:
    prices = system.prices
    is_discount = prices.step_of(kind) is not None
    if not is_discount and kind not in prices.types:
        raise NotInSettingsError(f"condition type {kind}")
    for one in prices.discount_tables if is_discount else prices.tables:
        if one.number == number:
            return one
    raise NotInSettingsError(f"condition table {number}")


def _control(kind: str, as_of: str, system: SourceSystem) -> dict[str, str]:
    serial = read_stamp(as_of).astimezone(system.serial_zone)
    return {
        "MESTYP": kind,
        "SNDPRN": system.logical_system,
        "SERIAL": f"{serial.year:04}{serial:%m%d%H%M%S%f}",
    }
