"""What is said of an order's VAT, to a person and on documents.

Where no VAT is charged, an invoice has to say why, in words that are not ours to choose
(Directive 2006/112/EC, Art. 226(11) and (11a)): wordings.json has them in the EU's 24 languages,
each with where it is from. All else goes through the message catalogues.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from shared.text.message import N_, Message
from shared.vat.rules import Vat, VatRule

_ENGLISH = "en"

NO_VAT_ID = Message(
    N_(
        "VAT of the country that the goods leave from is charged, as we have no valid VAT id of "
        "your company from another EU country. Have us add or correct your VAT id, and later "
        "orders are free of it."
    )
)
_NO_VAT_ID_BEFORE = Message(N_("VAT of the country of delivery, as there is no valid VAT id."))


def vat_note(vat: Vat, locale: Locale) -> str | None:
    """The words for the reader's locale; None for domestic VAT, which needs none.

    An exemption is told in English where the reader's language is none of the EU's.
    """
    texts = wordings().get(vat.rule)
    if texts is not None:
        return str(texts.get(locale.language, texts[_ENGLISH])["text"])
    if vat.rule is VatRule.ON_INVOICE:
        return Message(N_("Tax is added on the invoice.")).render(locale)
    if vat.rule is VatRule.NO_VAT_ID:
        # Before territories were kept, the rate was that of the country of delivery.
        return (NO_VAT_ID if vat.departure else _NO_VAT_ID_BEFORE).render(locale)
    return None


@cache
def wordings() -> dict[VatRule, dict[str, Any]]:
    """By rule and language (ISO 639-1): `text`, `status`, `law` where that is national, `seen` where it
    is official."""
    read = json.loads(Path(__file__).with_name("wordings.json").read_bytes())
    return {VatRule(rule): texts for rule, texts in read["wordings"].items()}
