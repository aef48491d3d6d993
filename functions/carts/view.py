"""A cart as the portal gets it, in the reader's language. Pure."""

from babel import Locale

from functions.carts.reading import CurrentCart
from functions.carts.schema import (
    CartView,
    ChangeView,
    DeliveryView,
    LineView,
    NextTier,
    PriceSource,
    StyleView,
    Totals,
)
from shared.availability.rules import Shown, ats, display_quantity
from shared.cart.checks import check_cart
from shared.cart.checks import view as check_view
from shared.cart.context import CartContext, Product
from shared.cart.model import Authorship, CartState
from shared.cart.preparation import hindrance, is_in_preparation, may_hand_over
from shared.cart.pricing import Delivery, PricedLine, StyleSum
from shared.cart.repository import entity_tag
from shared.cart.shortage import is_at_once
from shared.identity.caller import Caller
from shared.money import Money
from shared.price.model import Source
from shared.style.model import colour_of, style_of
from shared.text.locale import pick, pick_nearest
from shared.vat.view import vat_view

_SOURCES: dict[Source, PriceSource] = {
    Source.CUSTOMER: "customer",
    Source.PRICE_LIST: "price_list",
    Source.MARKET: "market",
}


def view(current: CurrentCart, caller: Caller, locale: Locale) -> CartView:
    """The whole answer to the caller; the pointers of its checks point into it."""
    cart, context, priced = current.cart, current.context, current.priced
    is_open, hindered = cart.state is CartState.OPEN, hindrance(cart, caller)
    may_change = is_open and hindered is None
    checks = [check_view(check, locale) for check in check_cart(priced, context, {})]
    return CartView(
        id=cart.id,
        name=cart.name,
        state=cart.state,
        order_group=cart.order_group,
        etag=entity_tag(cart),
        revision=cart.revision,
        created=_change(cart.created),
        changed=_change(cart.changed),
        lines=[_line(line, context, locale) for line in priced.lines],
        styles=[_style(style, context, locale) for style in priced.styles.values()],
        deliveries=[_delivery(delivery, context, locale) for delivery in priced.deliveries],
        totals=Totals(
            lines=len(priced.lines),
            pieces=sum(delivery.pieces for delivery in priced.deliveries),
            unit=priced.unit,
            net=priced.net,
            vat=priced.vat,
            gross=priced.gross,
        ),
        credit_left=context.company.credit_left(),
        checks=checks,
        approval=list(current.fired),
        placeable=may_change and not any(check.severity == "error" for check in checks),
        prepared_by=cart.created.by if is_in_preparation(cart) else None,
        handed_over=_change(cart.handed_over) if cart.handed_over else None,
        may_change=may_change,
        not_changed_because=hindered.message.render(locale) if is_open and hindered else None,
        may_hand_over=may_hand_over(cart, caller),
    )


def _change(change: Authorship) -> ChangeView:
    return ChangeView(uid=change.uid, at=change.at, **change.actor.signature)


def _line(priced: PricedLine, context: CartContext, locale: Locale) -> LineView:
    line, product = priced.line, priced.product
    style = style_of(line.sku)
    colour = colour_of(line.sku)
    # A SKU has not every character that its size has: 10050-010-92_98 is of size 92/98.
    size = product.sku.size if product else line.sku.removeprefix(f"{style}-{colour}-")
    return LineView(
        sku=line.sku,
        door=line.door,
        window=line.window,
        quantity=line.quantity,
        style=style,
        style_name=pick(product.style.names if product else {}, locale, style),
        colour=colour,
        colour_name=pick(product.colourway.names if product else {}, locale, colour),
        size=size,
        size_name=pick_nearest(
            product.style.size_names.get(size, {}) if product else {}, locale, size
        ),
        gtin=product.sku.gtin if product else None,
        unit_price=priced.unit_price,
        list_price=priced.list_price,
        price_source=_SOURCES[priced.source] if priced.source else None,
        amount=priced.amount,
        rrp=context.rrp(style, product.sku.article) if product else None,
        available=_available(line.window, product, context),
        changed=_change(line.changed),
    )


def _available(window: str, product: Product | None, context: CartContext) -> Shown | None:
    if product is None or not is_at_once(context, window):
        return None
    availability = context.availability.get(product.style.number)
    left = ats(availability, product.sku.article, context.today)
    return display_quantity(left, context.company.profile.availability_display)


def _style(style: StyleSum, context: CartContext, locale: Locale) -> StyleView:
    master, upcoming = context.styles[style.style], style.next_tier
    return StyleView(
        style=style.style,
        name=pick(master.names, locale, style.style),
        unit=master.unit,
        pieces=style.pieces,
        minimum=master.minimum,
        multiple=master.multiple,
        price_source=_SOURCES[style.price.source],
        unit_price=style.unit_price,
        list_price=style.list_price,
        tier=style.tier.quantity if style.tier else None,
        next_tier=upcoming
        and NextTier(
            quantity=upcoming.quantity,
            unit_price=style.unit_price.model_copy(update={"amount": upcoming.amount}),
            missing=upcoming.quantity - style.pieces,
        ),
    )


def _delivery(delivery: Delivery, context: CartContext, locale: Locale) -> DeliveryView:
    profile = context.company.profile
    window = context.assortment.windows.get(delivery.window)
    door = profile.doors.get(delivery.door)
    missing = max(0, profile.minimum_order - delivery.net.amount)
    return DeliveryView(
        door=delivery.door,
        door_name=door.name if door else delivery.door,
        window=delivery.window,
        kind=window and window.kind,
        ship_from=window and window.ship_from,
        ship_to=window and window.ship_to,
        cut_off=window and window.cut_off,
        pieces=delivery.pieces,
        unit=delivery.unit,
        net=delivery.net,
        vat=vat_view(delivery.vat, locale),
        gross=delivery.gross,
        minimum=Money(amount=profile.minimum_order, currency=profile.currency),
        missing=Money(amount=missing, currency=profile.currency),
    )
