"""What follows a sales order: deliveries and billing documents, as SAP keeps them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from datetime import date as Day
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from emulators.sap.amounts import external, quantity, rounded
from emulators.sap.order import Item, Order


class DeliveryItem(BaseModel):
    """Pieces of an order's item in a delivery."""

    number: str
    order: str
    order_item: str
    purchase_order: str
    material: str
    plant: str
    unit: str
    quantity: Decimal


class Delivery(BaseModel):
    """A delivery; `kind` is its type (LFART), "LR" of one back to us.

    `left` is the goods issue (14 digits, UTC), empty for none; of one back to us the receipt.
    """

    number: str = ""
    kind: str = "LF"
    carrier: str = ""
    tracking: str = ""
    left: str = ""
    changed: str = ""
    deleted: bool = False
    items: list[DeliveryItem]


class BillingItem(BaseModel):
    """Pieces of an order's item in a billing document; `net` is a real amount."""

    number: str
    order: str
    order_item: str
    purchase_order: str
    quantity: Decimal
    net: Decimal


class Billing(BaseModel):
    """An invoice, or a credit memo; where it `cancels` one, its reversal.

    Quantities and amounts are positive, real ones.
    """

    number: str = ""
    currency: str
    date: Day | None = None
    tax: Decimal
    changed: str = ""
    cancels: str = ""
    credit_memo: bool = False
    items: list[BillingItem]

    @property
    def net(self) -> Decimal:
        """Sum of the items."""
        return sum((item.net for item in self.items), start=Decimal(0))


def delivery_items(order: Order, wanted: Mapping[str, Decimal]) -> list[DeliveryItem]:
    """What is `wanted` of each item, else all that is confirmed, of what is in no delivery."""
    found: list[DeliveryItem] = []
    for item in order.items:
        confirmed = Decimal(0) if item.rejection else item.confirmed_quantity
        asked = wanted.get(item.number, Decimal(0)) if wanted else confirmed
        pieces = min(asked, confirmed - item.delivered)
        if pieces > 0:
            found.append(_delivery_item(order, item, pieces, len(found) + 1))
    return found


def _delivery_item(order: Order, item: Item, pieces: Decimal, count: int) -> DeliveryItem:
    return DeliveryItem(
        number=f"{10 * count:06}",
        order=order.number,
        order_item=item.number,
        purchase_order=order.purchase_order,
        material=item.material,
        plant=item.plant,
        unit=item.unit,
        quantity=pieces,
    )


def billing_items(order: Order, billed: Mapping[str, Decimal]) -> list[BillingItem]:
    """What has left of each item and is not yet `billed`, at the order's prices.

    Of what is only about money, that is what was asked for.
    """
    found: list[BillingItem] = []
    money_only = order.kind in ("credit_memo", "debit_memo")
    for item in order.items:
        asked = Decimal(0) if item.rejection else item.quantity
        pieces = (asked if money_only else item.shipped) - billed.get(item.number, Decimal(0))
        if pieces > 0:
            found.append(
                BillingItem(
                    number=f"{10 * (len(found) + 1):06}",
                    order=order.number,
                    order_item=item.number,
                    purchase_order=order.purchase_order,
                    quantity=pieces,
                    net=rounded(item.net_price * pieces / item.price_unit, order.currency),
                )
            )
    return found


def despatch_advice(delivery: Delivery, zone: ZoneInfo) -> dict[str, Any]:
    """The segments of a delivery's DESADV (DELVRY07); one deleted keeps its items."""
    left = _local(delivery.left, zone)
    header = {
        "VBELN": delivery.number,
        "BOLNR": delivery.tracking,
        "E1EDL21": [{"LFART": delivery.kind}],
        "E1EDL18": [{"QUALF": "DEL" if delivery.deleted else "ORI"}],
        "E1ADRM1": [{"PARTNER_Q": "SP", "NAME1": delivery.carrier}],
        "E1EDT13": [{"QUALF": "006", "ISDD": left[:8], "ISDZ": left[8:]}],
        "E1EDL24": [
            {
                "POSNR": item.number,
                "MATNR": item.material,
                "LFIMG": quantity(item.quantity),
                "VRKME": item.unit,
                "LGMNG": quantity(item.quantity),
                "VGBEL": item.order,
                "VGPOS": item.order_item,
                "E1EDL41": [{"QUALI": "001", "BSTNR": item.purchase_order}],
            }
            for item in delivery.items
        ],
    }
    return {"E1EDL20": [header]}


def _local(left: str, zone: ZoneInfo) -> str:
    """A goods issue as SAP's clock showed it, 14 digits; zeros for none."""
    if not left:
        return "0" * 14
    moment = datetime.strptime(left, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return f"{moment.astimezone(zone):%Y%m%d%H%M%S}"


def invoice_message(billing: Billing) -> dict[str, Any]:
    """The segments of a billing document's INVOIC (INVOIC02)."""
    references = [{"QUALF": "009", "BELNR": billing.number}]
    if billing.cancels:
        references.append({"QUALF": "011", "BELNR": billing.cancels})
    sums = {"010": billing.net, "005": billing.tax, "011": billing.net + billing.tax}
    return {
        "E1EDK01": [
            {
                "BELNR": billing.number,
                "CURCY": billing.currency,
                "BSART": "CRME" if billing.credit_memo else "INVO",
                "ACTION": "001" if billing.cancels else "",
            }
        ],
        "E1EDK02": references,
        "E1EDK03": [{"IDDAT": "026", "DATUM": f"{billing.date:%Y%m%d}"}],
        "E1EDP01": [
            {
                "POSEX": item.number,
                "MENGE": quantity(item.quantity),
                "MENEE": "PCE",
                "E1EDP02": _references(item),
            }
            for item in billing.items
        ],
        "E1EDS01": [
            {"SUMID": key, "SUMME": external(value, billing.currency), "WAERQ": billing.currency}
            for key, value in sums.items()
        ],
    }


def _references(item: BillingItem) -> list[dict[str, str]]:
    return [
        {"QUALF": "001", "BELNR": item.purchase_order},
        {"QUALF": "002", "BELNR": item.order, "ZEILE": item.order_item},
    ]
