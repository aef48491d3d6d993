"""Payment terms in words. SAP sends the key of a customer's terms (ZTERM); what the key means (T052: days
and percentages) no message carries, and the source system's settings tell."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from babel import Locale
from babel.numbers import format_percent
from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.text.message import N_, Message, Parameter

_NET = N_("%(days)s days net")
_DISCOUNT = N_("%(discount)s discount within %(within)s days, %(days)s days net")
_AT_ONCE = N_("Payable at once")
_AGREED = N_("As agreed")

Days = Annotated[int, Field(ge=0, le=999)]


class PaymentTerms(BaseModel):
    """Days until the whole is due; `discount` for paying `within` days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: Days = Field(description="T052-ZTAG2 or, without discount, ZTAG1")
    discount: int = Field(default=0, ge=0, lt=1000, description="ZPRZ1, in tenths of a percent")
    within: Days = Field(default=0, description="T052-ZTAG1")

    @model_validator(mode="after")
    def _is_one_offer(self) -> Self:
        if bool(self.discount) != bool(self.within):
            raise ValueError(
                "a discount is for paying within days, and the days are for a discount"
            )
        if self.discount and self.within >= self.days:
            raise ValueError(
                f"within {self.within} days is not before the {self.days} of all of it"
            )
        return self


def payment_terms(key: str, known: Mapping[str, PaymentTerms], locale: Locale) -> str:
    """What a key says; words that hold for any where nobody told what it means."""
    if not key:
        return ""
    terms = known.get(key)
    if terms is None or not terms.days:
        return Message(_AGREED if terms is None else _AT_ONCE).render(locale)
    if not terms.discount:
        return Message(_NET, {"days": terms.days}).render(locale)
    share = Decimal(terms.discount) / 1000
    discount = format_percent(share, locale=locale, decimal_quantization=False)
    told: dict[str, Parameter] = {"discount": discount, "within": terms.within, "days": terms.days}
    return Message(_DISCOUNT, told).render(locale)
