"""The local issuer, checked by Google's own verification."""

from pathlib import Path
from stat import S_IMODE

import httpx
import pytest
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from emulators import oidc
from tests.integration.emulators.cloud_tasks.support import World

EMAIL = "scheduler@sellin-test.iam.gserviceaccount.com"
AUDIENCE = "https://reconcile.example.com"


def test_a_token_from_the_endpoint_is_googles_in_all_but_the_key(world: World) -> None:
    answer = httpx.post(
        f"{world.emulator.oidc_url}/token", json={"audience": AUDIENCE, "email": EMAIL}
    )
    claims = id_token.verify_token(
        answer.json()["token"], Request(), audience=AUDIENCE, certs_url=world.emulator.certs_url
    )
    assert claims["iss"] == "https://accounts.google.com"
    assert (claims["aud"], claims["email"]) == (AUDIENCE, EMAIL)
    assert claims["azp"] == claims["sub"]
    assert claims["exp"] - claims["iat"] == 3600


def test_tokens_for_others_and_of_other_keys_are_refused(world: World) -> None:
    def verify(token: str) -> None:
        id_token.verify_token(
            token, Request(), audience=AUDIENCE, certs_url=world.emulator.certs_url
        )

    verify(world.emulator.issuer.mint(AUDIENCE, EMAIL))
    with pytest.raises(GoogleAuthError):
        verify(world.emulator.issuer.mint("https://other.example.com", EMAIL))
    with pytest.raises((GoogleAuthError, ValueError)):
        verify(oidc.load_issuer(None).mint(AUDIENCE, EMAIL))


def test_a_token_request_without_its_fields_is_refused(world: World) -> None:
    url = f"{world.emulator.oidc_url}/token"
    assert httpx.post(url, json={"audience": AUDIENCE}).status_code == 400
    assert httpx.post(url, content=b"{").status_code == 400


def test_the_issuer_tells_that_it_is_up(world: World) -> None:
    assert httpx.get(f"{world.emulator.oidc_url}/healthz").status_code == 200


def test_a_restart_keeps_the_key_and_nobody_else_reads_it(tmp_path: Path) -> None:
    first, second = oidc.load_issuer(tmp_path / "state"), oidc.load_issuer(tmp_path / "state")
    assert first.key_id == second.key_id
    (file,) = (tmp_path / "state").iterdir()
    assert S_IMODE(file.stat().st_mode) == 0o600
