"""Tokens of machines, verified with certificates that come by HTTP."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from emulators.oidc import Issuer, load_issuer
from shared.identity.tokens import InvalidTokenError, VerifyMachine, verify_machine
from shared.settings import InternalFunctionSettings

AUDIENCE = "https://function.test"
CALLER = "caller@demo-sellin.iam.gserviceaccount.com"
ISSUER = load_issuer(None)


@dataclass
class Certificates:
    """Where certificates are served, and how often they were fetched."""

    url: str
    fetched: int = 0


@pytest.fixture(scope="module", params=["x509", "jwks"])
def certificates(request: pytest.FixtureRequest) -> Iterator[Certificates]:
    """The issuer's certificates in both formats that google-auth reads; cacheable."""
    body = json.dumps(_x509(ISSUER) if request.param == "x509" else _jwks(ISSUER)).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.fetched += 1
            self.send_response(200)
            self.send_header("Cache-Control", "public, max-age=3600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing, so that test output stays readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Certificates(f"http://127.0.0.1:{server.server_port}/{request.param}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


def _x509(issuer: Issuer) -> dict[str, str]:
    return issuer.certificates()


def _jwks(issuer: Issuer) -> dict[str, Any]:
    key = RSAAlgorithm.to_jwk(issuer.key.public_key(), as_dict=True)
    return {"keys": [{**key, "kid": issuer.key_id, "alg": "RS256", "use": "sig"}]}


@pytest.fixture(scope="module")
def verify(certificates: Certificates) -> VerifyMachine:
    return verify_machine(
        InternalFunctionSettings(
            google_cloud_project="demo",
            firestore_database="(default)",
            log_level="INFO",
            oidc_audience=AUDIENCE,
            oidc_caller=CALLER,
            oidc_certs_url=certificates.url,
        )
    )


def test_our_caller_passes_and_certificates_are_fetched_once(
    verify: VerifyMachine, certificates: Certificates
) -> None:
    for _ in range(3):
        verify(ISSUER.mint(AUDIENCE, CALLER))
    assert certificates.fetched == 1


@pytest.mark.parametrize(
    "token",
    [
        ISSUER.mint("https://other.test", CALLER),
        ISSUER.mint(AUDIENCE, "other@demo-sellin.iam.gserviceaccount.com"),
        load_issuer(None).mint(AUDIENCE, CALLER),
        ISSUER.mint(AUDIENCE, CALLER)[:-20],
    ],
    ids=["other audience", "other account", "unknown key", "cut off"],
)
def test_anything_else_is_invalid(verify: VerifyMachine, token: str) -> None:
    with pytest.raises(InvalidTokenError):
        verify(token)


@given(
    algorithm=st.sampled_from(["none", "HS256", "RS256", "ES256", "ES384", "", 7, None, ["RS256"]]),
    key_id=st.sampled_from([ISSUER.key_id, "", 7, None, ["x"]]),
    signature=st.binary(max_size=80),
)
def test_no_forged_header_passes_or_breaks_it(
    verify: VerifyMachine, algorithm: object, key_id: object, signature: bytes
) -> None:
    _, claims, _ = ISSUER.mint(AUDIENCE, CALLER).split(".")
    header = json.dumps({"alg": algorithm, "kid": key_id, "typ": "JWT"}).encode()
    with pytest.raises(InvalidTokenError):
        verify(f"{_segment(header)}.{claims}.{_segment(signature)}")


@given(st.text(max_size=60))
def test_garbage_is_invalid(verify: VerifyMachine, token: str) -> None:
    with pytest.raises(InvalidTokenError):
        verify(token)


def _segment(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
