"""Availability of a style's SKUs in one plant: SAP's figures, and what Sellin promised since."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field, model_validator

from shared.stamped import UNTOLD


class Receipt(BaseModel):
    """Goods that will arrive."""

    on: date
    quantity: int


class Stock(BaseModel):
    """SAP's figures of one SKU. `stamp` is when they last changed in SAP."""

    stamp: str
    on_hand: int = Field(description="unrestricted stock (LABST), pieces")
    ordered: int = Field(description="SAP's own open sales orders, pieces")
    receipts: list[Receipt] = Field(default=[], description="ascending by date")


Promised = dict[str, dict[str, dict[date, int]]]
"""Article -> stamp (or `UNTOLD`) -> ship date -> pieces; see `shared.stamped`."""


class Availability(BaseModel):
    """`availability/{style}~{plant}`: keyed by article, so it can arrive before the style.

    `promised` holds sums over all accepted at-once orders. Each order document says what the
    order adds to them (`shared.order.commitment`), so no order is named here.
    """

    style: str
    plant: str
    stock: dict[str, Stock] = {}
    promised: Promised = {}

    @model_validator(mode="before")
    @classmethod
    def _sum_up(cls, data: Any) -> Any:
        """Read a document of before the sums, which had in `promises` what each order took."""
        if not isinstance(data, dict) or not data.get("promises"):
            return data
        promised = {
            article: {stamp: dict(by_date) for stamp, by_date in by_stamp.items()}
            for article, by_stamp in data.get("promised", {}).items()
        }
        for promise in data["promises"].values():
            stamp, on = promise.get("sap_stamp") or UNTOLD, promise["on"]
            for article, pieces in promise["quantities"].items():
                by_date = promised.setdefault(article, {}).setdefault(stamp, {})
                by_date[on] = by_date.get(on, 0) + pieces
        return {**data, "promised": promised}
