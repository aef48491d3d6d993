"""Condition records as SAP publishes them; say only what matters."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, STAMP, Idoc, control, curr, matnr


def cond_a(
    style: str = "10123",
    serial: str = STAMP,
    amount: str = "25.00",
    scales: Iterable[tuple[str, str]] = (),
    system: SourceSystem | None = None,
    **key: str,
) -> Idoc:
    """The market's wholesale price in EUR; `amount` is real, `scales` (from, amount) too.

    Of ECC, unless it is another `system`'s: then in its condition type, table and amounts.
    """
    of = system or ECC
    kind = next(name for name, meaning in of.prices.types.items() if meaning == "wholesale")
    own = {
        "KOTABNR": next(one.number for one in of.prices.tables if one.holder == "market"),
        "KUNNR": "",
        "PLTYP": "",
        "WAERK": "EUR",
        "MATNR": matnr(style),
        **key,
    }
    currency = own["WAERK"]

    def stored(real: str) -> str:
        return curr(real, currency) if of.amounts == "shifted" else real

    position = {
        "KOPOS": "01",
        "KSCHL": own.get("KSCHL", kind),
        "STFKZ": "A",
        "KZBZG": "C",
        "KRECH": "C",
        "KBETR": stored(amount),
        "KONWA": currency,
        "KPEIN": "1",
        "KMEIN": "ST" if "ST" in of.articles.units else "PC",
        "LOEVM_KO": "",
        "E1KONM": [
            {"KOPOS": "01", "KLFN1": f"{i:04}", "KSTBM": quantity, "KBETR": stored(less)}
            for i, (quantity, less) in enumerate(scales, start=1)
        ],
    }
    return _condition(of, serial, "0000012345", {"KSCHL": kind, **own}, position)


def _condition(
    of: SourceSystem,
    serial: str,
    record: str,
    key: Mapping[str, str],
    position: Mapping[str, Any],
) -> Idoc:
    area = of.sales_areas[0]
    komg = {
        "KVEWE": "A",
        "KAPPL": of.prices.application,
        "VKORG": area.organisation,
        "VTWEG": area.channel,
        **key,
    }
    header = {"KNUMH": record, "DATAB": "20260101", "DATBI": "99991231", "E1KONP": [position]}
    return {
        "EDI_DC40": control("COND_A", serial, SNDPRN=of.logical_system),
        "E1KOMG": [{**komg, "E1KONH": [header]}],
    }


def record_of(idoc: Idoc) -> dict[str, Any]:
    """The first condition record (E1KONH) of a COND_A, to be changed."""
    header: dict[str, Any] = idoc["E1KOMG"][0]["E1KONH"][0]
    return header


def position_of(idoc: Idoc) -> dict[str, Any]:
    """The amount (E1KONP) of that record, to be changed."""
    position: dict[str, Any] = record_of(idoc)["E1KONP"][0]
    return position


def discount(
    kind: str,
    table: str,
    kbetr: str,
    serial: str = STAMP,
    system: SourceSystem | None = None,
    position: Mapping[str, Any] | None = None,
    **key: str,
) -> Idoc:
    """COND_A of a discount; `kbetr` as SAP writes it, `key` are the fields of its table.

    A percentage, unless `position` (fields of E1KONP) says something else.
    """
    row = {
        "KOPOS": "01",
        "KSCHL": kind,
        "KRECH": "A",
        "KBETR": kbetr,
        "KONWA": "%",
        "KPEIN": "0",
        **(position or {}),
    }
    names = {"KSCHL": kind, "KOTABNR": table, **key}
    return _condition(system or ECC, serial, "0000054321", names, row)
