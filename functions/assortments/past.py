"""What a company could see of a style on a day, at which prices and minimums.

It is decided by the rules that carts and orders are checked by, over documents as they were.
"""

from datetime import UTC, datetime, timedelta

from babel import Locale
from google.cloud.firestore import Client, FieldFilter, Query

from functions.assortments.schema import (
    PastColourway,
    PastPrice,
    PastQuery,
    PastSize,
    PastStyle,
)
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment, AssortmentVersion
from shared.assortment.rules import ground_of, is_open, windows_of
from shared.cart.context import CartContext
from shared.company import repository as companies
from shared.market.day import business_day, first_instant, market_of
from shared.past.asking import as_of, said
from shared.past.terms import assortment_terms, company_terms, price_terms, style_terms
from shared.price import repository as prices
from shared.problem import NotFoundProblem
from shared.store import find_all, read_all
from shared.style import repository as styles
from shared.style.model import Colourway, Sku, Style
from shared.text.locale import pick


def past_style(
    db: Client, company: str, number: str, query: PastQuery, now: datetime, locale: Locale
) -> PastStyle:
    """What the company could see of the style on the day.

    Raises:
        NotFoundProblem: there was no such company, or no such style.
    """
    at = query.known_at or _end_of_day(db, company, query, now)
    context = _read(db, company, number, query, at.astimezone(UTC))
    style, profile = context.styles[number], context.company.profile
    return PastStyle(
        company=company,
        style=number,
        name=pick(style.names, locale, number),
        day=query.day,
        known_at=at,
        assortment=context.assortment.id,
        currency=profile.currency,
        minimum_order=profile.minimum_order,
        minimum=style.minimum,
        multiple=style.multiple,
        colourways=[_colourway(context, style, one, locale) for one in style.colourways],
    )


def _end_of_day(db: Client, company: str, query: PastQuery, now: datetime) -> datetime:
    """The last instant of the day where the company is sold to, or now if that is not over."""
    market = market_of(companies.read(db, company))
    if query.day >= business_day(market, now):
        return now
    return first_instant(market, query.day + timedelta(days=1)) - timedelta(microseconds=1)


def _read(db: Client, id_: str, number: str, query: PastQuery, at: datetime) -> CartContext:
    """All that a cart would have been priced and checked against."""
    company = companies.parse(id_, as_of(db, companies.reference(db, id_), at, company_terms))
    style = styles.parse(as_of(db, styles.reference(db, number), at, style_terms))
    if style is None:
        raise NotFoundProblem
    profile = company.profile
    general, shared, own = (
        as_of(db, reference, at, price_terms)
        for reference in (
            prices.general_reference(db, profile.sales_area.organisation),
            prices.reference(db, number, profile.currency),
            prices.own_reference(db, id_, number, profile.currency),
        )
    )
    found, founds_own = prices.parse(shared), prices.parse(own)
    return CartContext(
        company=company.with_discounts(prices.parse_general(general)),
        assortment=assortment_at(db, company.assortment, at),
        styles={number: style},
        prices={number: found} if found else {},
        own_prices={number: founds_own} if founds_own else {},
        availability={},
        today=query.day,
    )


def assortment_at(db: Client, id_: str, at: datetime) -> Assortment:
    """The assortment as it was: by the desk's versions, before these as SAP listed it."""
    reference = assortments.reference(db, id_)
    [document] = read_all(db, [reference])
    now = assortments.parse(id_, document)
    if document is None or now.keeper == "sap" or not now.version:
        before = said(db, reference, document or {}, at, assortment_terms)
        return assortments.parse(id_, before or None)
    versions = assortments.versions(db, id_)
    by_then = (
        versions.where(filter=FieldFilter("since", "<=", at))
        .order_by("since", direction=Query.DESCENDING)
        .limit(1)
    )
    if found := find_all(db, by_then):
        return now.model_copy(update=AssortmentVersion.model_validate(found[0].data()).parts)
    if not now.stamp:
        # SAP never listed it, and the desk had not made it yet.
        return Assortment(id=id_, stamp="")
    [first] = find_all(db, versions.order_by("number").limit(1))
    taken_over = {**document, **assortment_terms(first.data())}
    return assortments.parse(id_, said(db, reference, taken_over, at, assortment_terms))


def _colourway(context: CartContext, style: Style, one: Colourway, locale: Locale) -> PastColourway:
    assortment = context.assortment
    ground, place = ground_of(assortment, style.number, style, one.code, one.seasons)
    open_ones = [w.id for w in windows_of(assortment, one) if is_open(w, context.today)]
    return PastColourway(
        code=one.code,
        name=pick(one.names, locale, one.code),
        ground=ground,
        rule=assortment.rules[place] if place >= 0 else None,
        windows=open_ones,
        sizes=[_size(context, style, sku) for sku in one.skus],
    )


def _size(context: CartContext, style: Style, sku: Sku) -> PastSize:
    price = context.price(style.number, sku.article)
    return PastSize(
        sku=sku.id,
        size=sku.size,
        blocked=context.company.profile.sales_area.chain in sku.blocked_in,
        visible=context.product(sku.id) is not None,
        price=None
        if price is None
        else PastPrice(
            unit=price.unit,
            list_price=price.before.unit if price.before else None,
            source=price.source.name.lower(),
            tiers=price.tiers,
        ),
        rrp=context.rrp(style.number, sku.article),
    )
