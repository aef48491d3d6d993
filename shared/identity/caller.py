"""Who calls, and for which company: the one place where tenant and role are decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shared.actor import Actor, ActorKind
from shared.text.unicode import compose, one_line


class Role(StrEnum):
    """A person's role within a company (buyer side), or `rep` acting for it (brand side)."""

    VIEWER = "viewer"
    BUYER = "buyer"
    APPROVER = "approver"
    ADMIN = "admin"
    REP = "rep"


class BrandRole(StrEnum):
    """A role on the brand's side, over all companies of the region.

    No route asks for `support`: the contract of `accounts` names it, so it can only go with a new
    major version.
    """

    REP = "rep"
    SUPPORT = "support"
    OPERATOR = "operator"
    BRAND_ADMIN = "brand_admin"


@dataclass(frozen=True)
class BrandRoles:
    """Roles on the brand's side that may call a route; a role in a company is never one of them."""

    roles: frozenset[BrandRole]


OPERATORS = BrandRoles(frozenset({BrandRole.OPERATOR, BrandRole.BRAND_ADMIN}))
BRAND_ADMINS = BrandRoles(frozenset({BrandRole.BRAND_ADMIN}))
READERS = frozenset(Role)
WRITERS = frozenset(Role) - {Role.VIEWER}
ADMINS = frozenset({Role.ADMIN})
"""Who decides about the company's people and rules."""


class Claims(BaseModel):
    """What Sellin uses of an Identity Platform ID token's claims, or of a person's record.

    `full_name` is given by the brand, as companies and roles are. The token's own `name` is not
    read: people can set it, to that of a colleague or to "SAP". Of `full_name` what can't be seen goes:
    it stands in histories and on papers, beside what it must not turn around.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    uid: str
    email: str
    email_verified: bool = False
    full_name: Annotated[str, AfterValidator(one_line), AfterValidator(compose)] = ""
    companies: dict[str, Role] = Field(default_factory=dict)
    brand_role: BrandRole | None = None

    @property
    def name(self) -> str:
        """How the person is shown; an address stands for a name that the brand never gave."""
        return self.full_name or self.email

    @property
    def brand_actor(self) -> Actor:
        """Who is said to have done what they do at the brand's desk."""
        return Actor(name=self.name, kind=ActorKind.BRAND)


@dataclass(frozen=True)
class Caller:
    """A person acting for one company. Every repository call starts from `company`."""

    uid: str
    email: str
    name: str
    company: str
    role: Role

    @property
    def actor(self) -> Actor:
        """Who is said to have done what they do."""
        kind = ActorKind.REP if self.role is Role.REP else ActorKind.PERSON
        return Actor(name=self.name, kind=kind)


class NotOfBrandError(Exception):
    """The caller has none of the roles on the brand's side that are asked for."""


class NoSuchCompanyError(Exception):
    """The company asked for is not one of the caller's (answered as not found)."""


class CompanyRequiredError(Exception):
    """The caller has several companies and named none."""


def read_claims(token: Mapping[str, Any]) -> Claims | None:
    """Claims of a verified token or a record; None where it lacks or garbles what Sellin needs."""
    try:
        return Claims.model_validate(token)
    except ValidationError:
        return None


def act_for(claims: Claims, company: str | None) -> Caller:
    """The caller acting for `company` (the `X-Company` header), or for their only one.

    Raises:
        NoSuchCompanyError: `company` is not the caller's.
        CompanyRequiredError: none was named and the caller has not exactly one.
    """
    if company is None:
        if len(claims.companies) != 1:
            raise CompanyRequiredError
        company = next(iter(claims.companies))
    if company not in claims.companies:
        raise NoSuchCompanyError
    return Caller(
        uid=claims.uid,
        email=claims.email,
        name=claims.name,
        company=company,
        role=claims.companies[company],
    )


def require_brand_role(claims: Claims, allowed: BrandRoles) -> None:
    """Let pass whom the brand gave one of these roles, and no role in any company.

    Who belongs to a company sees other companies' orders nowhere, whatever claim they were given
    by mistake beside it.

    Raises:
        NotOfBrandError: they have none of the roles, or belong to a company.
    """
    if claims.brand_role not in allowed.roles or claims.companies:
        raise NotOfBrandError
