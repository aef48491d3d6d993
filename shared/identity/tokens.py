"""Verification of tokens: Identity Platform for people, Google-signed OIDC for machines."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import firebase_admin
from firebase_admin import auth
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from shared.settings import InternalFunctionSettings

VerifyPerson = Callable[[str], Mapping[str, Any]]
VerifyMachine = Callable[[str], None]


class InvalidTokenError(Exception):
    """The bearer token is missing, expired, forged, or not for us."""


@cache
def _app(project: str) -> firebase_admin.App:
    return firebase_admin.initialize_app(options={"projectId": project}, name=project)


def verify_person(project: str) -> VerifyPerson:
    """A verifier of Identity Platform ID tokens of `project`.

    The verifier returns the claims, or raises InvalidTokenError.
    """

    def verify(token: str) -> Mapping[str, Any]:
        try:
            claims: Mapping[str, Any] = auth.verify_id_token(token, app=_app(project))
        except (ValueError, auth.InvalidIdTokenError, auth.UserDisabledError) as error:
            raise InvalidTokenError from error
        return claims

    return verify


def verify_machine(settings: InternalFunctionSettings) -> VerifyMachine:
    """A verifier of Google-signed OIDC tokens: our audience, and the one account that may call.

    The verifier raises InvalidTokenError. Source: Cloud Tasks and Pub/Sub push send
    such a token, RFC 7519 section 4.1.3 for the audience.
    """
    request = Request()

    def verify(token: str) -> None:
        try:
            claims = id_token.verify_token(
                token,
                request,
                audience=settings.oidc_audience,
                certs_url=settings.oidc_certs_url,
            )
        except (ValueError, GoogleAuthError) as error:
            raise InvalidTokenError from error
        if claims.get("email") != settings.oidc_caller or not claims.get("email_verified"):
            raise InvalidTokenError

    return verify
