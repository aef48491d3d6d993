"""What browsers report of pages that tried what the content security policy forbids.

The policy (infra/headers.json) names this address in `report-uri`, which every browser knows;
`report-to` Firefox does not send. Nobody signs a report: it only becomes a line of the log, cut
and without what an address may say of a person.
"""

from urllib.parse import urlsplit

import structlog
from flask import Response, request
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException

PATH = "/v1/accounts/policy-reports"
MOST_BYTES = 16_384
MOST_LETTERS = 200
_OF_AN_EXTENSION = ("chrome-extension", "moz-extension", "safari-web-extension", "safari-extension")


class _Violation(BaseModel):
    """Names as Content Security Policy Level 3 has them, section 5.3."""

    document: str = Field(default="", alias="document-uri")
    directive: str = Field(default="", alias="effective-directive")
    violated: str = Field(default="", alias="violated-directive")
    blocked: str = Field(default="", alias="blocked-uri")
    source: str = Field(default="", alias="source-file")
    line: int | None = Field(default=None, alias="line-number")


class _Report(BaseModel):
    violation: _Violation = Field(alias="csp-report")


def take_report() -> Response:
    """Log a violation that the portal can have caused; the answer is empty, whatever it was.

    What a browser's extension put into the page is no fault of the portal's and left out.
    """
    request.max_content_length = MOST_BYTES
    try:
        told = _Report.model_validate_json(request.get_data()).violation
    except (ValidationError, HTTPException):
        return Response(status=204)
    if not {_scheme(told.source), _scheme(told.blocked)}.intersection(_OF_AN_EXTENSION):
        structlog.get_logger().warning(
            "policy violated",
            directive=_without_query(told.directive or told.violated),
            blocked=_without_query(told.blocked),
            document=_without_query(told.document),
            source=_without_query(told.source),
            line=told.line,
        )
    return Response(status=204)


def _scheme(address: str) -> str:
    return address.partition(":")[0]


def _without_query(address: str) -> str:
    """The address without query and fragment, which may hold a person's search or a token."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts._replace(query="", fragment="").geturl()[:MOST_LETTERS]
