"""What can go wrong, as RFC 9457 problems: a stable code, a text, and every fault at once.

A failure is a subclass of Problem beside the code that raises it. It knows no web
framework; `shared.http` answers with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from babel import Locale
from pydantic import BaseModel, ConfigDict, Field

from shared.text.message import N_, Message

RequestPart = Literal["body", "query", "header", "path"]
"""Which part of a request a fault is in."""


@dataclass(frozen=True)
class Fault:
    """One fault of the input: where it is (RFC 6901 pointer) and what is wrong."""

    code: str
    pointer: str
    message: Message
    place: RequestPart = "body"


class FaultBody(BaseModel):
    """A fault as the portal gets it."""

    model_config = ConfigDict(populate_by_name=True)

    code: str
    place: RequestPart = Field(alias="in")
    pointer: str = Field(description="JSON pointer (RFC 6901) within `in`")
    detail: str


class ProblemBody(BaseModel):
    """application/problem+json (RFC 9457), with our code, request id and faults."""

    model_config = ConfigDict(extra="allow")

    type: str
    status: int
    code: str = Field(description="stable; for programs")
    detail: str = Field(description="for people, in the caller's language")
    request_id: str
    errors: list[FaultBody] = []


class Problem(Exception):  # noqa: N818 (RFC 9457's word)
    """A request that can't be served. Subclasses set status, code and text."""

    status: ClassVar[int]
    code: ClassVar[str]
    text: ClassVar[str | tuple[str, str]]
    retry_after: int | None = None
    """Whole seconds after which the same request may succeed (RFC 9110, 10.2.3)."""

    def __init__(
        self,
        faults: tuple[Fault, ...] = (),
        extra: Mapping[str, Any] | None = None,
        **parameters: Any,
    ) -> None:
        super().__init__(self.code)
        self.faults = faults
        self.extra = dict(extra or {})
        self.message = Message(self.text, parameters)

    def body(self, locale: Locale, request_id: str) -> ProblemBody:
        """The problem document in the reader's language."""
        return ProblemBody(
            type=f"urn:sellin:problem:{self.code}",
            status=self.status,
            code=self.code,
            detail=self.message.render(locale),
            request_id=request_id,
            errors=[
                FaultBody(
                    code=fault.code,
                    place=fault.place,
                    pointer=fault.pointer,
                    detail=fault.message.render(locale),
                )
                for fault in self.faults
            ],
            **self.extra,
        )


class InvalidInputProblem(Problem):
    """The request is malformed; `faults` names every place."""

    status = 422
    code = "invalid_input"
    text = N_("Some of the data sent is not valid. Nothing was changed.")


class MalformedJsonProblem(Problem):
    """The body is not JSON at all."""

    status = 400
    code = "malformed_json"
    text = N_("The request body is not valid JSON. Nothing was changed.")


class RepeatedFieldProblem(Problem):
    """An object of the body has a field twice: readers of JSON differ in which they take (RFC 8259, 4)."""

    status = 400
    code = "repeated_field"
    text = N_("The field %(field)s is there twice in the request body. Nothing was changed.")


class NotFoundProblem(Problem):
    """There is no such thing, or it is another company's (docs/domain.md: never "forbidden")."""

    status = 404
    code = "not_found"
    text = N_("This does not exist.")


class UnauthenticatedProblem(Problem):
    """No token, or one that does not verify."""

    status = 401
    code = "unauthenticated"
    text = N_("Please sign in.")


class RoleProblem(Problem):
    """The caller's role in their own company does not allow it."""

    status = 403
    code = "role_not_allowed"
    text = N_("Your role in this company does not allow this.")


class BrandRoleProblem(Problem):
    """The caller is not one of the brand's people whose role the route names."""

    status = 403
    code = "brand_role_required"
    text = N_("This is for the brand's own people, and your account has not the role for it.")


class EmailNotVerifiedProblem(Problem):
    """The account's e-mail address may be somebody else's: nobody has opened the link sent to it."""

    status = 403
    code = "email_not_verified"
    text = N_("Please verify your e-mail address first, by the link in the message sent to it.")


class CompanyRequiredProblem(Problem):
    """The caller belongs to several companies and the request names none."""

    status = 400
    code = "company_required"
    text = N_("You belong to several companies. Choose the one to act for.")


class UnavailableProblem(Problem):
    """A service that we need does not answer; trying again is safe."""

    status = 503
    code = "unavailable"
    text = N_("This is not available just now. Please try again.")
    retry_after = 1


class InternalProblem(Problem):
    """A fault of ours; the text says nothing of it, the log says all."""

    status = 500
    code = "internal"
    text = N_("Something went wrong on our side. We have been told.")


class MethodNotAllowedProblem(Problem):
    """The path exists, this method does not."""

    status = 405
    code = "method_not_allowed"
    text = N_("This is not possible here.")


class TooLargeProblem(Problem):
    """The body is over the limit."""

    status = 413
    code = "too_large"
    text = N_("The request is too large. At most %(limit)s bytes are accepted.")


class MediaTypeProblem(Problem):
    """The body is of a media type that this route does not read."""

    status = 415
    code = "unsupported_media_type"
    text = N_("Send the data as %(expected)s.")
