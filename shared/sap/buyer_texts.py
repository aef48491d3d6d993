"""What keys of SAP's customizing mean to buyers, who read that and never a key.

A part of the source system's settings, which functions that read no message of SAP's get alone, as
`BUYER_TEXTS`.
"""

from collections.abc import Iterable, Mapping

import structlog
from pydantic import Field, Json

from shared.market.payment_terms import PaymentTerms
from shared.order.rejection import RejectionReason
from shared.price.naming import DiscountKind
from shared.sap.setting import Code, Setting
from shared.settings import FunctionSettings


class BuyerTexts(Setting):
    """Keys to what the message catalogues have words for; what is not here gets words that fit all."""

    rejections: dict[Code, RejectionReason] = Field(
        default={}, description="reasons for rejection (TVAG-ABGRU)"
    )
    payment_terms: dict[Code, PaymentTerms] = Field(
        default={}, description="payment terms (T052-ZTERM)"
    )
    discounts: dict[Code, DiscountKind] = Field(
        default={}, description="condition types of discounts and surcharges (T685-KSCHL)"
    )


def report_without_words(setting: str, keys: Iterable[str], known: Mapping[str, object]) -> None:
    """Log, once each, the keys that SAP sent and the setting has no words for."""
    for key in sorted({key for key in keys if key} - known.keys()):
        structlog.get_logger().warning(
            "key without words", setting=f"buyer_texts.{setting}", key=key
        )


class BuyerTextsSettings(FunctionSettings):
    """The environment of a function whose answers tell of these keys."""

    buyer_texts: Json[BuyerTexts]
