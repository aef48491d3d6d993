"""Verification of tokens: Identity Platform for people, Google-signed OIDC for machines.

What verifies is imported with the first token, so that a function neither starts slower
for it nor loads what is for the other kind of caller.
"""

from collections.abc import Callable, Mapping
from functools import cache
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from shared.settings import InternalFunctionSettings

if TYPE_CHECKING:
    import firebase_admin
    from google.auth.transport.requests import Request

VerifyPerson = Callable[[str], Mapping[str, Any]]
VerifyMachine = Callable[[str], None]

CLOCK_SKEW = 10
"""Seconds that the clock of who issued a token may differ from ours. Google's and ours are set by
NTP, but not by the same server, and a token is often used in the second of its issue."""

_GOOGLE = "https://accounts.google.com"
_TIMEOUT_SECONDS = 3


class InvalidTokenError(Exception):
    """The bearer token is missing, expired, forged, or not for us."""


class CertificatesUnavailableError(Exception):
    """Nobody can say whether the token is good: Google's certificates can't be had just now."""


def verify_person(project: str) -> VerifyPerson:
    """A verifier of Identity Platform ID tokens of `project`.

    The verifier returns the claims, or raises InvalidTokenError or CertificatesUnavailableError.
    """

    def verify(token: str) -> Mapping[str, Any]:
        from firebase_admin import auth  # noqa: PLC0415

        try:
            claims: Mapping[str, Any] = auth.verify_id_token(
                token, app=identity_app(project), clock_skew_seconds=CLOCK_SKEW
            )
        except auth.CertificateFetchError as error:
            raise CertificatesUnavailableError from error
        except (ValueError, auth.InvalidIdTokenError, auth.UserDisabledError) as error:
            raise InvalidTokenError from error
        return claims

    return verify


def verify_machine(settings: InternalFunctionSettings) -> VerifyMachine:
    """A verifier of Google-signed OIDC tokens: our audience, and the one account that may call.

    The verifier raises InvalidTokenError or CertificatesUnavailableError. Source: Cloud Tasks and
    Pub/Sub push send such a token, RFC 7519 sections 4.1.1 and 4.1.3 for issuer and audience.
    """

    def verify(token: str) -> None:
        from google.auth.exceptions import GoogleAuthError, TransportError  # noqa: PLC0415
        from google.oauth2 import id_token  # noqa: PLC0415
        from jwt.exceptions import PyJWTError  # noqa: PLC0415

        try:
            claims = id_token.verify_token(
                token,
                _certificates(),
                audience=settings.oidc_audience,
                certs_url=settings.oidc_certs_url,
                clock_skew_in_seconds=CLOCK_SKEW,
            )
        # A page of some proxy instead of certificates is no answer, either.
        except (TransportError, JSONDecodeError) as error:
            raise CertificatesUnavailableError from error
        # Where the certificates are a JWK Set, google-auth leaves it all to PyJWT.
        except (ValueError, GoogleAuthError, PyJWTError) as error:
            raise InvalidTokenError from error
        is_caller = claims.get("email") == settings.oidc_caller and claims.get("email_verified")
        if claims.get("iss") != _GOOGLE or not is_caller:
            raise InvalidTokenError

    return verify


@cache
def identity_app(project: str) -> "firebase_admin.App":
    """How firebase-admin asks Identity Platform of `project`."""
    import firebase_admin  # noqa: PLC0415

    options = {"projectId": project, "httpTimeout": _TIMEOUT_SECONDS}
    return firebase_admin.initialize_app(options=options, name=project)


@cache
def _certificates() -> "Request":
    """What fetches certificates, again only when they expire (RFC 9111, by Cache-Control)."""
    from cachecontrol import CacheControl  # noqa: PLC0415
    from google.auth.transport.requests import Request  # noqa: PLC0415
    from requests import Session  # noqa: PLC0415

    return Request(CacheControl(Session()))
