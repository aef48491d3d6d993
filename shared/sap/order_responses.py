"""ORDRSP: what SAP says of a sales order that came from us, or that belongs to one that did.

IDoc type ORDERS05, as far as it is read here. Segments and fields as SAP's documentation of the
basic type and public mappings have them; not verified against a system:
E1EDK01 the header: BELNR, CURCY, LIFSK and LIFSK_BEZ (delivery block and its text);
E1EDK14 QUALF "012": the order type (AUART) in ORGID;
E1EDK02 QUALF "001" the purchase order (35 characters, so our number), "002" the sales order;
E1EDK03 IDDAT "012": the document's date;
E1EDP01 the items: POSEX, MENGE in MENEE, VPREI for PEINH of PMENE, NETWR, ABGRU, and inside each
E1EDP20 its schedule lines (WMENG in MENEE, EDATU) and E1EDP19 QUALF "002" its article (IDTNR).
Amounts are text for partners, written with the currency's own decimals, not shifted.

SAP has no field for these, so custom segments have them (docs/source-systems.md): Z1CREATED the
stamp of the order's creation (ERDAT_TS); Z1STATUS the overall credit status (CMGST), whether it
is incomplete (UVALL) and the billing block (FAKSK).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from babel.numbers import get_currency_precision
from pydantic import BaseModel, BeforeValidator, Field

from shared.day import day_in
from shared.money import Currency, Money, UnitPrice
from shared.order.documents import RelatedKind
from shared.order.hold import HoldKind
from shared.order.model import Confirmation
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import (
    Alpha,
    Amount,
    Date,
    Pieces,
    Position,
    Stamp,
    Whole,
    last_of_second,
    minor_units,
    read_date,
    read_stamp,
)
from shared.sap.idoc import Idoc
from shared.sap.our_order import our_order, repeated_positions
from shared.sap.source_system import SourceSystem
from shared.sap.units import is_case

_NOT_RELEASED = frozenset("BC")
"""CMGST: checked and not in order; released in part. "A" is in order, "D" released by a person."""
_INCOMPLETE = frozenset("AB")
"""UVALL: nothing is complete; not everything is. "C" is complete, empty not relevant."""

_Optional = BeforeValidator(lambda value: None if value == "" else value)


class _Order(BaseModel):
    BELNR: Alpha
    CURCY: Currency
    LIFSK: str = ""
    LIFSK_BEZ: str = ""


class _Reference(BaseModel):
    QUALF: str
    BELNR: str


class _Organisation(BaseModel):
    QUALF: str
    ORGID: str = ""


class _Day(BaseModel):
    IDDAT: str
    DATUM: str = ""


class _Created(BaseModel):
    ERDAT_TS: Stamp


class _Status(BaseModel):
    CMGST: str = ""
    UVALL: str = ""
    FAKSK: str = ""


class _Schedule(BaseModel):
    WMENG: Pieces
    EDATU: Date


class _Article(BaseModel):
    QUALF: str
    IDTNR: str = ""


class _Item(BaseModel):
    POSEX: Position
    MENGE: Pieces
    MENEE: str = ""
    VPREI: Annotated[Amount | None, _Optional] = None
    PEINH: Annotated[Whole | None, _Optional] = None
    PMENE: str = ""
    NETWR: Annotated[Amount | None, _Optional] = None
    ABGRU: str = ""
    E1EDP20: list[_Schedule] = []
    E1EDP19: list[_Article] = []


class _References(BaseModel):
    E1EDK02: list[_Reference] = Field(min_length=1)


class _Ordrsp(_References):
    E1EDK01: list[_Order] = Field(min_length=1, max_length=1)
    E1EDK14: list[_Organisation] = []
    E1EDK03: list[_Day] = []
    Z1CREATED: list[_Created] = Field(min_length=1, max_length=1)
    Z1STATUS: list[_Status] = Field(default=[], max_length=1)
    E1EDP01: list[_Item] = Field(min_length=1)


class _OneArticle(BaseModel):
    IDTNR: Alpha


class SapOrderLine(BaseModel):
    """An item of the sales order. `rejection` is SAP's reason (ABGRU), empty for none.

    `ordered` and `confirmed` are pieces; where `in_cases`, they are cases till somebody who
    knows how many pieces a case has makes them pieces. So it is with the price.
    """

    article: str
    ordered: int
    rejection: str
    confirmed: list[Confirmation] = Field(description="ascending by date")
    price: UnitPrice | None = Field(default=None, description="None where SAP told none")
    amount: Money | None = None
    withdrawn: bool = Field(default=False, description="its reason is that the buyer withdrew")
    in_cases: bool = False
    priced_in_cases: bool = False

    def in_pieces(self, per_case: int) -> "SapOrderLine":
        """The same item, counted in pieces where SAP counts cases."""
        factor = per_case if self.in_cases else 1
        price = self.price
        if price is not None and self.priced_in_cases:
            price = price.model_copy(update={"per": price.per * per_case})
        confirmed = [
            one.model_copy(update={"quantity": one.quantity * factor}) for one in self.confirmed
        ]
        return self.model_copy(
            update={
                "ordered": self.ordered * factor,
                "confirmed": confirmed,
                "price": price,
                "in_cases": False,
                "priced_in_cases": False,
            }
        )


class SapOrderStatus(BaseModel):
    """The full state of a sales order as of `stamp`."""

    number: str = Field(description="our order number")
    stamp: str
    sap_number: str
    sap_stamp: str = Field(description="when SAP created it")
    kind: RelatedKind | None = Field(
        default=None, description="of what follows an order; None of orders"
    )
    currency: str
    on: date = Field(description="its document date")
    holds: list[tuple[HoldKind, str]] = Field(default=[], description="kind and reason")
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
    raw = _Ordrsp.model_validate(idoc.segments)
    if faults := _faults(raw):
        raise UntranslatableMessageError(faults)
    header = raw.E1EDK01[0]
    return SapOrderStatus(
        number=ours[0],
        stamp=last_of_second(idoc.stamp) if idoc.by_second else idoc.stamp,
        sap_number=header.BELNR,
        sap_stamp=raw.Z1CREATED[0].ERDAT_TS,
        kind=_kind(raw, idoc.system),
        currency=header.CURCY,
        on=_document_date(raw, idoc.system),
        holds=_holds(header, raw.Z1STATUS[0] if raw.Z1STATUS else _Status()),
        lines={item.POSEX: _line(item, header.CURCY, idoc.system) for item in raw.E1EDP01},
    )


def _faults(raw: _Ordrsp) -> list[str]:
    number = raw.E1EDK01[0].BELNR
    faults = [
        f"E1EDK02: refers to {row.BELNR}, not to {number} of E1EDK01"
        for row in raw.E1EDK02
        if row.QUALF == "002" and row.BELNR.lstrip("0") != number
    ]
    faults += [
        f"E1EDP19: no article of position {item.POSEX}"
        for item in raw.E1EDP01
        if not any(row.QUALF == "002" for row in item.E1EDP19)
    ]
    twice = repeated_positions(item.POSEX for item in raw.E1EDP01)
    return faults + [f"E1EDP01: position {one} stands there more than once" for one in twice]


def _document_date(raw: _Ordrsp, system: SourceSystem) -> date:
    told = next((row.DATUM for row in raw.E1EDK03 if row.IDDAT == "012"), None)
    if told is None:
        return day_in(system.zone, read_stamp(raw.Z1CREATED[0].ERDAT_TS))
    try:
        return read_date(told)
    except ValueError as error:
        raise UntranslatableMessageError([f"E1EDK03/DATUM: {error}"]) from error


def _kind(raw: _Ordrsp, system: SourceSystem) -> RelatedKind | None:
    types = [row.ORGID for row in raw.E1EDK14 if row.QUALF == "012"]
    kind = system.documents.order_types.get(types[0]) if types else None
    return None if kind is None else RelatedKind(kind)


def _line(item: _Item, currency: str, system: SourceSystem) -> SapOrderLine:
    # The article number of the vendor, which is us.
    article = next(row for row in item.E1EDP19 if row.QUALF == "002")
    priced = item.VPREI is not None
    return SapOrderLine(
        article=_OneArticle.model_validate(article.model_dump()).IDTNR,
        ordered=item.MENGE,
        rejection=item.ABGRU,
        confirmed=_confirmations(item.E1EDP20),
        price=_price(item.VPREI, item.PEINH or 1, currency) if item.VPREI is not None else None,
        amount=None if item.NETWR is None else _amount(item.NETWR, currency),
        withdrawn=system.withdrawn == item.ABGRU,
        in_cases=is_case(system, item.MENEE, "E1EDP01/MENEE"),
        priced_in_cases=priced and is_case(system, item.PMENE or item.MENEE, "E1EDP01/PMENE"),
    )


def _price(value: Decimal, per: int, currency: str) -> UnitPrice:
    """What `per` cost, for as many as make it whole minor units."""
    minor = value.scaleb(get_currency_precision(currency))
    while minor != minor.to_integral_value():
        minor, per = minor * 10, per * 10
    return UnitPrice(amount=int(minor), currency=currency, per=per)


def _amount(value: Decimal, currency: str) -> Money:
    try:
        return Money(amount=minor_units(value, currency, "plain"), currency=currency)
    except ValueError as error:
        raise UntranslatableMessageError([f"E1EDP01/NETWR: {error}"]) from error


def _confirmations(rows: list[_Schedule]) -> list[Confirmation]:
    return sorted(
        (Confirmation(on=row.EDATU, quantity=row.WMENG) for row in rows if row.WMENG),
        key=lambda confirmation: confirmation.on,
    )


def _holds(header: _Order, status: _Status) -> list[tuple[HoldKind, str]]:
    found = []
    if status.CMGST in _NOT_RELEASED:
        found.append((HoldKind.CREDIT, status.CMGST))
    if status.UVALL in _INCOMPLETE:
        found.append((HoldKind.INCOMPLETE, status.UVALL))
    if header.LIFSK.strip():
        found.append((HoldKind.DELIVERY_BLOCK, f"{header.LIFSK} {header.LIFSK_BEZ}".strip()))
    if status.FAKSK.strip():
        found.append((HoldKind.BILLING_BLOCK, status.FAKSK.strip()))
    return found
