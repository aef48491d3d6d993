"""What Cloud Tasks sends."""

from pydantic import BaseModel, ConfigDict, Field

from shared.http.fields import PATH_ID


class CheckRequest(BaseModel):
    """The task's body."""

    model_config = ConfigDict(extra="forbid")

    company: str = Field(pattern=PATH_ID)
