"""Signing in to the local cloud as one of the demo's people."""

import json
import urllib.request
from typing import Any


def sign_in(cloud: dict[str, Any], email: str) -> str:
    """The ID token of a demo account, by way of the gateway."""
    password = next(each["password"] for each in cloud["accounts"] if each["email"] == email)
    request = urllib.request.Request(
        f"{cloud['url']}/identity/identitytoolkit.googleapis.com"
        "/v1/accounts:signInWithPassword?key=local",
        data=json.dumps({"email": email, "password": password, "returnSecureToken": True}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        token: str = json.load(answer)["idToken"]
        return token
