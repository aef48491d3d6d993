"""Orders as they are answered, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime

from babel import Locale

from functions.orders.changing.views import (
    change_view,
    permission_view,
    proposal_view,
    substitution_view,
    version_views,
)
from functions.orders.following_schema import (
    InvoiceView,
    QuantityView,
    RelatedItem,
    RelatedOrderView,
    ShipmentView,
)
from functions.orders.items import item_of, item_view
from functions.orders.schema import (
    DoorView,
    HandoverView,
    HoldView,
    LineView,
    OccasionView,
    OrderView,
    PlacedGroup,
    PlacedOrder,
    RejectionView,
    StepView,
)
from functions.orders.wording import (
    Reader,
    discount_texts,
    handover_text,
    rejections,
    step_reason,
    vat_warning,
)
from shared.cart.checks import Check
from shared.cart.checks import view as check_view
from shared.market.incoterms import incoterms_rule
from shared.market.payment_terms import payment_terms
from shared.order.consent import consent_text
from shared.order.documents import Invoice, RelatedOrder, Shipment
from shared.order.following import cancelled_invoices, shipped_quantities
from shared.order.model import Order, OrderLine, Step
from shared.order.permission import way_to_cancel, way_to_change
from shared.order.rejection import RejectionReason, reason_text
from shared.style.model import colour_of, style_of
from shared.vat.check_wording import view as view_check
from shared.vat.view import vat_view


def placed_group(orders: list[Order], warnings: list[Check], locale: Locale) -> PlacedGroup:
    """The answer to placing; there is at least one order."""
    first = orders[0]
    return PlacedGroup(
        group=first.group,
        cart=first.cart,
        po_number=first.buyers_po_number,
        # SAP has said nothing of them yet, so there is no key to tell the meaning of.
        orders=[placed_order(order, Reader(locale)) for order in orders],
        warnings=[check_view(check, locale) for check in warnings],
    )


def placed_order(order: Order, reader: Reader) -> PlacedOrder:
    """An order without its lines."""
    return PlacedOrder(
        number=order.number,
        group=order.group,
        po_number=order.buyers_po_number,
        po_number_printed=order.po_number,
        placed_at=order.placed_at,
        placed_by=order.placed_by,
        placed_by_kind=order.placed_by_kind,
        consent=order.consent,
        door=DoorView(id=order.door.id, name=order.door.name, address=order.door.address),
        window=order.window,
        season=order.season,
        at_once=order.at_once,
        ship_from=order.ship_from,
        ship_to=order.ship_to,
        requested_on=order.requested_on,
        cancel_by=order.cancel_by,
        pieces=order.pieces,
        unit=order.unit,
        net=order.net,
        gross=order.gross,
        status=order.status,
        sap_number=order.sap_number,
        brand_changed_at=order.brand_changed_at,
        holds=[HoldView(kind=one.kind, since=one.since) for one in order.holds],
        vat=vat_view(order.vat, reader.locale),
        handover=HandoverView(state=order.handover.state, detail=handover_text(order, reader)),
    )


def order_view(order: Order, reader: Reader, now: datetime) -> OrderView:
    """An order with everything, and what may be done with it now."""
    locale = reader.locale
    back = cancelled_invoices(order)
    told = [one for one in order.invoices if one.cancels is None]
    return OrderView(
        **dict(placed_order(order, reader)),
        version=order.version,
        versions=version_views(order, locale),
        change=change_view(order, locale),
        proposal=proposal_view(order),
        may_change=permission_view(way_to_change, order, locale, now),
        may_cancel=permission_view(way_to_cancel, order, locale, now),
        cart=order.cart,
        currency=order.currency,
        payment_terms=order.payment_terms,
        payment_terms_name=payment_terms(order.payment_terms, reader.texts.payment_terms, locale),
        incoterms=incoterms_rule(order.incoterms),
        incoterms_place=order.incoterms_place,
        lines=_lines(order, reader, now),
        size_runs={style: names.run for style, names in order.names.items()},
        history=[
            StepView(
                status=step.status,
                at=step.at,
                reason=step_reason(step, reader) or _agreed(order, step, locale),
                **step.actor.signature,
            )
            for step in order.history
        ],
        shipments=[_shipment(one) for one in order.shipments if not one.returns],
        invoices=[_invoice(one, back) for one in told if not one.credit_memo],
        returned=[_shipment(one) for one in order.shipments if one.returns],
        credit_memos=[_invoice(one, back) for one in told if one.credit_memo],
        related=[_related_view(one, order, locale) for one in order.related],
        vat_checks=[
            OccasionView(
                **dict(view_check(one.check, locale)),
                occasion=one.occasion,
                delivery=one.delivery,
            )
            for one in order.vat_checks
        ],
        vat_warning=warning.render(locale) if (warning := vat_warning(order)) else None,
    )


def _shipment(one: Shipment) -> ShipmentView:
    return ShipmentView(
        number=one.number,
        carrier=one.carrier,
        tracking=one.tracking,
        shipped_at=one.shipped_at,
        cancelled=one.cancelled,
        sales_order=one.sales_order,
        lines=[
            QuantityView(position=position, quantity=quantity)
            for position, quantity in one.quantities.items()
        ],
    )


def _invoice(one: Invoice, back: Mapping[str, str]) -> InvoiceView:
    return InvoiceView(
        number=one.number,
        on=one.on,
        net=one.net,
        gross=one.gross,
        cancelled_by=back.get(one.number),
        sales_order=one.sales_order,
    )


def _related_view(one: RelatedOrder, order: Order, locale: Locale) -> RelatedOrderView:
    items = [
        RelatedItem(article=article, item=item_of(order, article, locale), quantity=quantity)
        for article, quantity in one.quantities.items()
    ]
    return RelatedOrderView(
        number=one.number, kind=one.kind, on=one.on, rejected=one.rejected, items=items
    )


def _lines(order: Order, reader: Reader, now: datetime) -> list[LineView]:
    shipped = shipped_quantities(order)
    placed = {line.position: line for line in order.placed_lines}
    rejected = rejections(order, reader.texts)
    return [
        _line(line, placed.get(line.position), order, reader, now).model_copy(
            update={
                "shipped": shipped[line.position],
                "rejection": _rejection(rejected.get(line.position), reader.locale),
            }
        )
        for line in order.lines
    ]


def _rejection(reason: RejectionReason | None, locale: Locale) -> RejectionView | None:
    if reason is None:
        return None
    return RejectionView(reason=reason, text=reason_text(reason).render(locale))


def _line(
    line: OrderLine, placed: OrderLine | None, order: Order, reader: Reader, now: datetime
) -> LineView:
    locale = reader.locale
    style, colour = style_of(line.sku), colour_of(line.sku)
    names = item_view(order, line.sku, line.size, locale)
    replaced = placed is not None and placed.article != line.article
    ordered = item_of(order, placed.article, locale) if placed and replaced else None
    return LineView(
        **{**dict(line), "discounts": discount_texts(line, reader)},
        style=style,
        style_name=names.style_name,
        colour=colour,
        colour_name=names.colour_name,
        size_name=names.size_name,
        shipped=0,
        in_place_of=ordered,
        substitution=substitution_view(order, line, ordered, locale, now) if ordered else None,
        added_by_brand=line.position in order.sap_added,
    )


def _agreed(order: Order, step: Step, locale: Locale) -> str:
    """Of the step with which a rep placed the order: who of the company agreed."""
    if order.consent is None or step is not order.history[0]:
        return ""
    return consent_text(order.consent).render(locale)
