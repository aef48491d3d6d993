"""What Cloud Tasks sends."""

from pydantic import BaseModel, ConfigDict, Field


class ExportRequest(BaseModel):
    """The task's body."""

    model_config = ConfigDict(extra="forbid")

    order: str = Field(pattern=r"^[0-9A-Z]{10}-[0-9]{3}$")
