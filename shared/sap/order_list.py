"""Sales orders as BAPI_SALESORDER_GETLIST lists them, and the response that tells of one.

The list has one row for each item (BAPIORDERS). It has neither confirmed schedule lines nor the
credit status: what SAP last told of them stays in the response that is made of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from shared.order.hold import HoldKind
from shared.order.model import Order, OrderLine
from shared.sap.control import write_stamp
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import minor_units, read_date, read_stamp, read_time, without_zeros
from shared.sap.sales_order import RfcRow, pad
from shared.sap.source_system import SourceSystem
from shared.sap.units import is_case

_LAST_DAY = "99991231"

BEHIND = timedelta(minutes=10)
"""By how much SAP's clock may differ from ours. What SAP said in that time and is still on its way says
what the list says, or is followed by what does."""


@dataclass(frozen=True)
class ListedItem:
    """An item; `price` (minor units) is of `per` pieces, `amount` its net value in minor units."""

    article: str
    quantity: Decimal
    unit: str
    price: int
    per: int
    price_unit: str
    amount: int
    plant: str
    rejection: str


@dataclass(frozen=True)
class ListedOrder:
    """A sales document that bears a purchase order number of ours (PURCH_NO_C)."""

    number: str
    reference: str
    order_type: str
    company: str
    organisation: str
    channel: str
    division: str
    currency: str
    created: datetime
    on: date
    delivery_block: str
    billing_block: str
    items: Mapping[int, ListedItem]


class UnreadableListError(Exception):
    """SAP's list could not be made, or has values that no list should have; the text says which."""


def list_parameters(
    company: str, organisation: str, first: date, last: date | None = None
) -> dict[str, Any]:
    """Parameters of BAPI_SALESORDER_GETLIST for a customer's sales orders since a day, up to another.

    Without a last day SAP would list those of the first only.
    """
    return {
        "CUSTOMER_NUMBER": pad(company, 10),
        "SALES_ORGANIZATION": organisation,
        "DOCUMENT_DATE": f"{first:%Y%m%d}",
        "DOCUMENT_DATE_TO": f"{last:%Y%m%d}" if last else _LAST_DAY,
    }


def rows_of_documents(answer: Mapping[str, Any]) -> list[list[RfcRow]]:
    """The list's rows, together what is of one sales document."""
    rows: dict[str, list[RfcRow]] = defaultdict(list)
    for row in answer["SALES_ORDERS"]:
        rows[str(row["SD_DOC"])].append(row)
    return list(rows.values())


def read_order(rows: Iterable[RfcRow], system: SourceSystem) -> ListedOrder:
    """A sales document of its rows; amounts are CURR fields.

    Raises:
        UnreadableListError: a value is not one that its field can have.
    """
    items = list(rows)
    head = items[0]
    try:
        return ListedOrder(
            number=str(head["SD_DOC"]).lstrip("0"),
            reference=str(head["PURCH_NO_C"]),
            order_type=str(head["DOC_TYPE"]),
            company=without_zeros(str(head["SOLD_TO"])),
            organisation=str(head["SALES_ORG"]),
            channel=str(head["DISTR_CHAN"]),
            division=str(head["DIVISION"]),
            currency=str(head["CURRENCY"]),
            created=_creation_time(head, system),
            on=read_date(str(head["DOC_DATE"])),
            delivery_block=str(head["DLV_BLOCK"]).strip(),
            billing_block=str(head["BILL_BLOCK"]).strip(),
            items={int(row["ITM_NUMBER"]): _item(row) for row in items},
        )
    except (ValueError, ArithmeticError, LookupError) as error:
        raise UnreadableListError(f"{head.get('SD_DOC', '')}: {error}") from error


def _creation_time(head: RfcRow, system: SourceSystem) -> datetime:
    day, clock = read_date(str(head["CREATION_DATE"])), read_time(str(head["CREATION_TIME"]))
    return datetime.combine(day, clock, system.zone)


def _item(row: RfcRow) -> ListedItem:
    currency = str(row["CURRENCY"])
    article = str(row.get("MATERIAL_LONG") or row["MATERIAL"])
    return ListedItem(
        article=without_zeros(article),
        quantity=Decimal(row["REQ_QTY"]),
        unit=str(row["SALES_UNIT"]),
        price=minor_units(Decimal(row["NET_PRICE"]), currency),
        per=int(Decimal(row["COND_P_UNT"])) or 1,
        price_unit=str(row["COND_UNIT"]),
        amount=minor_units(Decimal(row["NET_VALUE"]), currency),
        plant=str(row["PLANT"]),
        rejection=str(row["REASON_REJ"]).strip(),
    )


