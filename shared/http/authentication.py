"""Deny by default: a bearer token is verified before a handler or its input is looked at."""

from dataclasses import dataclass

import structlog
from flask import request

from shared.http.route import Access
from shared.identity.caller import (
    Caller,
    Claims,
    CompanyRequiredError,
    NoSuchCompanyError,
    Role,
    act_for,
    read_claims,
)
from shared.identity.tokens import InvalidTokenError, VerifyMachine, VerifyPerson
from shared.problem import (
    CompanyRequiredProblem,
    NotFoundProblem,
    RoleProblem,
    UnauthenticatedProblem,
)


@dataclass(frozen=True)
class Verifiers:
    """How a function verifies tokens of people and of machines; None: such callers are refused."""

    person: VerifyPerson | None = None
    machine: VerifyMachine | None = None


def authenticate(
    access: frozenset[Role] | Access, verifiers: Verifiers
) -> tuple[Claims | None, Caller | None]:
    """Who calls.

    Raises:
        UnauthenticatedProblem: no valid token.
        CompanyRequiredProblem, NotFoundProblem: `X-Company` is needed, or not the caller's.
        RoleProblem: the role in that company is not among `access`.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise UnauthenticatedProblem
    try:
        if access is Access.MACHINE:
            if verifiers.machine is None:
                raise UnauthenticatedProblem
            verifiers.machine(token)
            return None, None
        if verifiers.person is None:
            raise UnauthenticatedProblem
        claims = read_claims(verifiers.person(token))
    except InvalidTokenError as error:
        raise UnauthenticatedProblem from error
    if claims is None:
        raise UnauthenticatedProblem
    structlog.contextvars.bind_contextvars(user=claims.uid)
    if isinstance(access, Access):
        return claims, None
    return claims, _caller(claims, access)


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
