"""The order that `make sap-check` tries: of one piece, with all that an order can have."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.company.model import Address, Door, SalesArea
from shared.money import Money, UnitPrice
from shared.order.handover import Handover
from shared.order.model import Order, OrderLine, StyleNames
from shared.order.status import Status
from shared.sap.setting import SalesAreaKey
from shared.sap.source_system import SourceSystem
from shared.vat.rules import Vat, VatRule

_NUMBER = "0000000000-001"
_NAME = "sap-check"
_NOWHERE = Address(street="", postal_code="", city="", country="")


@dataclass(frozen=True)
class Sample:
    """What an order is tried with; `pair` is an article that is sold by the pair."""

    customer: str
    door: str
    article: str
    plant: str
    pair: str = ""
    currency: str = "EUR"
    payment_terms: str = ""
    incoterms: str = ""


def trial_order(
    system: SourceSystem, sample: Sample, area: SalesAreaKey, *, at_once: bool
) -> Order:
    """One piece at a price of one, in a month."""
    now = datetime.now(UTC)
    day = now.date() + timedelta(days=30)
    numbers = system.orders.number_range
    line = _line(sample)
    return Order(
        number=_NUMBER,
        group=_NUMBER.partition("-")[0],
        company=sample.customer,
        po_number=_NAME,
        po_written=_NAME,
        placed_at=now,
        placed_by=_NAME,
        placed_by_uid=_NAME,
        cart="",
        door=Door(id=sample.door, name="", address=_NOWHERE),
        window=_NAME,
        season=_NAME,
        at_once=at_once,
        requested_on=day,
        cancel_by=day,
        currency=sample.currency,
        sales_area=SalesArea(**area.model_dump()),
        plant=sample.plant,
        payment_terms=sample.payment_terms,
        incoterms=sample.incoterms,
        incoterms_place="",
        lines=[line],
        names={_NAME: StyleNames(style={"en": _NAME}, colours={}, sizes={}, unit="PCE")},
        styles=[_NAME],
        net=line.amount,
        vat=Vat(rule=VatRule.DOMESTIC, rate=0, amount=Money(amount=0, currency=sample.currency)),
        gross=line.amount,
        pieces=1,
        status=Status.ACCEPTED,
        history=[],
        handover=Handover(due_at=None),
        external_number=numbers.draw(_NUMBER) if numbers else None,
        updated_at=now,
    )


def _line(sample: Sample) -> OrderLine:
    price = UnitPrice(amount=100, currency=sample.currency)
    return OrderLine(
        position=10,
        sku=f"{_NAME}-000-0",
        article=sample.article,
        gtin="",
        size="",
        quantity=1,
        unit_price=price,
        amount=price.line_amount(1),
    )
