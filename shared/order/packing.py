"""Order lines, SAP's states, shipments and invoices as packed records (the rules: `shared.packing`).

Each function pair names its fields in their order. Fields are only added at the end, with a
default in the reader, until `FORMAT` is raised.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shared.money import Money, UnitPrice
from shared.packing import pack, unpack
from shared.vat.rules import VatRule

if TYPE_CHECKING:
    from shared.order.documents import Invoice, Shipment
    from shared.order.model import OrderLine, SapState

FORMAT = 1
"""Of `lines`, `sap_states`, `shipments` and `invoices` of an order's document."""


_RULES_BEFORE = {VatRule.INTRA_COMMUNITY: VatRule.REVERSE_CHARGE}
"""What the release before calls a rule that it does not know.

It called an exempt intra-Community supply a reverse charge, and had no other: what is stored
under that name alone is read as what it was.
"""


def name_rule_as_before(vat: dict[str, Any]) -> dict[str, Any]:
    """An order's VAT as the release before reads it, with today's rule as `ground`."""
    rule = vat["rule"]
    return vat | {"rule": _RULES_BEFORE.get(rule, rule), "ground": rule}


def rule_of_today(vat: Any) -> Any:
    """An order's VAT as any release stored it, with today's rule; no map is left to be refused."""
    if not isinstance(vat, dict):
        return vat
    meant = {before.value: rule for rule, before in _RULES_BEFORE.items()}
    rule: Any = vat.get("rule")
    return vat | {"rule": vat.get("ground") or meant.get(rule, rule)}


def unpack_each(found: Any, unpack_one: Callable[[str], dict[str, Any]]) -> Any:
    """The list with its packed texts unpacked; what is no list is left to be refused."""
    if not isinstance(found, list):
        return found
    return [unpack_one(one) if isinstance(one, str) else one for one in found]


def pack_line(line: "OrderLine") -> str:
    """A line; its amounts are in the order's currency."""
    return pack(
        (
            line.position,
            line.sku,
            line.article,
            line.gtin,
            line.size,
            line.quantity,
            line.unit_price.amount,
            line.unit_price.per,
            line.amount.amount,
            [(one.on.isoformat(), one.quantity) for one in line.confirmed],
            int(line.rejected),
            line.list_price.amount if line.list_price else None,
            [(one.condition, one.change, one.rate) for one in line.discounts],
        )
    )


def unpack_line(text: str, currency: Any) -> dict[str, Any]:
    """Fields of an `OrderLine`. `currency` is the order's."""
    (
        position,
        sku,
        article,
        gtin,
        size,
        quantity,
        price,
        per,
        amount,
        confirmed,
        rejected,
        listed,
        discounts,
    ) = unpack(text, 13, defaults=([], 0, None, []))
    return {
        "position": position,
        "sku": sku,
        "article": article,
        "gtin": gtin,
        "size": size,
        "quantity": quantity,
        "unit_price": UnitPrice(amount=price, currency=currency, per=per),
        "list_price": None
        if listed is None
        else UnitPrice(amount=listed, currency=currency, per=per),
        "discounts": [
            {"condition": condition, "change": change, "rate": rate}
            for condition, change, rate, *_ in discounts
        ],
        "amount": Money(amount=amount, currency=currency),
        "confirmed": [{"on": on, "quantity": pieces} for on, pieces, *_ in confirmed],
        "rejected": bool(rejected),
    }


def pack_state(one: "SapState") -> str:
    """What SAP told of an order's items."""
    lines = [
        (position, line.article, line.quantity, line.price, line.per, line.amount)
        for position, line in one.lines.items()
    ]
    # Most have none.
    reasons = [list(one.reasons.items())] if one.reasons else []
    return pack((one.stamps, lines, one.rejected, one.gone, one.holds, *reasons))


def unpack_state(text: str) -> dict[str, Any]:
    """Fields of a `SapState`."""
    stamps, lines, rejected, gone, holds, reasons = unpack(text, 6, defaults=([],))
    return {
        "stamps": stamps,
        "lines": {
            position: {
                "article": article,
                "quantity": quantity,
                "price": price,
                "per": per,
                "amount": amount,
            }
            for position, article, quantity, price, per, amount, *_ in lines
        },
        "rejected": rejected,
        "gone": gone,
        "holds": [(kind, reason) for kind, reason, *_ in holds],
        "reasons": {position: reason for position, reason, *_ in reasons},
    }


def pack_shipment(one: "Shipment") -> str:
    """A shipment; its quantities are pairs of position and pieces."""
    shipped_at = one.shipped_at.isoformat() if one.shipped_at else None
    fields = (one.number, one.stamp, one.carrier, one.tracking, shipped_at, int(one.cancelled))
    quantities = list(one.quantities.items())
    return pack((*fields, quantities, int(one.returns), one.sales_order))


def unpack_shipment(text: str) -> dict[str, Any]:
    """Fields of a `Shipment`."""
    number, stamp, carrier, tracking, shipped_at, cancelled, quantities, returns, sales_order = (
        unpack(text, 9, defaults=(0, ""))
    )
    return {
        "number": number,
        "stamp": stamp,
        "carrier": carrier,
        "tracking": tracking,
        "shipped_at": shipped_at,
        "cancelled": bool(cancelled),
        "returns": bool(returns),
        "sales_order": sales_order,
        "quantities": {position: pieces for position, pieces, *_ in quantities},
    }


def pack_invoice(one: "Invoice") -> str:
    """An invoice, with its own currency; its quantities are pairs of position and pieces."""
    sums = (one.net.amount, one.gross.amount, one.net.currency)
    quantities = list(one.quantities.items())
    fields = (one.number, one.stamp, one.on.isoformat(), *sums, one.cancels, quantities)
    return pack((*fields, int(one.credit_memo), one.sales_order))


def unpack_invoice(text: str) -> dict[str, Any]:
    """Fields of an `Invoice`."""
    number, stamp, on, net, gross, currency, cancels, quantities, credit_memo, sales_order = unpack(
        text, 10, defaults=(0, "")
    )
    return {
        "number": number,
        "stamp": stamp,
        "on": on,
        "net": Money(amount=net, currency=currency),
        "gross": Money(amount=gross, currency=currency),
        "cancels": cancels,
        "credit_memo": bool(credit_memo),
        "sales_order": sales_order,
        "quantities": {position: pieces for position, pieces, *_ in quantities},
    }
