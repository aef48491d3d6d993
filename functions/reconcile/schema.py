"""What a sweep answers."""

from pydantic import BaseModel, Field


class SweepResult(BaseModel):
    """What a sweep did."""

    enqueued: int = Field(description="orders and changes handed over again")
    released: int = Field(description="refused orders whose stock was released")
    vat_checks: int = Field(description="companies whose VAT id VIES is asked for")
    replayed: int = Field(description="parts of messages published again, as what they need came")
    old: int = Field(description="parts of messages that wait too long, and were told of")
    expired: int = Field(description="approvals that nobody gave in time, ended")
    planned: int = Field(description="assortments that became what was planned for them")
