"""BAPI_SALESORDER_CREATEFROMDAT2: checks a request and drafts the order.

The draft has its number; it is saved by BAPI_TRANSACTION_COMMIT in the same session.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from emulators.sap import messages as m
from emulators.sap.customizing import INCOTERMS, PAYMENT_TERMS, header_texts
from emulators.sap.items import check_items
from emulators.sap.master import AreaData, Customer
from emulators.sap.messages import bapiret2
from emulators.sap.order import Kind, Order
from emulators.sap.request import Request, read_request
from emulators.sap.stock import parse_date
from emulators.sap.system import System, today

_MANDATORY = ("DOC_TYPE", "SALES_ORG", "DISTR_CHAN", "DIVISION")


def create(
    system: System, params: Mapping[str, Any], user: str
) -> tuple[Order | None, list[dict[str, Any]]]:
    """The drafted order (None when SAP refuses) and the rows of RETURN.

    A test run drafts nothing and draws no number. BEHAVE_WHEN_ERROR "P" drafts what is
    correct in spite of errors of items.
    """
    request = read_request(params)
    if system.faults.locks():
        return None, [bapiret2(m.LOCKED, "", user), bapiret2(m.NOT_CHANGED)]
    errors = (
        [*_header_errors(system, request), *_text_errors(system, request)]
        or _number_errors(system, params)
        or _partner_errors(system, request)
    )
    if errors:
        return None, [*errors, bapiret2(m.NOT_CHANGED)]
    draft, item_errors, rows = _draft(system, request)
    keeps_correct_items = params.get("BEHAVE_WHEN_ERROR") == "P" and draft.items
    if item_errors and not keeps_correct_items:
        return None, [*item_errors, bapiret2(m.NOT_CHANGED)]
    rows = [_processed("VBAKKOM", "", "SALES_HEADER_IN", 0), *rows, *item_errors]
    rows += _warnings(system, draft)
    if params.get("TESTRUN") or params.get("BEHAVE_WHEN_ERROR") == "R":
        return None, rows
    draft.number = params.get("SALESDOCUMENTIN") or system.draw_order_number()
    title = "Pre-Order" if draft.kind == "pre_order" else "Standard Order"
    rows.append(bapiret2(m.SAVED, title, draft.number.lstrip("0"), parameter="SALES_HEADER_IN"))
    return draft, rows


def try_out(system: System, request: Request) -> tuple[Order | None, list[dict[str, Any]]]:
    """The drafted order without a number, or None and every error for which SAP refuses it."""
    errors = _header_errors(system, request) or _partner_errors(system, request)
    if errors:
        return None, errors
    draft, item_errors, _ = _draft(system, request)
    return (None, item_errors) if item_errors else (draft, [])


def _processed(structure: str, key: str, parameter: str, row: int) -> dict[str, Any]:
    return bapiret2(m.PROCESSED, structure, key, parameter, parameter=parameter, row=row)


def _header_errors(system: System, request: Request) -> list[dict[str, Any]]:
    header = request.header
    errors = [
        bapiret2(m.FIELD_MISSING, name, parameter="SALES_HEADER_IN", field=name)
        for name in _MANDATORY
        if not header.get(name)
    ]
    errors += [bapiret2(m.BAD_UPDATE_FLAG, flag) for flag in request.bad_update_flags]
    document_type = header.get("DOC_TYPE", "")
    if document_type and document_type not in _document_types(system):
        errors.append(bapiret2(m.BAD_DOCUMENT_TYPE, document_type, field="DOC_TYPE"))
    return [*errors, *_term_errors(system, request)]


def _term_errors(system: System, request: Request) -> list[dict[str, Any]]:
    """Keys of payment terms and incoterms that neither customizing nor a customer has."""
    areas = [one for each in system.master.customers.values() for one in each.areas.values()]
    known = {
        "PMNTTRMS": ("T052", PAYMENT_TERMS | {area.payment_terms for area in areas}),
        "INCOTERMS1": ("TINC", INCOTERMS | {area.incoterms for area in areas}),
    }
    return [
        bapiret2(m.NO_TERMS, given, table, parameter="SALES_HEADER_IN", field=name)
        for name, (table, keys) in known.items()
        if (given := request.header.get(name)) and given not in keys
    ]


def _text_errors(system: System, request: Request) -> list[dict[str, Any]]:
    """Texts whose id the header's, or the items', text procedure lacks."""
    header, item = header_texts(system.settings), {system.settings.orders.texts.item}
    return [
        bapiret2(m.NO_TEXT_ID, row.get("TEXT_ID", ""), parameter="ORDER_TEXT", row=position)
        for position, row in enumerate(request.texts, 1)
        if row.get("TEXT_ID") not in (item if row.get("ITM_NUMBER", "").strip("0") else header)
    ]


def _document_types(system: System) -> dict[str, Kind]:
    types = system.settings.order_types
    return {types.at_once: "order", types.pre_book: "pre_order"}


def _number_errors(system: System, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is wrong with the number that the caller chose; nothing where SAP shall draw one."""
    number = params.get("SALESDOCUMENTIN")
    if not number:
        return []
    if system.external_numbers is None:
        document_type = params["ORDER_HEADER_IN"].get("DOC_TYPE", "")
        return [bapiret2(m.NO_EXTERNAL_NUMBER, number, document_type)]
    first, last = system.external_numbers
    if len(number) != len(first) or not first <= number <= last:
        return [bapiret2(m.NOT_IN_RANGE, number, f"{first} to {last}")]
    return [bapiret2(m.NUMBER_TAKEN, number)] if system.has_order(number) else []


