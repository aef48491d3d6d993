"""What Cloud Tasks sends."""

from pydantic import Field

from shared.http.fields import PATH_ID, Input


class CheckRequest(Input):
    """The task's body."""

    company: str = Field(pattern=PATH_ID)
