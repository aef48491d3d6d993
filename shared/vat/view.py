"""VAT as the services answer it."""

from babel import Locale
from pydantic import BaseModel, Field

from shared.money import Money
from shared.vat.rules import GROUNDS, Vat, VatRule
from shared.vat.wording import vat_note


class VatView(BaseModel):
    """VAT of an order, or of what will become one."""

    rule: VatRule
    rate: int = Field(description="VAT rate in tenths of a percent")
    amount: Money
    category: str = Field(
        description="code of EN 16931 (BT-151); empty where tax is added on the invoice"
    )
    exemption: str | None = Field(description="VATEX code (BT-121); null where VAT is charged")
    note: str | None = Field(
        description="the words that documents must carry; null where none are needed"
    )


def vat_view(vat: Vat, locale: Locale) -> VatView:
    """The VAT in the reader's language."""
    ground = GROUNDS[vat.rule]
    return VatView(
        rule=vat.rule,
        rate=vat.rate,
        amount=vat.amount,
        category=ground.category,
        exemption=ground.exemption,
        note=vat_note(vat, locale),
    )
