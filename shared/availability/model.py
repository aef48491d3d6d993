"""Availability of a style's SKUs in one plant: SAP's figures, and what Sellin promised since."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, model_validator

from shared.packing import check_format
from shared.stamped import UNTOLD

FORMAT = 1
"""Of the sums of an article, as `pack` writes them; see `shared.packing`."""


MOST_RECEIPTS = 60
"""Days of receipts that are kept of a SKU: weekly for more than a year."""


class Receipt(BaseModel):
    """Goods that will arrive."""

    on: date
    quantity: int


class Stock(BaseModel):
    """SAP's figures of one SKU. `stamp` is when they last changed in SAP."""

    stamp: str
    on_hand: int = Field(description="unrestricted stock (LABST), pieces")
    ordered: int = Field(description="SAP's own open sales orders, pieces")
    receipts: list[Receipt] = Field(
        default=[], description="ascending by date, at most MOST_RECEIPTS"
    )


def _unpack(stored: Any) -> Any:
    if not isinstance(stored, str):
        return stored
    words = stored.split()
    by_stamp: dict[str, dict[str, int]] = {}
    for stamp, day, pieces in zip(words[::3], words[1::3], words[2::3], strict=True):
        by_stamp.setdefault(stamp, {})[day] = int(pieces)
    return by_stamp


def pack(by_stamp: dict[str, dict[date, int]]) -> str:
    """An article's sums as a document has them: one text of stamp, ship date and pieces each.

    As maps within a map they'd take a style of 40 SKUs longer to write than its order.
    """
    return " ".join(
        f"{stamp} {day.isoformat()} {pieces}"
        for stamp, by_date in sorted(by_stamp.items())
        for day, pieces in sorted(by_date.items())
    )


ByStamp = Annotated[dict[str, dict[date, int]], BeforeValidator(_unpack), PlainSerializer(pack)]
"""Stamp (or `UNTOLD`, see `shared.stamped`) -> ship date -> pieces."""

Promised = dict[str, ByStamp]
"""What is promised by article."""


class Availability(BaseModel):
    """`availability/{style}~{plant}`: keyed by article, so it can arrive before the style.

    `promised` holds sums over all accepted at-once orders. Each order document says what the
    order adds to them (`shared.order.commitment`), so no order is named here.
    """

    style: str
    plant: str
    stock: dict[str, Stock] = {}
    locations: dict[str, dict[str, Stock]] = Field(
        default={}, description="of `stock`, by article, where SAP tells it by storage location"
    )
    promised: Promised = {}
    unknown: bool = Field(
        default=False, description="whether SAP had not sent the style when this was last written"
    )
    format: int = FORMAT

    @model_validator(mode="before")
    @classmethod
    def _sum_up(cls, data: Any) -> Any:
        """Read a document of before the sums, which had in `promises` what each order took."""
        if not isinstance(data, dict):
            return data
        check_format(data.get("format"), FORMAT)
        if not data.get("promises"):
            return data
        promised = {
            article: {stamp: dict(by_date) for stamp, by_date in _unpack(stored).items()}
            for article, stored in data.get("promised", {}).items()
        }
        for promise in data["promises"].values():
            stamp, on = promise.get("sap_stamp") or UNTOLD, promise["on"]
            for article, pieces in promise["quantities"].items():
                by_date = promised.setdefault(article, {}).setdefault(stamp, {})
                by_date[on] = by_date.get(on, 0) + pieces
        return {**data, "promised": promised}
