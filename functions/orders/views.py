"""Orders as they are answered, in the reader's language."""

from datetime import datetime

from babel import Locale

from functions.orders.changing.permission import way_to_cancel, way_to_change
from functions.orders.changing.views import change_view, permission_view, version_views
from functions.orders.schema import (
    DoorView,
    HandoverView,
    InvoiceView,
    LineView,
    OccasionView,
    OrderView,
    PlacedGroup,
    PlacedOrder,
    QuantityView,
    ShipmentView,
    StepView,
)
from functions.orders.wording import handover_text, vat_warning
from shared.cart.checks import Check
from shared.cart.checks import view as check_view
from shared.market.payment_terms import payment_terms
from shared.order.following import cancelled_invoices, shipped_quantities
from shared.order.model import Order, OrderLine, Shipment
from shared.style.model import colour_of, style_of
from shared.text.locale import pick, pick_nearest
from shared.vat.check_wording import view as view_check
from shared.vat.view import vat_view


def placed_group(orders: list[Order], warnings: list[Check], locale: Locale) -> PlacedGroup:
    """The answer to placing; there is at least one order."""
    first = orders[0]
    return PlacedGroup(
        group=first.group,
        cart=first.cart,
        po_number=first.buyers_po_number,
        orders=[placed_order(order, locale) for order in orders],
        warnings=[check_view(check, locale) for check in warnings],
    )


def placed_order(order: Order, locale: Locale) -> PlacedOrder:
    """An order without its lines."""
    return PlacedOrder(
        number=order.number,
        group=order.group,
        po_number=order.buyers_po_number,
        po_number_printed=order.po_number,
        placed_at=order.placed_at,
        placed_by=order.placed_by,
        placed_by_kind=order.placed_by_kind,
        door=DoorView(id=order.door.id, name=order.door.name, address=order.door.address),
        window=order.window,
        season=order.season,
        at_once=order.at_once,
        requested_on=order.requested_on,
        cancel_by=order.cancel_by,
        pieces=order.pieces,
        unit=order.unit,
        net=order.net,
        gross=order.gross,
        status=order.status,
        sap_number=order.sap_number,
        vat=vat_view(order.vat, locale),
        handover=HandoverView(
            state=order.handover.state, detail=handover_text(order).render(locale)
        ),
    )


def order_view(order: Order, locale: Locale, now: datetime) -> OrderView:
    """An order with everything, and what may be done with it now."""
    shipped = shipped_quantities(order)
    back = cancelled_invoices(order)
    return OrderView(
        **dict(placed_order(order, locale)),
        version=order.version,
        versions=version_views(order),
        change=change_view(order, locale),
        may_change=permission_view(way_to_change, order, locale, now),
        may_cancel=permission_view(way_to_cancel, order, locale, now),
        cart=order.cart,
        currency=order.currency,
        payment_terms=order.payment_terms,
        payment_terms_name=payment_terms(order.payment_terms, locale),
        incoterms=order.incoterms,
        incoterms_place=order.incoterms_place,
        lines=[_line(line, order, shipped[line.position], locale) for line in order.lines],
        size_runs={style: names.run for style, names in order.names.items()},
        history=[
            StepView(status=step.status, at=step.at, reason=step.reason, **step.actor.signature)
            for step in order.history
        ],
        shipments=[_shipment(one) for one in order.shipments],
        invoices=[
            InvoiceView(
                number=one.number,
                on=one.on,
                net=one.net,
                gross=one.gross,
                cancelled_by=back.get(one.number),
            )
            for one in order.invoices
            if one.cancels is None
        ],
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
        lines=[
            QuantityView(position=position, quantity=quantity)
            for position, quantity in one.quantities.items()
        ],
    )


def _line(line: OrderLine, order: Order, shipped: int, locale: Locale) -> LineView:
    style, colour = style_of(line.sku), colour_of(line.sku)
    names = order.names[style]
    return LineView(
        **dict(line),
        style=style,
        style_name=pick(names.style, locale, style),
        colour=colour,
        colour_name=pick(names.colours.get(colour, {}), locale, colour),
        size_name=pick_nearest(names.sizes.get(line.size, {}), locale, line.size),
        shipped=shipped,
    )
