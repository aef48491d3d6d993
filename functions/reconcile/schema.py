"""What a sweep answers."""

from pydantic import BaseModel


class SweepResult(BaseModel):
    """Orders handed over again, and refused orders whose stock was released."""

    enqueued: int
    released: int
