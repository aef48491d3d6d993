"""INVOIC: what SAP says of a billing document, of which some items may be our orders'.

IDoc type INVOIC02, as far as it is read here; segments and fields by ecosio's "Composition and
Structure of an INVOIC IDoc in SAP ERP" and beyondse16.com's field lists and qualifiers; not
verified against a system:
E1EDK01 the header: BELNR, CURCY, BSART (INVO, or what the settings say is a credit memo), ACTION
("001" reverses a whole document);
E1EDK02 QUALF "011": the document that is reversed;
E1EDK03 IDDAT "026": the billing date;
E1EDP01 the items: POSEX, MENGE in MENEE, and inside each E1EDP02 its references: QUALF "001" the
purchase order (BELNR, 35 characters, so our number), "002" the sales order (BELNR) and its item
(ZEILE);
E1EDS01 the sums: SUMID "010" net, "011" gross. SUMME is text for partners: SAP writes it by
CURRENCY_AMOUNT_SAP_TO_IDOC with the currency's own decimals, so it is not shifted as
CURR fields are.

A billing document does not change. To take one back SAP makes another, which stays.
"""

from collections import Counter, defaultdict
from decimal import Decimal

from pydantic import BaseModel, Field

from shared.money import Currency, Money
from shared.order.documents import Invoice
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Amount, Date, Pieces, Position, minor_units
from shared.sap.idoc import Idoc
from shared.sap.our_order import our_orders, repeated_positions
from shared.sap.units import is_case

_REVERSAL = "001"


class _Header(BaseModel):
    BELNR: Alpha
    CURCY: Currency
    BSART: str = ""
    ACTION: str = ""


class _Reference(BaseModel):
    QUALF: str
    BELNR: str


class _Day(BaseModel):
    IDDAT: str
    DATUM: Date


class _ItemReference(BaseModel):
    QUALF: str
    BELNR: str = ""
    ZEILE: str = ""


class _ItemReferences(BaseModel):
    POSEX: Position
    E1EDP02: list[_ItemReference] = []


class _Item(_ItemReferences):
    MENGE: Pieces
    MENEE: str = ""


class _Sum(BaseModel):
    SUMID: str
    SUMME: Amount


class _Items(BaseModel):
    E1EDP01: list[_ItemReferences] = []


class _Invoic(BaseModel):
    E1EDK01: list[_Header] = Field(min_length=1, max_length=1)
    E1EDK02: list[_Reference] = []
    E1EDK03: list[_Day] = Field(min_length=1)
    E1EDP01: list[_Item] = Field(min_length=1)
    E1EDS01: list[_Sum] = Field(min_length=1)


class _SalesItem(BaseModel):
    BELNR: Alpha
    ZEILE: Position


class SapInvoice(BaseModel):
    """An order's part of a billing document; `sap_number` is the sales order.

    `cases` are what is not yet in `invoice.quantities`: cases by position, of as many pieces as
    the article has in one.
    """

    number: str = Field(description="our order number")
    sap_number: str
    cases: dict[int, int] = {}
    invoice: Invoice


def invoices(idoc: Idoc) -> list[SapInvoice]:
    """Each of our orders' part of one INVOIC; empty where all items are other channels'.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    references = _Items.model_validate(idoc.segments).E1EDP01
    orders = our_orders(
        (item.POSEX, row.QUALF, row.BELNR) for item in references for row in item.E1EDP02
    )
    if not orders:
        return []
    raw = _Invoic.model_validate(idoc.segments)
    if faults := _faults(raw, orders):
        raise UntranslatableMessageError(faults)
    sales = _sales_items(raw)
    whole = _invoice(idoc, raw)
    quantities: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    cases: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for item in raw.E1EDP01:
        if item.POSEX in orders:
            there = sales[item.POSEX]
            numbers = orders[item.POSEX], there.BELNR
            counted = cases if is_case(idoc.system, item.MENEE, "E1EDP01/MENEE") else quantities
            counted[numbers][there.ZEILE] += item.MENGE
    return [
        SapInvoice(
            number=number,
            sap_number=sap_number,
            cases=dict(cases[number, sap_number]),
            invoice=whole.model_copy(
                update={"quantities": dict(sorted(quantities[number, sap_number].items()))}
            ),
        )
        for number, sap_number in dict.fromkeys([*quantities, *cases])
    ]


def _sales_items(raw: _Invoic) -> dict[int, _SalesItem]:
    return {
        item.POSEX: _SalesItem.model_validate(row.model_dump())
        for item in raw.E1EDP01
        for row in item.E1EDP02
        if row.QUALF == "002"
    }


def _faults(raw: _Invoic, orders: dict[int, str]) -> list[str]:
    sums, days = [row.SUMID for row in raw.E1EDS01], [row.IDDAT for row in raw.E1EDK03]
    sales = {item.POSEX for item in raw.E1EDP01 if any(row.QUALF == "002" for row in item.E1EDP02)}
    faults = [f"E1EDS01: no sum {wanted}" for wanted in ("010", "011") if wanted not in sums]
    faults += [] if "026" in days else ["E1EDK03: no billing date (026)"]
    faults += [
        f"E1EDP02: no sales order of item {position}" for position in sorted(orders.keys() - sales)
    ]
    faults += [
        f"E1EDP01/POSEX: {position} is there more than once"
        for position in repeated_positions(item.POSEX for item in raw.E1EDP01)
    ]
    if _is_reversal(raw) and _reversed_invoice(raw) is None:
        faults.append("E1EDK02: a reversal that names no document (011)")
    return faults


def _invoice(idoc: Idoc, raw: _Invoic) -> Invoice:
    sums = {row.SUMID: row.SUMME for row in raw.E1EDS01}
    currency = raw.E1EDK01[0].CURCY
    return Invoice(
        number=raw.E1EDK01[0].BELNR,
        stamp=idoc.stamp,
        on=next(row.DATUM for row in raw.E1EDK03 if row.IDDAT == "026"),
        net=_money(sums["010"], currency),
        gross=_money(sums["011"], currency),
        cancels=_reversed_invoice(raw) if _is_reversal(raw) else None,
        credit_memo=raw.E1EDK01[0].BSART in idoc.system.documents.credit_memos,
        quantities={},
    )


def _is_reversal(raw: _Invoic) -> bool:
    return raw.E1EDK01[0].ACTION == _REVERSAL


def _reversed_invoice(raw: _Invoic) -> str | None:
    return next((row.BELNR.lstrip("0") for row in raw.E1EDK02 if row.QUALF == "011"), None)


def _money(value: Decimal, currency: str) -> Money:
    try:
        return Money(amount=minor_units(value, currency, "plain"), currency=currency)
    except ValueError as error:
        raise UntranslatableMessageError([f"E1EDS01/SUMME: {error}"]) from error
