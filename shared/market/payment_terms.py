"""Payment terms in words. SAP sends the key of a customer's terms (ZTERM), its customizing what
the key means (T052: days and percentages), which no message carries."""

from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import format_percent

from shared.text.message import N_, Message, Parameter

_NET = N_("%(days)s days net")
_DISCOUNT = N_("%(discount)s discount within %(within)s days, %(days)s days net")


@dataclass(frozen=True)
class PaymentTerms:
    """Days until the whole is due; `discount`, in tenths of a percent, for paying `within` days."""

    days: int
    discount: int = 0
    within: int = 0


# The demo brand's, for the brand to replace by what its T052 has.
PAYMENT_TERMS = {
    "NT14": PaymentTerms(14),
    "NT30": PaymentTerms(30),
    "NT60": PaymentTerms(60),
    "2D10": PaymentTerms(30, discount=20, within=10),
}


def payment_terms(key: str, locale: Locale) -> str:
    """What a key says; the key itself where nobody told what it means."""
    terms = PAYMENT_TERMS.get(key)
    if terms is None:
        return key
    if not terms.discount:
        return Message(_NET, {"days": terms.days}).render(locale)
    share = Decimal(terms.discount) / 1000
    discount = format_percent(share, locale=locale, decimal_quantization=False)
    told: dict[str, Parameter] = {"discount": discount, "within": terms.within, "days": terms.days}
    return Message(_DISCOUNT, told).render(locale)