def _partners(request: Request) -> dict[str, str]:
    return {
        row.get("PARTN_ROLE", ""): row.get("PARTN_NUMB", "")
        for row in request.partners
        if not row.get("ITM_NUMBER", "").strip("0")
    }


def _partner_errors(system: System, request: Request) -> list[dict[str, Any]]:
    partners = _partners(request)
    if not partners.get("AG") or not partners.get("WE"):
        return [bapiret2(m.NO_PARTNER, parameter="ORDER_PARTNERS")]
    sold_to = partners["AG"]
    customer = system.master.customers.get(sold_to)
    if customer is None:
        return [bapiret2(m.NO_CUSTOMER, sold_to, parameter="ORDER_PARTNERS")]
    area = _area(customer, request)
    if area is None:
        names = [str(request.header[name]) for name in _MANDATORY[1:]]
        return [bapiret2(m.NO_SALES_AREA, sold_to, *names, parameter="ORDER_PARTNERS")]
    if customer.blocked or area.blocked:
        return [bapiret2(m.CUSTOMER_BLOCKED, sold_to, parameter="ORDER_PARTNERS")]
    return _other_partner_errors(system, customer, partners)


def _other_partner_errors(
    system: System, customer: Customer, partners: Mapping[str, str]
) -> list[dict[str, Any]]:
    sold_to, ship_to = partners["AG"], partners["WE"]
    if ship_to not in customer.ship_tos:
        return [bapiret2(m.NOT_SHIP_TO, ship_to, sold_to, parameter="ORDER_PARTNERS")]
    if system.master.is_blocked(sold_to, ship_to):
        return [bapiret2(m.CUSTOMER_BLOCKED, ship_to, parameter="ORDER_PARTNERS")]
    return [
        bapiret2(m.NO_CUSTOMER, number, parameter="ORDER_PARTNERS")
        for role, number in partners.items()
        if role not in {"AG", "WE"} and number not in system.master.customers
    ]


def _area(customer: Customer, request: Request) -> AreaData | None:
    header = request.header
    return customer.areas.get((header["SALES_ORG"], header["DISTR_CHAN"], header["DIVISION"]))


def _draft(
    system: System, request: Request
) -> tuple[Order, list[dict[str, Any]], list[dict[str, Any]]]:
    """The order of the correct items, the errors of the others, the success rows."""
    header, partners = request.header, _partners(request)
    customer = system.master.customers[partners["AG"]]
    area = customer.areas[header["SALES_ORG"], header["DISTR_CHAN"], header["DIVISION"]]
    requested = header.get("REQ_DATE_H")
    draft = Order(
        number="",
        document_type=header["DOC_TYPE"],
        kind=_document_types(system)[header["DOC_TYPE"]],
        sales_organization=header["SALES_ORG"],
        distribution_channel=header["DISTR_CHAN"],
        division=header["DIVISION"],
        sold_to=partners["AG"],
        sold_to_name=customer.name,
        ship_to=partners["WE"],
        purchase_order=header.get("PURCH_NO_C", ""),
        currency=header.get("CURRENCY") or area.currency,
        requested_date=parse_date(requested) if requested else today(),
        document_date=today(),
        credit="",
        texts=[dict(row) for row in request.texts],
        items=[],
    )
    draft.items, errors = check_items(system, request, draft, area)
    draft.credit = _credit_status(system, draft)
    rows = [
        _processed("VBAPKOM", item.number, "SALES_ITEM_IN", position)
        for position, item in enumerate(draft.items, 1)
    ]
    return draft, errors, rows


def _credit_status(system: System, draft: Order) -> str:
    """Limits in another currency than the order's are not checked: there are no rates."""
    if system.faults.blocks_credit():
        return "B"
    credit = system.master.credits.get(draft.sold_to)
    if credit is None or credit.currency != draft.currency:
        return ""
    open_value = sum(
        (
            order.net_value
            for order in system.orders()
            if order.sold_to == draft.sold_to and order.currency == draft.currency
        ),
        start=Decimal(0),
    )
    used = credit.exposure + open_value + draft.net_value
    return "B" if used > credit.limit else "A"


def _warnings(system: System, draft: Order) -> list[dict[str, Any]]:
    rows = []
    if draft.credit == "B":
        rows.append(bapiret2(m.CREDIT_EXCEEDED, draft.sold_to.lstrip("0")))
    if not draft.is_complete or system.faults.makes_incomplete():
        rows.append(bapiret2(m.INCOMPLETE, parameter="VBAKKOM"))
    return rows