def in_cases(item: ListedItem, system: SourceSystem) -> bool | None:
    """Whether an item is counted, or priced, in cases; None where its unit is not known."""
    try:
        quantity = is_case(system, item.unit, "SALES_UNIT")
        return is_case(system, item.price_unit, "COND_UNIT") or quantity
    except UntranslatableMessageError:
        return None


def response(
    listed: ListedOrder, order: Order, system: SourceSystem, now: datetime
) -> dict[str, Any]:
    """The message with the ORDRSP that tells what `listed` is, as SAP would have sent it.

    It is stamped as SAP's newest word on the order: all that SAP told before is older, and what
    it does from now on is newer, as far as its clock is not further than `BEHIND` behind ours.
    """
    serial = _after(order.status_stamp, now - BEHIND).astimezone(system.serial_zone)
    own = order.sap_number in (None, listed.number)
    created = order.sap_stamp if own and order.sap_stamp else write_stamp(listed.created)
    lines = {line.position: line for line in order.lines} if own else {}
    idoc = {
        "EDI_DC40": {
            "MESTYP": "ORDRSP",
            "IDOCTYP": "ORDERS05",
            "SNDPRN": system.logical_system,
            "SERIAL": f"{serial:%Y%m%d%H%M%S%f}",
        },
        "E1EDK01": [
            {
                "BELNR": listed.number,
                "CURCY": listed.currency,
                **_delivery_block(listed, order if own else None),
            }
        ],
        "E1EDK14": [{"QUALF": "012", "ORGID": listed.order_type}],
        "E1EDK03": [{"IDDAT": "012", "DATUM": f"{listed.on:%Y%m%d}"}],
        "E1EDK02": [
            {"QUALF": "001", "BELNR": listed.reference},
            {"QUALF": "002", "BELNR": listed.number},
        ],
        "Z1CREATED": [{"ERDAT_TS": created}],
        "Z1STATUS": [_status(listed, order if own else None)],
        "E1EDP01": [
            _segment(position, item, lines.get(position), listed.currency)
            for position, item in sorted(listed.items.items())
        ],
    }
    return {"IDOCS": [idoc]}


def _after(stamp: str, now: datetime) -> datetime:
    if not stamp:
        return now
    return max(now, read_stamp(stamp) + timedelta(microseconds=1))


def _delivery_block(listed: ListedOrder, order: Order | None) -> dict[str, str]:
    """With the text that SAP last gave it, which the list has not."""
    key = listed.delivery_block
    known = _known_holds(order).get(HoldKind.DELIVERY_BLOCK, "").partition(" ")
    return {"LIFSK": key, "LIFSK_BEZ": known[2] if key and known[0] == key else ""}


def _status(listed: ListedOrder, order: Order | None) -> dict[str, str]:
    held = _known_holds(order)
    credit, incomplete = held.get(HoldKind.CREDIT), held.get(HoldKind.INCOMPLETE)
    return {
        # Before SAP's first response the reasons are words of its answer, not keys.
        "CMGST": "" if credit is None else credit if credit in ("B", "C") else "B",
        "UVALL": "" if incomplete is None else incomplete if incomplete in ("A", "B") else "B",
        "FAKSK": listed.billing_block,
    }


def _known_holds(order: Order | None) -> dict[HoldKind, str]:
    return {hold.kind: hold.reason for hold in order.holds} if order else {}


def _segment(
    position: int, item: ListedItem, line: OrderLine | None, currency: str
) -> dict[str, Any]:
    decimals = get_currency_precision(currency)
    return {
        "POSEX": f"{position:06}",
        "MENGE": f"{item.quantity:.3f}",
        "MENEE": item.unit,
        "PMENE": item.price_unit,
        "VPREI": f"{Decimal(item.price).scaleb(-decimals):f}",
        "PEINH": str(item.per),
        "NETWR": f"{Decimal(item.amount).scaleb(-decimals):f}",
        "WERKS": item.plant,
        "ABGRU": item.rejection,
        "E1EDP20": list(_known_confirmations(item, line)),
        "E1EDP19": [{"QUALF": "002", "IDTNR": item.article}],
    }


def _known_confirmations(item: ListedItem, line: OrderLine | None) -> Iterator[dict[str, str]]:
    """What SAP confirmed of the line before, as far as it is still ordered."""
    if line is None or line.article != item.article:
        return
    left = int(item.quantity)
    for one in line.confirmed:
        if (pieces := min(left, one.quantity)) > 0:
            yield {"WMENG": f"{pieces}.000", "EDATU": f"{one.on:%Y%m%d}"}
            left -= pieces
