"""Signing in to the local cloud as one of the demo's people."""

import json
import time
import urllib.request
from typing import Any


def sign_in(cloud: dict[str, Any], email: str) -> str:
    """The ID token of a demo account, by way of the gateway."""
    token: str = _signed_in(cloud, email)["idToken"]
    return token


def tokens(cloud: dict[str, Any], email: str) -> str:
    """What the portal stores of somebody who signed in, as JSON."""
    answer = _signed_in(cloud, email)
    expires = (time.time() + int(answer["expiresIn"])) * 1000
    return json.dumps(
        {"id": answer["idToken"], "refresh": answer["refreshToken"], "expires": expires}
    )


def _signed_in(cloud: dict[str, Any], email: str) -> Any:
    password = next(each["password"] for each in cloud["accounts"] if each["email"] == email)
    request = urllib.request.Request(
        f"{cloud['url']}/identity/identitytoolkit.googleapis.com"
        "/v1/accounts:signInWithPassword?key=local",
        data=json.dumps({"email": email, "password": password, "returnSecureToken": True}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
