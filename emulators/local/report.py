"""What the launcher tells when all runs: on the terminal, on the home page, to scripts."""

import html
import json
import os
from pathlib import Path
from typing import Any

from emulators.local.plan import PROJECT, PUBLIC_SERVICES, QUEUE, TOPIC_TO_FUNCTION, Plan
from emulators.local.provision import dead_letter_topic
from emulators.sap.customizing import read_settings


def as_json(plan: Plan, people: list[dict[str, Any]]) -> dict[str, Any]:
    """What build/local.json holds."""
    return {
        "pid": os.getpid(),
        "url": plan.url("gateway"),
        "project": PROJECT,
        "system": plan.system,
        "ports": plan.ports,
        "topics": sorted([*TOPIC_TO_FUNCTION, *map(dead_letter_topic, TOPIC_TO_FUNCTION)]),
        "subscriptions": {
            name: topic for topic, name in TOPIC_TO_FUNCTION.items() if name in plan.functions
        },
        "queue": QUEUE,
        "functions": {name: plan.url(name) for name in plan.functions},
        "sap_control": plan.url("sap_control"),
        "vies": plan.url("vies"),
        "sap_system": plan.sap_system,
        "oidc": plan.url("tasks_oidc"),
        "push": plan.url("push"),
        "emulators": {
            "FIRESTORE_EMULATOR_HOST": plan.address("firestore"),
            "PUBSUB_EMULATOR_HOST": plan.address("pubsub"),
            "FIREBASE_AUTH_EMULATOR_HOST": plan.address("auth"),
            "CLOUD_TASKS_EMULATOR_HOST": plan.address("tasks"),
        },
        "demo": str(plan.demo),
        "logs": str(plan.logs),
        "accounts": people,
    }


def write_json(plan: Plan, people: list[dict[str, Any]]) -> None:
    """Writes local.json at once, so that no reader sees half of it."""
    target = plan.build / "local.json"
    half = Path(f"{target}.new")
    half.write_text(json.dumps(as_json(plan, people), indent=1, ensure_ascii=False))
    half.replace(target)


def _described(person: dict[str, Any]) -> str:
    roles = [f"{role} of {company}" for company, role in person["companies"].items()]
    if person["brand_role"]:
        roles.append(str(person["brand_role"]))
    return ", ".join(roles) or "no company"


def buyer(people: list[dict[str, Any]]) -> dict[str, Any]:
    """The person to try things as: the first who buys for exactly one company."""
    return next(each for each in people if list(each["companies"].values()) == ["buyer"])


def _examples(plan: Plan, person: dict[str, Any]) -> list[str]:
    gateway, control = plan.url("gateway"), plan.url("sap_control")
    body = json.dumps(
        {"email": person["email"], "password": person["password"], "returnSecureToken": True}
    )
    sign_in = "identity/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local"
    python = "import json, sys; print(json.load(sys.stdin)['idToken'])"
    return [
        f"TOKEN=$(curl -s '{gateway}/{sign_in}' -H 'Content-Type: application/json' \\",
        f"  -d '{body}' | python3 -c \"{python}\")",
        f'curl -s {gateway}/v1/accounts/me -H "Authorization: Bearer $TOKEN"',
        f'curl -s "{gateway}/v1/catalog/styles" -H "Authorization: Bearer $TOKEN"',
        f'curl -s {gateway}/v1/carts -H "Authorization: Bearer $TOKEN"',
        f"curl -s {control}/orders    # the orders that SAP has",
    ]


def banner(plan: Plan, people: list[dict[str, Any]]) -> str:
    """The text that closes a start."""
    system = read_settings(plan.system)
    lines = ["", f"  Sellin runs at {plan.url('gateway')}, SAP is {system.logical_system}", ""]
    lines.append(f"  Demo accounts (password {people[0]['password']}):")
    lines += [f"    {each['email']:<38} {_described(each):<36} {each['note']}" for each in people]
    lines += ["", "  To try (also at /local):"]
    lines += ["    " + line for line in _examples(plan, buyer(people))]
    lines += ["", f"  Play SAP at {plan.url('sap_control')}"]
    lines += ["", "  Ctrl-C or `make stop` ends it; `make run KEEP=1` goes on where it ended.", ""]
    return "\n".join(lines)


def write_home_page(plan: Plan, people: list[dict[str, Any]]) -> None:
    """The page at /local, and at / as long as there is no portal."""
    rows = "".join(
        f"<tr><td>{html.escape(person['email'])}<td>{html.escape(person['password'])}"
        f"<td>{html.escape(_described(person))}<td>{html.escape(person['note'])}"
        for person in people
    )
    services = "".join(
        f'<li><a href="/v1/{name}/openapi.json">/v1/{name}/openapi.json</a>'
        for name in PUBLIC_SERVICES
        if name in plan.functions
    )
    examples = "\n".join(_examples(plan, buyer(people)))
    (plan.build / "home.html").write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Sellin, local</title>"
        "<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "td{padding:0 1rem 0 0}pre{overflow:auto;background:#eee;padding:1rem}</style>"
        "<h1>Sellin, local</h1>"
        f'<p><a href="{plan.url("sap_control")}">Play SAP</a>: ship, change, block, credit, faults.'
        f"<h2>Services</h2><ul>{services}</ul>"
        f"<h2>To try</h2><pre>{html.escape(examples)}</pre>"
        f"<h2>Demo accounts</h2><table>{rows}</table>",
        encoding="utf-8",
    )
