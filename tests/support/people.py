"""Signing in to the local cloud as one of the demo's people, or as somebody made for a test."""

import json
import secrets
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulators.local.plan import PROJECT


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


@dataclass(frozen=True)
class Account:
    """Somebody's account, and what who administers accounts does with it."""

    cloud: Mapping[str, Any]
    uid: str
    email: str
    password: str

    def token(self) -> str:
        """An ID token, signed in for anew."""
        return sign_in({**self.cloud, "accounts": [vars(self)]}, self.email)

    def change(self, **fields: Any) -> None:
        """Sets fields of the record, by their names in the REST API."""
        _administer(self.cloud, ":update", {"localId": self.uid, **fields})

    def delete(self) -> None:
        """Deletes the account."""
        _administer(self.cloud, ":delete", {"localId": self.uid})

    def look_up(self, email: str) -> list[Any]:
        """The records of an address."""
        found: dict[str, Any] = _administer(self.cloud, ":lookup", {"email": [email]})
        return list(found.get("users", []))

    def allow(self, name: str, companies: Mapping[str, str]) -> None:
        """Sets what the brand decides: the name, and the role by company."""
        claims = {"full_name": name, "companies": dict(companies)}
        self.change(customAttributes=json.dumps(claims))


def invite(cloud: Mapping[str, Any], name: str, companies: Mapping[str, str]) -> Account:
    """A new account, whose e-mail address is verified."""
    email, password = f"{secrets.token_hex(8)}@laeufer.example", secrets.token_hex(8)
    fields = {"email": email, "password": password, "emailVerified": True}
    account = Account(cloud, _administer(cloud, "", fields)["localId"], email, password)
    account.allow(name, companies)
    return account


def _administer(cloud: Mapping[str, Any], what: str, fields: Mapping[str, Any]) -> Any:
    """A call of Identity Platform's API as the emulator's owner."""
    host = cloud["emulators"]["FIREBASE_AUTH_EMULATOR_HOST"]
    request = urllib.request.Request(
        f"http://{host}/identitytoolkit.googleapis.com/v1/projects/{PROJECT}/accounts{what}",
        data=json.dumps(fields).encode(),
        headers={"Content-Type": "application/json", "Authorization": "Bearer owner"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


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
