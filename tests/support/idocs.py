"""What translators make of IDocs, for tests of one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from functions.sync_inventory.merge import ToldStock
from shared.availability.model import Stock
from shared.event.message import SapMessage
from shared.sap import idoc
from shared.sap.conditions import ArticleConditions, StylePriceKey, read_conditions
from shared.sap.discounts import ArticleDiscount, DiscountConditions
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import Idoc, Packet
from shared.sap.source_system import SourceSystem
from shared.sap.stock import StyleStock, read_stock
from shared.sap.stock_rows import StyleInPlant
from tests.factories.sap import ECC, packet

T = TypeVar("T")

LATE = datetime(2100, 1, 1, tzinfo=UTC)
"""When the packets of tests are published: no stamp of theirs is ahead of it."""


def read_packet(
    data: bytes, system: SourceSystem, translators: Mapping[str, Callable[[Idoc], T]]
) -> list[T]:
    """What all IDocs of a packet say.

    Raises:
        UntranslatableMessageError: one of them can't be read.
    """
    message = SapMessage("1", "sap-test", data, {}, LATE)
    return all_of(idoc.read_packet(message, system, translators))


def all_of(found: Packet[T]) -> list[T]:
    """What all parts of a message say.

    Raises:
        UntranslatableMessageError: one of them can't be read; naming the faults of all.
    """
    if found.faulty:
        raise UntranslatableMessageError(
            [f"{one.part.place}: {reason}" for one in found.faulty for reason in one.reasons]
        )
    return [one.says for one in found.taken]


def stock(data: bytes) -> dict[StyleInPlant, dict[str, Stock]]:
    """What a message of stock says, by style and plant and article.

    Raises:
        UntranslatableMessageError: one of its rows can't be read.
    """
    message = SapMessage("1", "sap-inventory", data, {}, LATE)
    found = all_of(read_stock(message, ECC, lambda _: {}).packet)
    return {(one.style, one.plant): one.rows for one in found}


def stock_change(rows: dict[str, Stock]) -> ToldStock:
    """A change of the stock of style 10123 in the plant of the EU."""
    return ToldStock(StyleStock("10123", "EU01", rows))


def conditions_of(
    condition: Mapping[str, Any], system: SourceSystem = ECC
) -> ArticleConditions | DiscountConditions | None:
    """What a COND_A says, in SAP's units.

    Raises:
        UntranslatableMessageError: it can't be read.
    """
    (found,) = read_packet(packet(dict(condition)), system, {"COND_A": read_conditions})
    return found


def price_key(
    condition: Mapping[str, Any],
    system: SourceSystem = ECC,
    pieces: Mapping[str, int] | None = None,
) -> StylePriceKey | None:
    """What a COND_A says of a style whose units are `pieces` beside its base unit.

    Raises:
        UntranslatableMessageError: it can't be read.
    """
    (found,) = read_packet(packet(dict(condition)), system, {"COND_A": read_conditions})
    known = pieces or {}
    if isinstance(found, DiscountConditions):
        raise TypeError("it is a discount")
    return found.in_pieces(lambda unit: known.get(unit, 1)) if found else None


def discount_of(
    condition: Mapping[str, Any], system: SourceSystem = ECC, generic: str = ""
) -> ArticleDiscount:
    """What a COND_A says of a discount, on a variant of `generic` where one is named.

    Raises:
        UntranslatableMessageError: it can't be read.
    """
    found = conditions_of(condition, system)
    if not isinstance(found, DiscountConditions):
        raise TypeError("it is no discount")
    return found.in_pieces(lambda _: 1, generic)
