"""A local issuer of ID tokens like those that Google signs for service accounts.

`google.oauth2.id_token.verify_token(token, request, audience, certs_url=…)` accepts the tokens if
`certs_url` is the `/certs` of `application`. Cloud Tasks, Cloud Scheduler and Pub/Sub push send
such tokens; their stand-ins mint them here, in the same process or by `POST /token`.
"""

import hashlib
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

ISSUER = "https://accounts.google.com"
LIFETIME = 3600  # seconds

_KEY_FILE = "oidc-key.pem"


@dataclass(frozen=True, slots=True)
class Issuer:
    """A signing key with its certificate (PEM) and the id under which it is published."""

    key: rsa.RSAPrivateKey
    key_id: str
    certificate: str

    def mint(self, audience: str, email: str) -> str:
        """An ID token of the service account `email` for `audience`, valid for one hour."""
        now = int(time.time())
        # A service account has a numeric id of 21 digits; the same each time for an e-mail.
        digest = int.from_bytes(hashlib.sha256(email.encode()).digest())
        subject = str(10**20 + digest % 10**20)
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "azp": subject,
            "sub": subject,
            "email": email,
            "email_verified": True,
            "iat": now,
            "exp": now + LIFETIME,
        }
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.key_id})

    def certificates(self) -> dict[str, str]:
        """X.509 certificates (PEM) by key id, the format of Google's oauth2/v1/certs."""
        return {self.key_id: self.certificate}


def load_issuer(directory: Path | None) -> Issuer:
    """The issuer whose key is kept in `directory`, made if there is none; a new one for None."""
    if directory is None:
        return _issuer(_new_key())
    path = directory / _KEY_FILE
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        _write_key(path, _new_key())
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key")
    return _issuer(key)


def application(issuer: Issuer) -> web.Application:
    """GET /certs, GET /healthz, and POST /token {audience, email} -> {token}."""

    async def certs(_: web.Request) -> web.Response:
        # As long as a token lives; Google gives several hours.
        fresh = {"Cache-Control": f"public, max-age={LIFETIME}"}
        return web.json_response(issuer.certificates(), headers=fresh)

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def token(request: web.Request) -> web.Response:
        try:
            wanted = await request.json()
            audience, email = str(wanted["audience"]), str(wanted["email"])
        except (ValueError, KeyError, TypeError):
            raise web.HTTPBadRequest(text="expected JSON {audience, email}") from None
        return web.json_response({"token": issuer.mint(audience, email)})

    app = web.Application()
    app.add_routes(
        [web.get("/certs", certs), web.get("/healthz", healthz), web.post("/token", token)]
    )
    return app


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _write_key(path: Path, key: rsa.RSAPrivateKey) -> None:
    """Writes it whole or not at all, readable by the owner only."""
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    draft.replace(path)


def _issuer(key: rsa.RSAPrivateKey) -> Issuer:
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Local OIDC issuer")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return Issuer(
        key=key,
        key_id=hashlib.sha256(public).hexdigest()[:40],
        certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
    )
