"""The environment of orders."""

from datetime import timedelta

from pydantic import Field

from shared.sap.buyer_texts import BuyerTextsSettings
from shared.settings import HttpFunctionSettings, VatCheckSettings


class Settings(HttpFunctionSettings, VatCheckSettings, BuyerTextsSettings):
    """Where placed orders are handed over, when VIES is asked for their buyer's VAT id, and what
    keys of SAP's mean."""

    export_queue: str
    export_url: str
    export_caller: str
    vat_check_days: int = Field(
        ge=0, le=366, description="an answer of VIES that is older is asked for anew at placing"
    )

    @property
    def vat_check_age(self) -> timedelta:
        """`vat_check_days` as a time."""
        return timedelta(days=self.vat_check_days)
