"""What VIES, the European Commission's register of VAT ids, answered, and for which occasion.

A supply to another member state is exempt only where the buyer's VAT id is valid there
(Directive 2006/112/EC, Art. 138(1)(b)). What shows that it was asked for is the answer with its
day and, since it is asked with the seller's own id, its consultation number.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field

NO_VAT_ID = "NO_VAT_ID"
"""The reason where there was nothing to ask for; VIES has none such."""

_FINAL = frozenset({NO_VAT_ID, "INVALID_INPUT"})
"""Reasons that asking again does not mend."""


class VatAnswer(StrEnum):
    """`not_checked`: VIES, or the member state behind it, did not answer. It is never `invalid`."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not_checked"


class VatCheck(BaseModel):
    """One question and its answer. `asked_at` is by our clock, `stated_on` the day that VIES states.

    Ids are as VIES writes them: the member state's prefix (EL for Greece) and the number.
    """

    vat_id: str
    requester: str = Field(description="the seller's own VAT id, which it was asked with")
    answer: VatAnswer
    asked_at: datetime
    stated_on: date | None = Field(default=None, description="of an answer, always")
    consultation: str = Field(default="", description="VIES's consultation number")
    reason: str = Field(default="", description="VIES's word for why it is not checked")
    name: str = Field(default="", description="of the company, where the member state tells it")
    address: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether asking again would bring nothing new."""
        return self.answer is not VatAnswer.NOT_CHECKED or self.reason in _FINAL

    @property
    def _rank(self) -> tuple[bool, datetime]:
        return self.answer is not VatAnswer.NOT_CHECKED, self.asked_at

    def replaces(self, other: "VatCheck | None") -> bool:
        """Whether it says more than one about the same id: an answer before silence, then the newer."""
        return other is None or self._rank > other._rank

    def without_trader(self) -> "VatCheck":
        """Without name and address, which only the company keeps."""
        return self.model_copy(update={"name": "", "address": ""})


class VatOccasion(BaseModel):
    """When an order needs VIES's answer, and that answer; None until it was asked.

    `at` is when it was placed, or when the goods of the `delivery` left.
    """

    occasion: Literal["placing", "goods_issue"]
    delivery: str = Field(default="", description="number of the delivery in SAP, at goods issue")
    at: datetime
    check: VatCheck | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self.check is None or not self.check.is_settled
