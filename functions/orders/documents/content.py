"""What an order confirmation says, in the reader's language, whatever file it becomes. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from functions.orders.windows import window_text
from functions.orders.wording import Reader, discount_texts, handover_text, rejections, vat_warning
from shared.actor import ActorKind
from shared.company.model import Address, Profile
from shared.market.day import business_day
from shared.market.incoterms import incoterms_rule
from shared.market.model import SALES_ORGANISATIONS
from shared.market.payment_terms import payment_terms
from shared.money import Money, UnitPrice
from shared.order.consent import consent_text
from shared.order.handover import HandoverState
from shared.order.market import market_of_order
from shared.order.model import Order, OrderLine
from shared.order.rejection import RejectionReason, reason_text
from shared.order.status import Status
from shared.style.model import colour_of, style_of
from shared.text.amount import write_amount
from shared.text.locale import pick, pick_nearest
from shared.text.message import N_, Message
from shared.vat.check_wording import check_text
from shared.vat.rules import VatRule
from shared.vat.wording import vat_note


@dataclass(frozen=True)
class Fact:
    """Something with its name."""

    label: str
    value: str


@dataclass(frozen=True)
class Party:
    """Who sells, buys, or gets the goods: a heading and lines of text."""

    heading: str
    lines: list[str]


@dataclass(frozen=True)
class LineEntry:
    """A line of the order; what SAP confirmed of it is None before it answered. `rejected` says why it
    does not come, "" where it does."""

    position: int
    sku: str
    gtin: str
    style: str
    style_name: str
    colour: str
    colour_name: str
    size: str
    quantity: int
    confirmed: int | None
    confirmed_on: date | None
    unit_price: UnitPrice
    list_price: UnitPrice | None
    amount: Money
    rejected: str
    discounts: str


@dataclass(frozen=True)
class Colourway:
    """Lines of one colourway at one price, in wearing order."""

    title: str
    price: str
    amount: str
    rows: list[LineEntry]


@dataclass(frozen=True)
class Words:
    """What stands beside figures."""

    ordered: str
    confirmed: str
    page: str
    rejected: str
    columns: list[str]


@dataclass(frozen=True)
class Confirmation:
    """All that the document has. `tag` is its language as BCP 47 writes it.

    `vat` is what Art. 226 of Directive 2006/112/EC asks for, for a file that has lines only; where
    tax is added on the invoice, that it is. Then the sums end with the net one.
    """

    title: str
    number: str
    tag: str
    locale: Locale
    placed_at: datetime
    paper: Literal["A4", "letter"]
    parties: list[Party]
    facts: list[Fact]
    colourways: list[Colourway]
    sums: list[Fact]
    notes: list[str]
    vat: list[Fact]
    words: Words


def confirmation(order: Order, buyer: Profile, reader: Reader) -> Confirmation:
    """The confirmation of an order for a reader; the same for the same order and buyer."""
    locale = reader.locale
    organisation = SALES_ORGANISATIONS[order.sales_area.organisation]
    seller, note = organisation.seller, vat_note(order.vat, locale)
    # An order of before they were kept with it has today's.
    seller_id = order.vat.seller_id or seller.vat_id
    buyer_id = order.vat.buyer_id or buyer.vat_id
    rejected = rejections(order, reader.texts)
    rows = [
        _row(line, rejected.get(line.position), order, reader)
        for line in order.lines
        if line.quantity
    ]
    return Confirmation(
        title=_text(N_("Order confirmation"), locale),
        number=order.number,
        tag=str(locale).replace("_", "-"),
        locale=locale,
        placed_at=order.placed_at,
        paper=organisation.paper,
        parties=[
            _party(N_("Seller"), seller.name, seller.address, seller_id, locale),
            _buyer(order, buyer, buyer_id, locale),
            _party(N_("Deliver to"), order.door.name, order.door.address, "", locale),
        ],
        facts=_facts(order, reader),
        colourways=_colourways(rows, locale),
        sums=_sums(order, locale),
        notes=_notes(order, note, reader),
        vat=_vat(order, seller_id, buyer_id, note or "", locale),
        words=_words(locale),
    )


def _notes(order: Order, note: str | None, reader: Reader) -> list[str]:
    warning = vat_warning(order)
    return [
        *_not_in_force(order, reader),
        *([note] if note else []),
        *([warning.render(reader.locale)] if warning else []),
    ]


def _not_in_force(order: Order, reader: Reader) -> list[str]:
    """What keeps the order from being one: who has only the paper can't see it otherwise."""
    if order.status is Status.CANCELLED:
        return [_text(N_("This order was cancelled."), reader.locale)]
    refused = order.handover.state is HandoverState.REFUSED
    is_told = refused or order.status is Status.PENDING_APPROVAL
    return [handover_text(order, reader)] if is_told else []


