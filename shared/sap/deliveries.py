"""DESADV: what SAP says of an outbound delivery, of which some goods may be our orders'.

IDoc type DELVRY07, as far as it is read here. Segments and fields as public mappings of the
message have them (TraceLink's "Advance Ship Notice (IDoc)" for DESADV.DELVRY07; for the goods
issue as E1EDT13 006 with ISDD and for BOLNR, TRAID and E1EDL18 DEL, mappings published on
GitHub); not verified against a system. E1EDL20, the header, holds all others:
VBELN, BOLNR bill of lading (the carrier's tracking number);
E1EDL21 LFART: the delivery type;
E1EDL18 QUALF "DEL": the delivery was deleted;
E1ADRM1 PARTNER_Q "SP": the forwarding agent;
E1EDT13 QUALF "006": goods issue, planned NTANF, actual ISDD and ISDZ ("00000000": not yet, or
reversed by VL09), by the system's own clock (SY-DATUM and SY-UZEIT), so in its time zone;
E1EDL24 the items: POSNR, MATNR, LFIMG in VRKME, LGMNG in the base unit, VGBEL and VGPOS (sales
order and its item), and inside each
E1EDL41 QUALI "001": its purchase order (BSTNR, 35 characters), so our number.

A message is the delivery's full state. An item that is taken out stays in it with LFIMG
0, and a deleted delivery keeps its items, so that every order that was told of a delivery is
told of its end.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, Field

from shared.order.documents import Shipment
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Line, Pieces, Position, read_date, read_time
from shared.sap.idoc import Idoc
from shared.sap.our_order import our_orders, repeated_positions
from shared.sap.source_system import SourceSystem
from shared.sap.units import is_case

_NO_DATE = ("", "00000000")


class _Type(BaseModel):
    LFART: str = ""


class _Function(BaseModel):
    QUALF: str


class _Partner(BaseModel):
    PARTNER_Q: str
    NAME1: Line = Field(default="", max_length=40)


class _Deadline(BaseModel):
    QUALF: str
    ISDD: str = ""
    ISDZ: str = "000000"


class _Reference(BaseModel):
    QUALI: str
    BSTNR: str = ""


class _References(BaseModel):
    POSNR: Position
    E1EDL41: list[_Reference] = []


class _Item(_References):
    MATNR: Alpha
    LFIMG: Pieces
    VRKME: str = ""
    LGMNG: Annotated[
        Pieces | None, BeforeValidator(lambda value: None if value == "" else value)
    ] = None
    VGBEL: Alpha
    VGPOS: Position


class _Items(BaseModel):
    E1EDL24: list[_References] = []


class _Header(BaseModel):
    VBELN: Alpha
    BOLNR: Line = Field(default="", max_length=35)
    E1EDL21: list[_Type] = []
    E1EDL18: list[_Function] = []
    E1ADRM1: list[_Partner] = []
    E1EDT13: list[_Deadline] = []
    E1EDL24: list[_Item] = Field(min_length=1)


class _Headers(BaseModel):
    E1EDL20: list[_Items] = Field(min_length=1, max_length=1)


class _Desadv(BaseModel):
    E1EDL20: list[_Header] = Field(min_length=1, max_length=1)


class SapShipment(BaseModel):
    """An order's part of a delivery. `articles` are the variants by position.

    `cases` are what is not yet in `shipment.quantities`: cases by position, of as many pieces as
    the article has in one.
    """

    number: str = Field(description="our order number")
    sap_number: str = Field(description="the sales order")
    articles: dict[int, str]
    cases: dict[int, int] = {}
    shipment: Shipment


def shipments(idoc: Idoc) -> list[SapShipment]:
    """Each of our orders' part of one DESADV; empty where all goods are other channels'.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    references = _Headers.model_validate(idoc.segments).E1EDL20[0].E1EDL24
    orders = our_orders(
        (item.POSNR, row.QUALI, row.BSTNR) for item in references for row in item.E1EDL41
    )
    if not orders:
        return []
    [raw] = _Desadv.model_validate(idoc.segments).E1EDL20
    if twice := repeated_positions(item.POSNR for item in raw.E1EDL24):
        reasons = [f"E1EDL24/POSNR: {one} is there more than once" for one in twice]
        raise UntranslatableMessageError(reasons)
    items: dict[tuple[str, str], list[_Item]] = defaultdict(list)
    for item in raw.E1EDL24:
        if item.POSNR in orders:
            items[orders[item.POSNR], item.VGBEL].append(item)
    whole = _shipment(idoc, raw)
    return [_part(*numbers, whole, found, idoc.system) for numbers, found in items.items()]


def _shipment(idoc: Idoc, raw: _Header) -> Shipment:
    return Shipment(
        number=raw.VBELN,
        stamp=idoc.stamp,
        carrier=next((row.NAME1 for row in raw.E1ADRM1 if row.PARTNER_Q == "SP"), ""),
        tracking=raw.BOLNR,
        shipped_at=_goods_issue(raw.E1EDT13, idoc.system.zone),
        cancelled=any(row.QUALF == "DEL" for row in raw.E1EDL18),
        returns=any(row.LFART in idoc.system.documents.returns for row in raw.E1EDL21),
        quantities={},
    )


def _goods_issue(deadlines: Iterable[_Deadline], zone: ZoneInfo) -> datetime | None:
    actual = [row for row in deadlines if row.QUALF == "006" and row.ISDD not in _NO_DATE]
    if not actual:
        return None
    try:
        day = read_date(actual[0].ISDD)
        clock = read_time(actual[0].ISDZ)
    except ValueError as error:
        raise UntranslatableMessageError([f"E1EDT13/006: {error}"]) from error
    # Of the hour that autumn has twice, the first: SAP's own stamps have no more than that.
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _part(
    number: str, sap_number: str, whole: Shipment, items: list[_Item], system: SourceSystem
) -> SapShipment:
    quantities: Counter[int] = Counter()
    cases: Counter[int] = Counter()
    for item in items:
        # Several items of a delivery may be of one item of the order, of several batches say.
        if not is_case(system, item.VRKME, "E1EDL24/VRKME"):
            quantities[item.VGPOS] += item.LFIMG
        elif item.LGMNG is not None:
            quantities[item.VGPOS] += item.LGMNG
        else:
            cases[item.VGPOS] += item.LFIMG
    return SapShipment(
        number=number,
        sap_number=sap_number,
        articles={item.VGPOS: item.MATNR for item in items},
        cases=dict(cases),
        shipment=whole.model_copy(update={"quantities": dict(sorted(quantities.items()))}),
    )
