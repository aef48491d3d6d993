"""What Cloud Tasks sends."""

from pydantic import Field

from shared.http.fields import Input


class ExportRequest(Input):
    """The task's body."""

    order: str = Field(pattern=r"^[0-9A-Z]{10}-[0-9]{3}$")
