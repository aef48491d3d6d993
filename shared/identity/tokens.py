"""Verification of tokens: Identity Platform for people, Google-signed OIDC for machines.

What verifies is imported with the first token, so that a function neither starts slower
for it nor loads what is for the other kind of caller.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.settings import InternalFunctionSettings

if TYPE_CHECKING:
    import firebase_admin
    from google.auth.transport.requests import Request

VerifyPerson = Callable[[str], Mapping[str, Any]]
VerifyMachine = Callable[[str], None]


class InvalidTokenError(Exception):
    """The bearer token is missing, expired, forged, or not for us."""


def verify_person(project: str) -> VerifyPerson:
    """A verifier of Identity Platform ID tokens of `project`.

    The verifier returns the claims, or raises InvalidTokenError.
    """

    def verify(token: str) -> Mapping[str, Any]:
        from firebase_admin import auth  # noqa: PLC0415

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

    def verify(token: str) -> None:
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415
        from google.oauth2 import id_token  # noqa: PLC0415
        from jwt.exceptions import PyJWTError  # noqa: PLC0415

        try:
            claims = id_token.verify_token(
                token,
                _certificates(),
                audience=settings.oidc_audience,
                certs_url=settings.oidc_certs_url,
            )
        # Where the certificates are a JWK Set, google-auth leaves it all to PyJWT.
        except (ValueError, GoogleAuthError, PyJWTError) as error:
            raise InvalidTokenError from error
        if claims.get("email") != settings.oidc_caller or not claims.get("email_verified"):
            raise InvalidTokenError

    return verify


@cache
def _app(project: str) -> "firebase_admin.App":
    import firebase_admin  # noqa: PLC0415

    return firebase_admin.initialize_app(options={"projectId": project}, name=project)


@cache
def _certificates() -> "Request":
    """What fetches certificates, again only when they expire (RFC 9111, by Cache-Control)."""
    from cachecontrol import CacheControl  # noqa: PLC0415
    from google.auth.transport.requests import Request  # noqa: PLC0415
    from requests import Session  # noqa: PLC0415

    return Request(CacheControl(Session()))
