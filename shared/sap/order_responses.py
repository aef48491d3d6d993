"""ORDRSP: what SAP says of a sales order that came from us."""

from typing import Literal

from pydantic import BaseModel, Field

from shared.order.model import Confirmation
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Date, Pieces, Stamp, Whole
from shared.sap.idoc import Idoc
from shared.sap.our_order import our_order


class _Order(BaseModel):
    BELNR: Alpha


class _Reference(BaseModel):
    QUALF: str
    BELNR: str


class _Created(BaseModel):
    ERDAT_TS: Stamp


class _Item(BaseModel):
    POSEX: Whole
    MENGE: Pieces
    ABGRU: str = ""


class _Schedule(BaseModel):
    POSEX: Whole
    WMENG: Pieces
    EDATU: Date


class _Article(BaseModel):
    POSEX: Whole
    QUALF: Literal["002"]
    IDTNR: Alpha


class _References(BaseModel):
    E1EDK02: list[_Reference] = Field(min_length=1)


class _Ordrsp(_References):
    E1EDK01: list[_Order] = Field(min_length=1, max_length=1)
    Z1CREATED: list[_Created] = Field(min_length=1, max_length=1)
    E1EDP01: list[_Item] = Field(min_length=1)
    E1EDP20: list[_Schedule] = []
    E1EDP19: list[_Article] = []


class SapOrderLine(BaseModel):
    """An item of the sales order. `rejection` is SAP's reason (ABGRU), empty for none."""

    article: str
    ordered: int
    rejection: str
    confirmed: list[Confirmation] = Field(description="ascending by date")


class SapOrderStatus(BaseModel):
    """The full state of a sales order as of `stamp`."""

    number: str = Field(description="our order number")
    stamp: str
    sap_number: str
    sap_stamp: str = Field(description="when SAP created it")
    lines: dict[int, SapOrderLine] = Field(description="by position (POSNR)")


def order_status(idoc: Idoc) -> SapOrderStatus | None:
    """The state of one ORDRSP; None where the sales order is another channel's.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    references = _References.model_validate(idoc.segments).E1EDK02
    ours = [
        number
        for row in references
        if row.QUALF == "001" and (number := our_order(row.BELNR)) is not None
    ]
    if not ours:
        return None
    raw = _Ordrsp.model_validate(_of_vendor(idoc))
    if faults := _faults(raw):
        raise UntranslatableMessageError(faults)
    articles = {row.POSEX: row.IDTNR for row in raw.E1EDP19}
    return SapOrderStatus(
        number=ours[0],
        stamp=idoc.stamp,
        sap_number=raw.E1EDK01[0].BELNR,
        sap_stamp=raw.Z1CREATED[0].ERDAT_TS,
        lines={
            item.POSEX: SapOrderLine(
                article=articles[item.POSEX],
                ordered=item.MENGE,
                rejection=item.ABGRU,
                confirmed=_confirmed(raw, item.POSEX),
            )
            for item in raw.E1EDP01
        },
    )


def _of_vendor(idoc: Idoc) -> dict[str, object]:
    """The segments with only the article numbers of the vendor, which is us (QUALF 002)."""
    rows = idoc.segments.get("E1EDP19")
    if not isinstance(rows, list):
        return dict(idoc.segments)
    ours = [row for row in rows if not isinstance(row, dict) or row.get("QUALF") == "002"]
    return {**idoc.segments, "E1EDP19": ours}


def _faults(raw: _Ordrsp) -> list[str]:
    number = raw.E1EDK01[0].BELNR
    faults = [
        f"E1EDK02: refers to {row.BELNR}, not to {number} of E1EDK01"
        for row in raw.E1EDK02
        if row.QUALF == "002" and row.BELNR.lstrip("0") != number
    ]
    articles = {row.POSEX for row in raw.E1EDP19}
    faults += [
        f"E1EDP19: no article of position {item.POSEX}"
        for item in raw.E1EDP01
        if item.POSEX not in articles
    ]
    return faults


def _confirmed(raw: _Ordrsp, position: int) -> list[Confirmation]:
    return sorted(
        (
            Confirmation(on=row.EDATU, quantity=row.WMENG)
            for row in raw.E1EDP20
            if position == row.POSEX and row.WMENG
        ),
        key=lambda confirmation: confirmation.on,
    )