def _text(text: str, locale: Locale) -> str:
    return Message(text).render(locale)


def plain(value: str) -> str:
    """Text as it is shown: composed (NFC), without control characters."""
    composed = unicodedata.normalize("NFC", value)
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in composed)


def _party(heading: str, name: str, address: Address, vat_id: str, locale: Locale) -> Party:
    country = _country(address, locale)
    lines = [name, *address.lines, country]
    if vat_id:
        lines.append(Message(N_("VAT id %(id)s"), {"id": vat_id}).render(locale))
    return Party(_text(heading, locale), [plain(line).strip() for line in lines if line.strip()])


def _buyer(order: Order, buyer: Profile, vat_id: str, locale: Locale) -> Party:
    """With what VIES said last, if it has answered: what shows that the seller has asked."""
    party = _party(N_("Buyer"), buyer.name, buyer.address, vat_id, locale)
    answered = [one.check for one in order.vat_checks if one.check and one.check.stated_on]
    said = [check_text(answered[-1]).render(locale)] if answered else []
    return Party(party.heading, [*party.lines, *said])


def _facts(order: Order, reader: Reader) -> list[Fact]:
    locale = reader.locale
    none = ""
    found = [
        (N_("Order"), order.number),
        (N_("PO number"), order.buyers_po_number),
        (N_("Brand's order number"), order.sap_number or none),
        (N_("Ordered on"), _day(business_day(market_of_order(order), order.placed_at), locale)),
        (N_("Ordered by"), _placer(order, locale)),
        (N_("Delivery window"), window_text(order, locale)),
        (N_("Wanted on"), _day(order.requested_on, locale)),
        (N_("Not later than"), _day(order.cancel_by, locale) if order.cancel_by else none),
        (
            N_("Payment terms"),
            payment_terms(order.payment_terms, reader.texts.payment_terms, locale),
        ),
        (N_("Incoterms"), f"{incoterms_rule(order.incoterms)} {order.incoterms_place}".strip()),
    ]
    return [Fact(_text(label, locale), plain(value)) for label, value in found if value]


def _placer(order: Order, locale: Locale) -> str:
    """The rep is named as one: the paper is the company's, and may be asked about years later."""
    if order.placed_by_kind is not ActorKind.REP:
        return order.placed_by
    rep = Message(N_("%(name)s (sales rep)"), {"name": order.placed_by}).render(locale)
    if order.consent is None:
        return rep
    return f"{rep}. {consent_text(order.consent).render(locale)}"


def _row(
    line: OrderLine, rejection: RejectionReason | None, order: Order, reader: Reader
) -> LineEntry:
    locale = reader.locale
    style, colour = style_of(line.sku), colour_of(line.sku)
    names = order.names[style]
    answered = bool(order.status_stamp)
    return LineEntry(
        discounts=plain("; ".join(discount_texts(line, reader))),
        position=line.position,
        sku=line.sku,
        gtin=line.gtin,
        style=style,
        style_name=plain(pick(names.style, locale, style)),
        colour=colour,
        colour_name=plain(pick(names.colours.get(colour, {}), locale, colour)),
        size=plain(pick_nearest(names.sizes.get(line.size, {}), locale, line.size)),
        quantity=line.quantity,
        confirmed=sum(one.quantity for one in line.confirmed) if answered else None,
        confirmed_on=max((one.on for one in line.confirmed if one.quantity), default=None),
        unit_price=line.unit_price,
        list_price=line.list_price,
        amount=line.amount,
        rejected=reason_text(rejection).render(locale) if rejection else "",
    )


