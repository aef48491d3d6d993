"""What keys of SAP's customizing mean to buyers, who read that and never a key.

A part of the source system's settings, which functions that read no message of SAP's get alone, as
`BUYER_TEXTS`.
"""

from pydantic import Field, Json

from shared.market.payment_terms import PaymentTerms
from shared.order.rejection import RejectionReason
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


class BuyerTextsSettings(FunctionSettings):
    """The environment of a function whose answers tell of these keys."""

    buyer_texts: Json[BuyerTexts]
