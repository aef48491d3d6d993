"""What translators make of IDocs, for tests of one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from shared.availability.model import Stock
from shared.event.message import SapMessage
from shared.sap import idoc
from shared.sap.idoc import Idoc
from shared.sap.source_system import SourceSystem
from shared.sap.stock import StyleInPlant, read_stock

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
    return idoc.read_packet(message, system, translators).all()


def stock(data: bytes) -> dict[StyleInPlant, dict[str, Stock]]:
    """What a message of stock says, by style and plant and article.

    Raises:
        UntranslatableMessageError: one of its rows can't be read.
    """
    found = read_stock(SapMessage("1", "sap-inventory", data, {}, LATE)).all()
    return {(one.style, one.plant): one.rows for one in found}
