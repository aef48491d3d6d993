"""VAT ids and what VIES says of them."""

from datetime import datetime
from typing import Any

from shared.vat.check import VatAnswer, VatCheck
from tests.factories.assortment import NOW

FRENCH = "FR40303265045"
SELLER = "DE999999990"


def vat_check(
    answer: VatAnswer = VatAnswer.VALID, asked_at: datetime = NOW, **overrides: Any
) -> VatCheck:
    """An answer about a French id; a valid one has a consultation number."""
    fields: dict[str, Any] = {
        "vat_id": FRENCH,
        "requester": SELLER,
        "answer": answer,
        "asked_at": asked_at,
        "stated_on": None if answer is VatAnswer.NOT_CHECKED else asked_at.date(),
        "consultation": "WAPIAAAAZ0000001" if answer is VatAnswer.VALID else "",
        "reason": "MS_UNAVAILABLE" if answer is VatAnswer.NOT_CHECKED else "",
    }
    return VatCheck(**fields | overrides)
