"""Whether an installation works, seen from outside: `python -m infra.smoke URL`.

Asks every service for its health and its contract, compares that with what the portal
needs, and sees that nobody gets in without a token, or with a password that is too short. With SMOKE_TOKEN, somebody's ID token,
it asks as that person, too. Prints what each answer took; exit status 1 if one is wrong.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infra import compat, password_policy
from infra.functions import FUNCTIONS, called_by
from infra.openapi import FOLDER
from shared.http.app import CONTRACT

SERVICES = called_by("portal")
"""What the load balancer lets in."""
_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What came back: HTTP status (0: nothing did), body, how long it took, its contract."""

    status: int
    body: bytes
    milliseconds: float
    contract: str = ""


def ask(url: str, token: str = "", headers: Mapping[str, str] | None = None) -> Answer:
    """GET a URL, with a token if there is one."""
    told = dict(headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
    contract = ""
    began = time.monotonic()
    try:
        request = urllib.request.Request(url, headers=told)  # noqa: S310 (checked in main)
        with urllib.request.urlopen(request, timeout=_SECONDS) as found:  # noqa: S310
            status, body = found.status, found.read()
            contract = found.headers.get(CONTRACT, "")
    except urllib.error.HTTPError as refusal:
        status, body = refusal.code, refusal.read()
    except OSError as error:
        status, body = 0, str(error).encode()
    return Answer(status, body, (time.monotonic() - began) * 1000, contract)


def _report_line(what: str, answer: Answer, fault: str) -> tuple[str, bool]:
    line = f"{what:<32} {answer.status:>3} {answer.milliseconds:>7.0f} ms"
    return (f"{line}  {fault}" if fault else line), bool(fault)


def _of_service(url: str, service: str, token: str) -> Iterator[tuple[str, bool]]:
    health = ask(f"{url}/v1/{service}/healthz")
    wrong = health.body.decode(errors="replace")[:200] if health.status != 200 else ""
    yield _report_line(f"{service} health", health, wrong)
    stranger = ask(url + _path(service))
    wrong = "" if stranger.status == 401 else "expected 401 without a token"
    yield _report_line(f"{service} without a token", stranger, wrong)
    if token:
        person = ask(url + _path(service), token)
        right = (200, 403) if FUNCTIONS[service].side == "brand" else (200,)
        wrong = "" if person.status in right else person.body.decode(errors="replace")[:200]
        yield _report_line(f"{service} as somebody", person, wrong)


def _path(service: str) -> str:
    """A path of the service that every person who signed in may read."""
    return FUNCTIONS[service].smoke or f"/v1/{service}"


def _contracts(url: str) -> tuple[dict[str, str], list[tuple[str, bool]]]:
    """Service to the version that it offers, and what to say of the answers."""
    offered, lines = {}, []
    for service in SERVICES:
        answer = ask(f"{url}/v1/{service}/openapi.json")
        fault = ""
        try:
            offered[service] = json.loads(answer.body)["info"]["version"]
            if answer.contract != f"{service}/{offered[service]}":
                fault = f"its header says {answer.contract or 'nothing'}"
        except (ValueError, KeyError, TypeError):
            fault = "no OpenAPI document"
        lines.append(_report_line(f"{service} contract {offered.get(service, '')}", answer, fault))
    return offered, lines


def smoke(url: str, token: str) -> Iterator[tuple[str, bool]]:
    """A line for each thing asked, and whether it is a fault."""
    for service in SERVICES:
        yield from _of_service(url, service, token)
    offered, lines = _contracts(url)
    yield from lines
    wrong = password_policy.fault(url, lambda asked, headers: ask(asked, headers=headers).body)
    if wrong is not None:
        yield f"password policy  {wrong or 'enforced'}", bool(wrong)
    needed = compat.versions(compat.NEEDED if compat.NEEDED.is_dir() else FOLDER)
    needed = {service: version for service, version in needed.items() if service in SERVICES}
    yield from ((f"the portal: {fault}", True) for fault in compat.misfits(needed, offered))


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.smoke", description=__doc__)
    parser.add_argument("url", help="for example https://eu.sellin.example")
    url = parser.parse_args(arguments).url.rstrip("/")
    if not url.startswith(("http://", "https://")):
        parser.error(f"{url} is no URL")
    faults = 0
    for line, fault in smoke(url, os.environ.get("SMOKE_TOKEN", "")):
        print(line, flush=True)
        faults += fault
    print(f"{faults} faults" if faults else "It works.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
