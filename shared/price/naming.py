"""What discounts and surcharges of an agreed price are called where a buyer reads it."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from babel import Locale
from babel.numbers import format_percent

from shared.money import Money
from shared.price.discounts import PERCENT
from shared.price.model import AppliedDiscount
from shared.text.amount import write_amount
from shared.text.message import N_, Message


class DiscountKind(StrEnum):
    """What a condition type of a discount means; SAP's customizing says which is which."""

    CUSTOMER = "customer"
    GROUP = "group"
    ARTICLES = "articles"
    VOLUME = "volume"
    SEASON = "season"
    PROMOTION = "promotion"
    SURCHARGE = "surcharge"
    OTHER = "other"


_TEXTS = {
    DiscountKind.CUSTOMER: N_("Customer discount"),
    DiscountKind.GROUP: N_("Group discount"),
    DiscountKind.ARTICLES: N_("Article discount"),
    DiscountKind.VOLUME: N_("Volume discount"),
    DiscountKind.SEASON: N_("Season discount"),
    DiscountKind.PROMOTION: N_("Promotion"),
    DiscountKind.SURCHARGE: N_("Surcharge"),
    DiscountKind.OTHER: N_("Discount"),
}


def discount_text(
    one: AppliedDiscount, currency: str, kinds: Mapping[str, DiscountKind], locale: Locale
) -> str:
    """Its name with what it takes off, or adds: "Customer discount −3%"."""
    unnamed = DiscountKind.SURCHARGE if one.change > 0 else DiscountKind.OTHER
    name = Message(_TEXTS[kinds.get(one.condition, unnamed)]).render(locale)
    if one.rate is None:
        money = Money(amount=one.change, currency=currency)
        change = write_amount(money.decimal, currency, locale)
    else:
        share = Decimal(-one.rate) / PERCENT
        change = format_percent(share, locale=locale, decimal_quantization=False)
    sign = "+" if one.change > 0 else ""
    return f"{name} {sign}{change}"
