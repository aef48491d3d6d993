"""What a sweep answers."""

from pydantic import BaseModel, Field


class SweepResult(BaseModel):
    """Orders handed over again, refused orders whose stock was released, companies to be checked."""

    enqueued: int
    released: int
    vat_checks: int = Field(description="companies whose VAT id VIES is asked for")
