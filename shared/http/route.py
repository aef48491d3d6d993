"""How a service declares its routes: who may call, what comes in, what goes out.

The table of routes is data, so the OpenAPI document is made from what is really served,
and a route without a declared access can't be written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from babel import Locale
from pydantic import BaseModel, RootModel

from shared.http.fields import Input
from shared.http.rate import Rate
from shared.identity.caller import BrandRoles, Caller, Claims, Role

WEAK = "W/"
"""What a proxy that compresses puts before an entity tag (RFC 9110, 8.8.3.3). Ours names a
revision and not bytes, so it stays the same."""


class Access(Enum):
    """Who may call a route that does not need a company."""

    PERSON = auto()
    MACHINE = auto()


class NoQuery(Input):
    """A route without query parameters."""


class NoBody(Input):
    """A route without a request body."""


class File(RootModel[bytes]):
    """A request body that is no JSON but a file, as it was sent, unread."""


R = TypeVar("R")
Q = TypeVar("Q", bound=BaseModel)
B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True)
class Call(Generic[Q, B]):
    """One validated request."""

    query: Q
    body: B
    path: Mapping[str, str]
    headers: Mapping[str, str]
    locale: Locale
    now: datetime
    claims: Claims | None
    caller_or_none: Caller | None

    @property
    def caller(self) -> Caller:
        """The person acting for a company; only routes that declare roles have one."""
        if self.caller_or_none is None:
            raise LookupError("this route declares no roles")
        return self.caller_or_none

    @property
    def person(self) -> Claims:
        """Who calls; only routes for people have one."""
        if self.claims is None:
            raise LookupError("this route is not for people")
        return self.claims

    @property
    def idempotency_key(self) -> str:
        """The key of a route that declares `idempotent`."""
        return self.headers["Idempotency-Key"]

    @property
    def if_match(self) -> str | None:
        """The `If-Match` header, with its quotes and without `WEAK`."""
        tag = self.headers.get("If-Match")
        return tag.removeprefix(WEAK) if tag else None


@dataclass(frozen=True)
class Answer:
    """What a handler answers: a model, ready-made JSON, or nothing."""

    body: BaseModel | bytes | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route(Generic[R, Q, B]):
    """A route of a service.

    Attributes:
        path: below `/v1/<service>`, in Flask's syntax, e.g. `/<cart_id>/lines`.
        access: roles in the caller's company that may call, roles on the brand's side (of no
            company), or an Access for routes without roles.
        answer: model of the answer's body; None for none, or for a file.
        file: media type of the answer where it is a file, which the handler says too.
        idempotent: the caller must send `Idempotency-Key`.
        safe: it changes nothing (RFC 9110, 9.2.1), though its method is not GET.
        repeatable: the caller may send it, so that a repetition is told from another change.
        conditional: the caller must send `If-Match`.
        body_limit: largest body in bytes.
        media_types: what the body may be; other than JSON only where `body` is File.
        rate: how often it may be called; only where it is `of_company`.
    """

    method: str
    path: str
    handler: Callable[[R, Call[Q, B]], Answer]
    access: frozenset[Role] | BrandRoles | Access
    summary: str
    answer: type[BaseModel] | None
    query: type[Q]
    body: type[B]
    status: int = 200
    file: str | None = None
    idempotent: bool = False
    safe: bool = False
    repeatable: bool = False
    conditional: bool = False
    body_limit: int = 1 << 20
    media_types: tuple[str, ...] = ("application/json",)
    rate: Rate | None = None

    @property
    def of_company(self) -> bool:
        """Whether the caller acts for a company."""
        return isinstance(self.access, frozenset)

    @property
    def writes(self) -> bool:
        """Whether it may change something."""
        return self.method != "GET" and not self.safe


@dataclass(frozen=True)
class Service(Generic[R]):
    """A service's name (first segment after /v1), contract version (semver) and routes."""

    name: str
    version: str
    routes: tuple[Route[R, Any, Any], ...]
