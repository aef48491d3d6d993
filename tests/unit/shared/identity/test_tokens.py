"""Tokens of people and machines, verified with certificates that come by HTTP."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from firebase_admin import _token_gen, delete_app, get_app
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from emulators.oidc import Issuer, load_issuer
from shared.http.route import Answer
from shared.identity.tokens import (
    CertificatesUnavailableError,
    InvalidTokenError,
    VerifyMachine,
    VerifyPerson,
    identity_app,
    verify_machine,
    verify_person,
)
from shared.settings import InternalFunctionSettings
from tests.support.one_route import client_of

AUDIENCE = "https://function.test"
CALLER = "caller@demo-sellin.iam.gserviceaccount.com"
ISSUER = load_issuer(None)


@dataclass
class Certificates:
    """Where certificates are served, and how often they were fetched."""

    url: str
    fetched: int = 0


@contextmanager
def _serving(body: bytes, path: str = "", status: int = 200) -> Iterator[Certificates]:
    """Whoever asks gets `body`, and may keep it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.fetched += 1
            self.send_response(status)
            self.send_header("Cache-Control", "public, max-age=3600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing, so that test output stays readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Certificates(f"http://127.0.0.1:{server.server_port}/{path}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module", params=["x509", "jwks"])
def certificates(request: pytest.FixtureRequest) -> Iterator[Certificates]:
    """The issuer's certificates in both formats that google-auth reads; cacheable."""
    body = json.dumps(_x509(ISSUER) if request.param == "x509" else _jwks(ISSUER)).encode()
    with _serving(body, request.param) as served:
        yield served


def _x509(issuer: Issuer) -> dict[str, str]:
    return issuer.certificates()


def _jwks(issuer: Issuer) -> dict[str, Any]:
    key = RSAAlgorithm.to_jwk(issuer.key.public_key(), as_dict=True)
    return {"keys": [{**key, "kid": issuer.key_id, "alg": "RS256", "use": "sig"}]}


@pytest.fixture(scope="module")
def verify(certificates: Certificates) -> VerifyMachine:
    return _verifier(certificates.url)


def _verifier(certs_url: str) -> VerifyMachine:
    return verify_machine(
        InternalFunctionSettings(
            google_cloud_project="demo",
            firestore_database="(default)",
            log_level="INFO",
            oidc_audience=AUDIENCE,
            oidc_caller=CALLER,
            oidc_certs_url=certs_url,
        )
    )


def _signed(claims: dict[str, Any], issued_in: int = 0) -> str:
    """A token with these claims from a clock that is `issued_in` seconds ahead, for an hour."""
    now = int(time.time()) + issued_in
    times = {"iat": now, "exp": now + 3600, "auth_time": now}
    return jwt.encode(times | claims, ISSUER.key, "RS256", headers={"kid": ISSUER.key_id})


def _machine(**claims: object) -> dict[str, Any]:
    known = {"iss": "https://accounts.google.com", "aud": AUDIENCE, "sub": "7"}
    return known | {"email": CALLER, "email_verified": True} | claims


def _person(project: str) -> dict[str, Any]:
    return {"iss": f"https://securetoken.google.com/{project}", "aud": project, "sub": "anna"}


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
        _signed(_machine(iss="https://securetoken.google.com/demo")),
        _signed(_machine(iss="")),
        _signed(_machine(email_verified=False)),
        # Far enough to be ahead still when a long run comes to this test.
        _signed(_machine(), issued_in=7200),
        _signed(_machine(), issued_in=-3660),
    ],
    ids=[
        *("other audience", "other account", "unknown key", "cut off", "other issuer"),
        *("empty issuer", "unverified", "far ahead", "expired"),
    ],
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


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What firebase-admin wants before it verifies anything, and does not use for that."""
    file = tmp_path / "credentials.json"
    known = {"type": "authorized_user", "client_id": "c", "client_secret": "s"}
    file.write_text(json.dumps({**known, "refresh_token": "r"}))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))


@pytest.fixture
def verify_a_person(monkeypatch: pytest.MonkeyPatch, credentials: None) -> Iterator[VerifyPerson]:
    """Identity Platform's verifier, with the certificates of our issuer."""
    with _serving(json.dumps(_x509(ISSUER)).encode()) as served:
        monkeypatch.setattr(_token_gen, "ID_TOKEN_CERT_URI", served.url)
        yield verify_person("demo-ahead")
    delete_app(get_app("demo-ahead"))
    identity_app.cache_clear()


@pytest.mark.parametrize("ahead", [1, 4, 8])
def test_a_clock_that_is_some_seconds_ahead_is_believed(
    ahead: int, verify_a_person: VerifyPerson
) -> None:
    assert verify_a_person(_signed(_person("demo-ahead"), ahead))["uid"] == "anna"
    with _serving(json.dumps(_x509(ISSUER)).encode()) as served:
        _verifier(served.url)(_signed(_machine(), ahead))


def test_a_clock_that_is_a_minute_ahead_is_not(verify_a_person: VerifyPerson) -> None:
    with pytest.raises(InvalidTokenError):
        verify_a_person(_signed(_person("demo-ahead"), 60))


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<html>Sign in to the network</html>"), (502, b""), (404, b"{}")]
)
def test_no_certificates_say_nothing_about_a_machine(status: int, body: bytes) -> None:
    with _serving(body, status=status) as served, pytest.raises(CertificatesUnavailableError):
        _verifier(served.url)(ISSUER.mint(AUDIENCE, CALLER))


def test_where_nobody_answers_a_machine_is_not_refused_for_good() -> None:
    with _serving(b"") as gone:
        pass
    with pytest.raises(CertificatesUnavailableError):
        _verifier(gone.url)(ISSUER.mint(AUDIENCE, CALLER))


def test_a_person_is_asked_to_try_again_while_certificates_cannot_be_had(
    monkeypatch: pytest.MonkeyPatch, credentials: None
) -> None:
    with _serving(b"") as gone:
        pass
    monkeypatch.setattr(_token_gen, "ID_TOKEN_CERT_URI", gone.url)
    verify = verify_person("demo-cut-off")
    client = client_of(Answer, verify=verify)
    bearer = {"Authorization": f"Bearer {_signed(_person('demo-cut-off'))}"}
    answer = client.get("/v1/carts", headers=bearer)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.get_json()["code"] == "unavailable"


def _segment(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