def _colourways(rows: list[LineEntry], locale: Locale) -> list[Colourway]:
    grouped: dict[tuple[str, str, UnitPrice, UnitPrice | None, str], list[LineEntry]] = {}
    for row in rows:
        key = (row.style, row.colour, row.unit_price, row.list_price, row.discounts)
        grouped.setdefault(key, []).append(row)
    return [
        Colourway(
            title=f"{style}-{colour} {members[0].style_name}, {members[0].colour_name}",
            price=_price(price, locale)
            if listed is None
            else _discount_text(price, listed, discounts, locale),
            amount=_money(_total(members), locale),
            rows=members,
        )
        for (style, colour, price, listed, discounts), members in grouped.items()
    ]


def _total(rows: list[LineEntry]) -> Money:
    first, *others = [row.amount for row in rows]
    return sum(others, start=first)


_REJECTED = N_("Rejected")
_COUNTED = {"PR": N_("Pairs"), "PCE": N_("Pieces"), None: N_("Pieces")}


def _sums(order: Order, locale: Locale) -> list[Fact]:
    return [
        Fact(_text(_COUNTED[order.unit], locale), format_decimal(order.pieces, locale=locale)),
        Fact(_text(N_("Net"), locale), _money(order.net, locale)),
        *([] if order.vat.rule is VatRule.ON_INVOICE else _with_vat(order, locale)),
    ]


def _with_vat(order: Order, locale: Locale) -> list[Fact]:
    rate = Message(N_("VAT %(rate)s"), {"rate": _rate(order, locale)}).render(locale)
    return [
        Fact(rate, _money(order.vat.amount, locale)),
        Fact(_text(N_("Total"), locale), _money(order.gross, locale)),
    ]


def _vat(order: Order, seller_id: str, buyer_id: str, note: str, locale: Locale) -> list[Fact]:
    country = (N_("Country of delivery"), _country(order.door.address, locale))
    if order.vat.rule is VatRule.ON_INVOICE:
        facts = [country, (N_("Tax"), note)]
    else:
        facts = [
            (N_("VAT id of the seller"), seller_id),
            (N_("VAT id of the buyer"), buyer_id),
            country,
            (N_("VAT rate"), _rate(order, locale)),
            (N_("VAT note"), note),
        ]
    return [Fact(_text(label, locale), plain(value)) for label, value in facts]


def _rate(order: Order, locale: Locale) -> str:
    share = Decimal(order.vat.rate) / 1000
    return format_percent(share, locale=locale, decimal_quantization=False)


def _country(address: Address, locale: Locale) -> str:
    return str(locale.territories.get(address.country, address.country))


def _words(locale: Locale) -> Words:
    columns = (
        N_("Position"),
        N_("SKU"),
        N_("GTIN"),
        N_("Style"),
        N_("Style name"),
        N_("Colour"),
        N_("Colour name"),
        N_("Size"),
        N_("Ordered"),
        N_("Confirmed"),
        N_("Confirmed for"),
        N_("Unit price"),
        N_("Price for pieces"),
        N_("Amount"),
        N_("Currency"),
        N_("List price"),
        _REJECTED,
        N_("Discounts"),
    )
    return Words(
        ordered=_text(N_("Ordered"), locale),
        confirmed=_text(N_("Confirmed"), locale),
        page=_text(N_("Page"), locale),
        rejected=_text(_REJECTED, locale),
        columns=[_text(column, locale) for column in columns],
    )


def _day(day: date, locale: Locale) -> str:
    return format_date(day, "medium", locale=locale)


def _money(value: Money, locale: Locale) -> str:
    return write_amount(value.decimal, value.currency, locale)


def _price(price: UnitPrice, locale: Locale) -> str:
    amount = write_amount(price.decimal, price.currency, locale)
    return amount if price.per == 1 else f"{amount} / {price.per}"


def _discount_text(price: UnitPrice, listed: UnitPrice, discounts: str, locale: Locale) -> str:
    told = {"net": _price(price, locale), "list": _price(listed, locale)}
    if discounts:
        named = N_("%(net)s (list price %(list)s; %(discounts)s)")
        return Message(named, {**told, "discounts": discounts}).render(locale)
    return Message(N_("%(net)s (list price %(list)s)"), told).render(locale)
