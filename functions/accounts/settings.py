"""The environment of accounts."""

from shared.sap.buyer_texts import BuyerTextsSettings
from shared.settings import HttpFunctionSettings


class Settings(HttpFunctionSettings, BuyerTextsSettings):
    """`logical_system` is SAP's, `stock_old_after_hours` from when on people are told of stock's age."""

    logical_system: str
    stock_old_after_hours: int
