"""Deny by default: a bearer token is verified before a handler or its input is looked at."""

from dataclasses import dataclass
from typing import Any

import structlog
from flask import request

from shared.http.route import Access, Route
from shared.identity.caller import (
    BrandRoles,
    Caller,
    Claims,
    CompanyRequiredError,
    NoSuchCompanyError,
    NotOfBrandError,
    Role,
    act_for,
    read_claims,
    require_brand_role,
)
from shared.identity.tokens import InvalidTokenError, VerifyMachine, VerifyPerson
from shared.problem import (
    BrandRoleProblem,
    CompanyRequiredProblem,
    EmailNotVerifiedProblem,
    NotFoundProblem,
    RoleProblem,
    UnauthenticatedProblem,
)


@dataclass(frozen=True)
class Verifiers:
    """How a function verifies tokens; None: such callers are refused.

    Attributes:
        person: of people who read, by the token alone.
        writer: of people who change something, by their record of this moment.
        machine: of machines.
    """

    person: VerifyPerson | None = None
    writer: VerifyPerson | None = None
    machine: VerifyMachine | None = None


def authenticate(
    route: Route[Any, Any, Any], verifiers: Verifiers
) -> tuple[Claims | None, Caller | None]:
    """Who calls.

    Raises:
        UnauthenticatedProblem: no valid token, or of somebody who may not come in any more.
        EmailNotVerifiedProblem: the person has not shown that the e-mail address is theirs.
        CertificatesUnavailableError, RecordUnavailableError: nobody can say so just now.
        CompanyRequiredProblem, NotFoundProblem: `X-Company` is needed, or not the caller's.
        RoleProblem: the role in that company is not among those of the route.
        BrandRoleProblem: the caller has none of the brand's roles that the route names.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise UnauthenticatedProblem
    try:
        if route.access is Access.MACHINE:
            if verifiers.machine is None:
                raise UnauthenticatedProblem
            verifiers.machine(token)
            return None, None
        claims = _person(token, verifiers.writer if route.writes else verifiers.person)
    except InvalidTokenError as error:
        raise UnauthenticatedProblem from error
    if isinstance(route.access, Access):
        return claims, None
    if isinstance(route.access, BrandRoles):
        _require_brand(claims, route.access)
        return claims, None
    return claims, _caller(claims, route.access)


def _person(token: str, verify: VerifyPerson | None) -> Claims:
    claims = read_claims(verify(token)) if verify else None
    if claims is None:
        raise UnauthenticatedProblem
    structlog.contextvars.bind_contextvars(user=claims.uid)
    if not claims.email_verified:
        raise EmailNotVerifiedProblem
    return claims


def _caller(claims: Claims, roles: frozenset[Role]) -> Caller:
    try:
        caller = act_for(claims, request.headers.get("X-Company"))
    except NoSuchCompanyError as error:
        raise NotFoundProblem from error
    except CompanyRequiredError as error:
        raise CompanyRequiredProblem(extra={"companies": sorted(claims.companies)}) from error
    structlog.contextvars.bind_contextvars(company=caller.company)
    if caller.role not in roles:
        raise RoleProblem
    return caller


def _require_brand(claims: Claims, roles: BrandRoles) -> None:
    try:
        require_brand_role(claims, roles)
    except NotOfBrandError as error:
        raise BrandRoleProblem from error
